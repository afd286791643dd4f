import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { PASSWORD, type Service, startService } from './service.ts';

let service: Service;
let verified: ('an account' | 'nobody')[] = [];
beforeAll(async () => {
  service = await startService({
    limits: {
      registrationsPerHour: 40,
      patience: {
        account: { free: 3, firstWaitSeconds: 3, longestWaitSeconds: 12 },
        device: { free: 2, firstWaitSeconds: 30, longestWaitSeconds: 30 },
        address: { free: 12, firstWaitSeconds: 30, longestWaitSeconds: 30 },
      },
    },
    passwords: (real) => ({
      ...real,
      verify: (stored, password) => {
        verified.push(stored === undefined ? 'nobody' : 'an account');
        return real.verify(stored, password);
      },
    }),
  });
});
afterAll(() => service.close());
afterEach(() => {
  verified = [];
});

let network = 0;
/** Every test comes from a network of its own. */
const nextAddress = () => `198.51.100.${++network}`;
const attempt = (email: string, more: { password?: string; from?: string; cookie?: string } = {}) =>
  service.http
    .post('/sessions')
    .set({ 'x-forwarded-for': more.from ?? nextAddress(), cookie: more.cookie ?? '' })
    .send({ email, password: more.password ?? 'not this one' });
const statuses = async (email: string, count: number, more: { cookie?: string } = {}) => {
  const all: number[] = [];
  for (let n = 0; n < count; n++) all.push((await attempt(email, more)).status);
  return all;
};

describe('guessing the password of one account', () => {
  test('has to wait, longer each time, from wherever it comes', async () => {
    const { email } = await service.register();
    expect(await statuses(email, 5)).toEqual([401, 401, 401, 401, 429]);
    expect(verified).toEqual(['an account', 'an account', 'an account', 'an account']);
    expect(Number((await attempt(email)).headers['retry-after'])).toBeLessThanOrEqual(3);
    await sleep(3100);
    expect(await statuses(email, 2)).toEqual([401, 429]);
    const waiting = await attempt(email, { password: PASSWORD });
    expect(waiting.status).toBe(429);
    expect(waiting.body.type).toBe('urn:shopstack:problem:too-many-requests');
    expect(Number(waiting.headers['retry-after'])).toBeGreaterThan(3);
  });

  test('an address without an account waits exactly the same, after exactly the same work', async () => {
    const unknown = service.freshEmail();
    expect(await statuses(unknown, 5)).toEqual([401, 401, 401, 401, 429]);
    expect(verified).toEqual(['nobody', 'nobody', 'nobody', 'nobody']);
  });

  test('a hundred at the same moment are a hundred', async () => {
    const { email } = await service.register();
    const startedAt = Date.now();
    const replies = await Promise.all(Array.from({ length: 30 }, () => attempt(email)));
    const waitsPassed = Math.floor((Date.now() - startedAt) / 3000);
    const tried = replies.filter((it) => it.status === 401).length;
    expect(tried).toBeGreaterThanOrEqual(4);
    expect(tried).toBeLessThanOrEqual(4 + waitsPassed);
    expect(replies.filter((it) => it.status === 429)).toHaveLength(30 - tried);
  });

  test('the right password after the wait starts from zero', async () => {
    const { email } = await service.register();
    expect(await statuses(email, 5)).toEqual([401, 401, 401, 401, 429]);
    await sleep(3100);
    await attempt(email, { password: PASSWORD }).expect(201);
    expect(await statuses(email, 4)).toEqual([401, 401, 401, 401]);
  });

  test('signing in rightly is never counted', async () => {
    const { email } = await service.register();
    const from = nextAddress();
    for (let n = 0; n < 15; n++) await attempt(email, { password: PASSWORD, from }).expect(201);
  });
});

describe('the owner’s known device', () => {
  test('signs in while strangers have locked the account', async () => {
    const owner = await service.join();
    const stranger = await service.join();
    expect((await statuses(owner.email, 6)).at(-1)).toBe(429);
    await attempt(owner.email, { password: PASSWORD }).expect(429);
    await attempt(owner.email, { password: PASSWORD, cookie: stranger.device }).expect(429);
    await attempt(owner.email, { password: PASSWORD, cookie: `${owner.device}x` }).expect(429);
    await attempt(owner.email, { password: PASSWORD, cookie: owner.device }).expect(201);
  });

  test('has guesses of its own counted', async () => {
    const owner = await service.join();
    expect(await statuses(owner.email, 4, { cookie: owner.device })).toEqual([401, 401, 401, 429]);
    await attempt(owner.email, { password: PASSWORD }).expect(201);
  });
});

describe('one network', () => {
  test('that tries many accounts has to wait, whatever addresses it claims', async () => {
    const from = nextAddress();
    const all: number[] = [];
    for (let n = 0; n < 15; n++)
      all.push((await attempt(service.freshEmail(), { from: `203.0.113.${n}, ${from}` })).status);
    expect(all).toEqual([...Array.from({ length: 13 }, () => 401), 429, 429]);
    const { email } = await service.register();
    await attempt(email, { password: PASSWORD, from }).expect(429);
    await attempt(email, { password: PASSWORD }).expect(201);
  });

  test('opens a bounded number of accounts', async () => {
    const from = '2001:db8:1:2::1';
    const open = (address: string) =>
      service.http
        .post('/users')
        .set('x-forwarded-for', address)
        .send({ email: service.freshEmail(), password: 'password', name: 'Ada' });
    for (let n = 0; n < 40; n++) await open(from).expect(422);
    const refused = await open('2001:db8:1:2:ffff::9').expect(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3000);
    await open('2001:db8:1:3::1').expect(422);
  });
});
