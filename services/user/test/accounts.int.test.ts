import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PASSWORD, type Service, startService } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService({ limits: { emailTakenPerHour: 20 } });
});
afterAll(() => service.close());

const code = (body: { type?: string }) => body.type?.replace('urn:shopstack:problem:', '');
const account = (more: object = {}) => ({
  email: service.freshEmail(),
  password: PASSWORD,
  name: 'Ada Lovelace',
  ...more,
});
const post = (body: object) => service.http.post('/users').send(body);

describe('opening an account', () => {
  test('answers the user without anything secret, and where to find it', async () => {
    const body = account();
    const reply = await post(body).expect(201);
    expect(reply.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      email: body.email,
      name: 'Ada Lovelace',
      roles: ['customer'],
      emailVerified: false,
      disabled: false,
      version: 1,
      createdAt: expect.any(String),
    });
    expect(reply.headers).toMatchObject({ location: '/api/v1/user/users/me', etag: '"1"' });
    const stored = await service.direct.collection('users').findOne({ email: body.email });
    expect(stored?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(stored)).not.toContain(PASSWORD);
  });

  test('one address opens one account, however it is spelled and however many ask at once', async () => {
    const body = account();
    const replies = await Promise.all([
      post(body),
      post({ ...body, email: body.email.toUpperCase() }),
      post({ ...body, email: body.email.replace('@', '@') }),
    ]);
    expect(replies.map((it) => it.status).sort()).toEqual([201, 409, 409]);
    expect(code((await post(body).expect(409)).body)).toBe('email-taken');
    expect(await service.direct.collection('users').countDocuments({ emailKey: body.email })).toBe(1);
  });

  test('passwords that everybody tries first are refused, others are not composed', async () => {
    for (const password of ['password', 'P@ssw0rd123', '12345678', 'ada lovelace'])
      expect(code((await post(account({ password })).expect(422)).body)).toBe('password-too-common');
    await post(account({ password: 'all lower case words' })).expect(201);
    await post(account({ password: 'x'.repeat(7) })).expect(422);
    await post(account({ password: `${'ab3-'.repeat(32)}x` })).expect(422);
  });

  test('nobody gives themselves rights, or fields that are ours', async () => {
    const fields = { roles: ['admin'], disabled: false, emailVerified: true, id: 'x', version: 7, epoch: 9 };
    for (const [name, value] of Object.entries(fields)) {
      const body = account({ [name]: value });
      const reply = await post(body).expect(422);
      expect(reply.body.errors).toEqual([expect.objectContaining({ pointer: `/${name}` })]);
      expect(await service.accounts.users.byEmail(body.email)).toBeNull();
    }
  });

  test('operators and prototypes are no values', async () => {
    const bodies = [
      '{"email":{"$gt":""},"password":"quite a good one","name":"x"}',
      '{"__proto__":{"roles":["admin"]}}',
    ];
    for (const body of bodies)
      await service.http.post('/users').set('content-type', 'application/json').send(body).expect(422);
    const signIn = await service.http
      .post('/sessions')
      .send({ email: { $ne: null }, password: { $ne: null } });
    expect(signIn.status).toBe(422);
  });

  test('asking for taken addresses again and again has to wait', async () => {
    const taken = account();
    await post(taken).expect(201);
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const ask = () => service.http.post('/users').set(from('198.51.100.7')).send(taken);
    for (let n = 0; n < 20; n++) await ask().expect(409);
    const refused = await ask().expect(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    await service.http.post('/users').set(from('198.51.100.8')).send(account()).expect(201);
  });
});

