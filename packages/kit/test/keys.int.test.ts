import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '@shopstack/testkit/eventually';
import { type FakeAnswer, startFakeServer } from '@shopstack/testkit/fake-server';
import jwt from 'jsonwebtoken';
import { followKeys } from '../src/keys.ts';
import { createLogger } from '../src/log.ts';
import { isProblem } from '../src/problem.ts';
import { createVerifier } from '../src/token.ts';

const issuer = 'http://shop.test';
const log = createLogger({ service: 'test', level: 'silent' });
interface Pair {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}
const makeKey = (kid: string): Pair => ({ kid, ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) });
const [first, second] = [makeKey('k1'), makeKey('k2')];
const jwkOf = ({ kid, publicKey }: Pair) => ({
  ...publicKey.export({ format: 'jwk' }),
  kid,
  alg: 'ES256',
  use: 'sig',
});
const tokenOf = ({ kid, privateKey }: Pair, sid = 's1') =>
  jwt.sign({ roles: ['customer'], sid }, privateKey, {
    algorithm: 'ES256',
    header: { alg: 'ES256', typ: 'at+jwt', kid },
    issuer,
    audience: 'shopstack',
    subject: '01890000-1234-7123-8123-123456789012',
    jwtid: 'j1',
    expiresIn: 600,
  });

let published: Pair[];
let ended: string[];
let broken: { keys?: FakeAnswer; ended?: FakeAnswer };
let user: Awaited<ReturnType<typeof startFakeServer>>;
let closers: (() => Promise<void>)[];
beforeEach(async () => {
  published = [first];
  ended = [];
  broken = {};
  closers = [];
  user = await startFakeServer(({ path }) =>
    path === '/internal/ended-sessions'
      ? (broken.ended ?? { body: { sids: ended } })
      : (broken.keys ?? { body: { keys: published.map(jwkOf) } }),
  );
});
afterEach(async () => {
  await Promise.all(closers.map((close) => close()));
  await user.close();
});
const asked = () => user.requests.filter(({ path }) => path.includes('jwks')).length;
function follow(userUrl = user.url) {
  const keys = followKeys({ userUrl, log });
  closers.push(keys.close);
  const verify = createVerifier({ issuer, keys });
  return async (token: string): Promise<string> => {
    try {
      return (await verify(token)).kind;
    } catch (error) {
      return isProblem(error) ? error.code : String(error);
    }
  };
}

describe('the keys of the user service', () => {
  test('are there before anybody asks', async () => {
    const outcome = follow();
    await eventually(() => asked() === 1);
    expect(await Promise.all([1, 2, 3].map(() => outcome(tokenOf(first))))).toEqual(['user', 'user', 'user']);
    expect(asked()).toBe(1);
  });

  test('are fetched once for all who wait for the first time', async () => {
    broken.keys = { body: { keys: published.map(jwkOf) }, delayMs: 100 };
    const outcome = follow();
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => outcome(tokenOf(first)))))).toEqual(
      new Set(['user']),
    );
    expect(asked()).toBe(1);
  });

  test('follow a rotation; a forged kid does not make us ask for each token', async () => {
    const outcome = follow();
    expect(await outcome(tokenOf(first))).toBe('user');
    published = [first, second];
    for (let forged = 0; forged < 50; forged++)
      expect(await outcome(tokenOf(makeForged()))).toBe('unauthenticated');
    expect(asked()).toBe(1);
    await eventually(async () => (await outcome(tokenOf(second))) === 'user', 8000, 200);
    expect(asked()).toBe(2);
    expect(await outcome(tokenOf(first))).toBe('user');
  }, 20_000);

  test('that are not known yet are 503, never 401, and come by themselves', async () => {
    broken = { keys: { status: 500 }, ended: { status: 500 } };
    const outcome = follow();
    expect(await outcome(tokenOf(first))).toBe('unavailable');
    broken = {};
    await eventually(async () => (await outcome(tokenOf(first))) === 'user', 8000, 200);
  }, 20_000);

  test('keep working while the user service is away, and forged ones do not wait for it', async () => {
    const outcome = follow();
    expect(await outcome(tokenOf(first))).toBe('user');
    await user.close();
    expect(await outcome(tokenOf(first))).toBe('user');
    await new Promise((resolve) => setTimeout(resolve, 5200));
    await outcome(tokenOf(makeForged()));
    const startedAt = Date.now();
    for (let forged = 0; forged < 20; forged++)
      expect(await outcome(tokenOf(makeForged()))).toBe('unauthenticated');
    expect(Date.now() - startedAt).toBeLessThan(1000);
    expect(await outcome(tokenOf(first))).toBe('user');
  }, 20_000);

  test('come although the list of ended sessions does not', async () => {
    broken.ended = { status: 500 };
    follow();
    await eventually(() => asked() === 1);
  });

  test.each<[string, FakeAnswer]>([
    ['no JSON', { body: 'x' }],
    ['another shape', { body: { keys: [{ kid: 'k1', kty: 'RSA' }] } }],
    ['a symmetric key', { body: { keys: [{ kid: 'k1', kty: 'oct', k: 'AAAA' }] } }],
    [
      'a point off the curve',
      { body: { keys: [{ kid: 'k1', kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' }] } },
    ],
    ['a 404', { status: 404, body: {} }],
  ])('that make no sense (%s) are 503', async (_name, answer) => {
    broken.keys = answer;
    expect(await follow()(tokenOf(first))).toBe('unavailable');
  });
});

describe('ended sessions', () => {
  test('are refused within five seconds', async () => {
    const outcome = follow();
    expect(await outcome(tokenOf(first, 's9'))).toBe('user');
    ended = ['s9'];
    await eventually(async () => (await outcome(tokenOf(first, 's9'))) === 'unauthenticated', 5000, 100);
    expect(await outcome(tokenOf(first, 's8'))).toBe('user');
  }, 20_000);

  test('stay refused while the user service is away', async () => {
    ended = ['s9'];
    const outcome = follow();
    await eventually(async () => (await outcome(tokenOf(first, 's9'))) === 'unauthenticated');
    await user.close();
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(await outcome(tokenOf(first, 's9'))).toBe('unauthenticated');
    expect(await outcome(tokenOf(first, 's8'))).toBe('user');
  }, 20_000);
});

test('after close nobody is asked any more', async () => {
  const keys = followKeys({ userUrl: user.url, log });
  await eventually(() => asked() === 1);
  await keys.close();
  const before = user.requests.length;
  await new Promise((resolve) => setTimeout(resolve, 2300));
  expect(user.requests).toHaveLength(before);
});

let forgedCount = 0;
const forgedKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });
function makeForged(): Pair {
  forgedCount++;
  return { kid: `forged-${forgedCount}`, ...forgedKey };
}