describe('my account', () => {
  test('a change needs the version that was read', async () => {
    const person = await service.join();
    const patch = (body: object, ifMatch?: string) => {
      const it = service.http.patch('/users/me').set(person.auth);
      return (ifMatch === undefined ? it : it.set('if-match', ifMatch)).send(body);
    };
    const read = await service.http.get('/users/me').set(person.auth).expect(200);
    expect(read.headers.etag).toBe('"1"');
    await patch({ name: 'Ada King' }).expect(428);
    await patch({ name: 'Ada King' }, '"7"').expect(412);
    await patch({ name: 'Ada King' }, 'nonsense').expect(412);
    const changed = await patch({ name: 'Ada King', locale: 'de' }, 'W/"1"').expect(200);
    expect(changed.body).toMatchObject({ name: 'Ada King', locale: 'de', version: 2 });
    expect(changed.headers.etag).toBe('"2"');
    await patch({ name: 'Ada Byron' }, '"1"').expect(412);
    expect((await patch({ name: 'Ada King' }, '"2"').expect(200)).body.version).toBe(2);
    expect((await service.http.get('/users/me').set(person.auth)).body.name).toBe('Ada King');
  });

  test('of changes that read the same version one wins', async () => {
    const slow = await startService({
      accounts: (real) => ({
        ...real,
        users: {
          ...real.users,
          byId: async (id) => {
            const account = await real.users.byId(id);
            await sleep(100);
            return account;
          },
        },
      }),
    });
    try {
      const person = await slow.join();
      const patch = (name: string) =>
        slow.http.patch('/users/me').set(person.auth).set('if-match', '"1"').send({ name });
      const replies = await Promise.all(['B', 'C', 'D'].map((name) => patch(name)));
      expect(replies.map((it) => it.status).sort()).toEqual([200, 412, 412]);
    } finally {
      await slow.close();
    }
  });

  test('rights, addresses and passwords are not changed here', async () => {
    const person = await service.join();
    const fields = {
      roles: ['admin'],
      disabled: true,
      emailVerified: true,
      email: 'x@y.test',
      password: 'other one!',
    };
    for (const [name, value] of Object.entries(fields)) {
      const reply = service.http.patch('/users/me').set(person.auth).set('if-match', '"1"');
      await reply.send({ [name]: value }).expect(422);
    }
    const me = await service.http.get('/users/me').set(person.auth).expect(200);
    expect(me.body).toMatchObject({ roles: ['customer'], disabled: false, emailVerified: false, version: 1 });
  });
});

describe('changing the password', () => {
  const change = (person: { auth: object }, currentPassword: string, newPassword: string) =>
    service.http
      .put('/users/me/password')
      .set({ ...person.auth })
      .send({ currentPassword, newPassword });

  test('ends every other session and keeps this one', async () => {
    const here = await service.join();
    const there = await service.signIn(here.email);
    await change(here, PASSWORD, 'an even better one').expect(204);
    await service.http.get('/users/me').set(here.auth).expect(200);
    await service.http.post('/sessions/refresh').set('cookie', here.refresh).expect(200);
    await service.http.get('/users/me').set(there.auth).expect(401);
    await service.http.post('/sessions/refresh').set('cookie', there.refresh).expect(401);
    await service.http.post('/sessions').send({ email: here.email, password: PASSWORD }).expect(401);
    await service.signIn(here.email, 'an even better one');
  });

  test('needs the current one and a good new one', async () => {
    const person = await service.join();
    expect(code((await change(person, 'not this one', 'an even better one').expect(422)).body)).toBe(
      'password-wrong',
    );
    expect(code((await change(person, PASSWORD, 'password1').expect(422)).body)).toBe('password-too-common');
    await change(person, PASSWORD, 'short').expect(422);
    await service.signIn(person.email, PASSWORD);
  });

  test('guessing the current one has to wait, and the account can still sign in', async () => {
    const person = await service.join();
    const replies = [];
    for (let n = 0; n < 8; n++)
      replies.push((await change(person, `guess ${n}`, 'an even better one')).status);
    expect(replies).toContain(429);
    await service.signIn(person.email, PASSWORD);
  });

  test('a session of an earlier epoch is over even when nobody came to end it', async () => {
    const person = await service.join();
    await service.accounts.users.beginEpoch(person.id);
    await service.http.post('/sessions/refresh').set('cookie', person.refresh).expect(401);
    await service.http.get('/users/me').set(person.auth).expect(401);
  });
});
