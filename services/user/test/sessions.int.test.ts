import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@shopstack/testkit/eventually';
import jwt from 'jsonwebtoken';
import { PASSWORD, PUBLIC_URL, type Service, startService } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const refresh = (cookie: string, headers: Record<string, string> = {}) =>
  service.http.post('/sessions/refresh').set({ cookie, ...headers });
const code = (body: { type?: string }) => body.type?.replace('urn:shopstack:problem:', '');

describe('signing in', () => {
  test('answers an access token and keeps the refresh token in a cookie', async () => {
    const user = await service.register();
    const reply = await service.http
      .post('/sessions')
      .set('user-agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0')
      .send({ email: user.email.toUpperCase(), password: PASSWORD })
      .expect(201);
    expect(reply.body).toMatchObject({ expiresInSeconds: 600, user: { id: user.id, email: user.email } });
    const cookie = String(reply.headers['set-cookie']);
    expect(cookie).toMatch(
      /refresh=[\w-]{86}; Path=\/api\/v1\/user; Expires=[^;]+; HttpOnly; SameSite=Strict/,
    );
    expect(cookie).not.toContain('Secure');
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(JSON.stringify(reply.body)).not.toContain(service.cookieOf(reply, 'refresh').slice(8));

    const decoded = jwt.decode(reply.body.accessToken, { complete: true });
    expect(decoded?.header).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(decoded?.payload).toMatchObject({
      iss: PUBLIC_URL,
      aud: 'shopstack',
      sub: user.id,
      roles: ['customer'],
    });
    const { exp = 0, iat = 0, sid, jti } = jwt.decode(reply.body.accessToken) as jwt.JwtPayload;
    expect(exp - iat).toBe(600);
    expect(sid).toEqual(expect.any(String));
    expect(jti).toEqual(expect.any(String));
    const list = await service.http
      .get('/sessions')
      .set('authorization', `Bearer ${reply.body.accessToken}`)
      .expect(200);
    expect(list.body.items).toEqual([expect.objectContaining({ current: true, device: 'Firefox on Linux' })]);
  });

  test('a wrong password and an unknown address are told apart by nothing', async () => {
    const { email } = await service.register();
    const wrong = await service.http.post('/sessions').send({ email, password: 'not this one' });
    const unknown = await service.http
      .post('/sessions')
      .send({ email: service.freshEmail(), password: 'not this one' });
    for (const reply of [wrong, unknown]) {
      expect(reply.status).toBe(401);
      expect(reply.headers['set-cookie']).toBeUndefined();
      delete reply.body.instance;
    }
    expect(wrong.body).toEqual(unknown.body);
    expect(Object.keys(wrong.headers).sort()).toEqual(Object.keys(unknown.headers).sort());
  });

  test('a disabled account is told so only by its right password', async () => {
    const user = await service.register();
    const account = await service.accounts.users.byId(user.id);
    if (account) await service.accounts.users.change(account, { set: { disabled: true } });
    const attempt = (password: string) =>
      service.http.post('/sessions').send({ email: user.email, password });
    expect(code((await attempt('not this one')).body)).toBe('sign-in-failed');
    expect(code((await attempt(PASSWORD)).body)).toBe('account-disabled');
  });

  test('an account that is disabled while its password is checked gets no session', async () => {
    const late = await startService({
      passwords: (real) => ({
        ...real,
        verify: async (stored, password) => {
          const right = await real.verify(stored, password);
          const [account] = (await late.accounts.users.search('ada', { limit: 1 })).items;
          if (account) await late.accounts.users.change(account, { set: { disabled: true }, newEpoch: true });
          return right;
        },
      }),
    });
    try {
      const user = await late.register();
      const reply = await late.http
        .post('/sessions')
        .send({ email: user.email, password: PASSWORD })
        .expect(401);
      expect(reply.headers['set-cookie']).toBeUndefined();
      expect(await late.direct.collection('sessions').countDocuments({ endedAt: null })).toBe(0);
    } finally {
      await late.close();
    }
  });

  test('signing in again in the same browser ends the session before', async () => {
    const person = await service.join();
    await service.signIn(person.email, PASSWORD, person.refresh);
    await refresh(person.refresh).expect(401);
    await service.http.get('/users/me').set(person.auth).expect(401);
  });
});

describe('refreshing', () => {
  test('exchanges the cookie and answers a new access token for the same session', async () => {
    const person = await service.join();
    const reply = await refresh(person.refresh).expect(200);
    expect(service.cookieOf(reply, 'refresh')).not.toBe(person.refresh);
    expect(reply.body.user.id).toBe(person.id);
    const sid = (token: string) => (jwt.decode(token) as jwt.JwtPayload).sid;
    expect(sid(reply.body.accessToken)).toBe(sid(person.token));
    await refresh(service.cookieOf(reply, 'refresh')).expect(200);
  });

  test('tabs that race and answers that are lost get the same successor', async () => {
    const person = await service.join();
    const replies = await Promise.all([1, 2, 3, 4, 5].map(() => refresh(person.refresh)));
    expect(replies.map((it) => it.status)).toEqual([200, 200, 200, 200, 200]);
    const [cookie = '', ...more] = new Set(replies.map((it) => service.cookieOf(it, 'refresh')));
    expect(more).toEqual([]);
    const later = service.cookieOf(await refresh(cookie).expect(200), 'refresh');
    expect(service.cookieOf(await refresh(person.refresh).expect(200), 'refresh')).toBe(later);
  });

  test('a used cookie that comes back later ends the whole family', async () => {
    const person = await service.join();
    const next = service.cookieOf(await refresh(person.refresh).expect(200), 'refresh');
    await service.direct
      .collection('sessions')
      .updateOne({ userId: person.id }, { $set: { 'used.0.at': new Date(Date.now() - 11_000) } });
    const reused = await refresh(person.refresh).expect(401);
    expect(code(reused.body)).toBe('refresh-rejected');
    expect(String(reused.headers['set-cookie'])).toMatch(/^refresh=; .*1970/);
    await refresh(next).expect(401);
    await service.http.get('/users/me').set(person.auth).expect(401);
  });

  test('made-up cookies end nothing', async () => {
    const person = await service.join();
    const forged = `${person.refresh.slice(0, -4)}AAAA`;
    for (const cookie of ['', 'refresh=', 'refresh=x', forged]) {
      expect(code((await refresh(cookie).expect(401)).body)).toBe('refresh-rejected');
    }
    await refresh(person.refresh).expect(200);
  });

  test('an access token is no refresh token and the other way round', async () => {
    const person = await service.join();
    await refresh(`refresh=${person.token}`).expect(401);
    const bearer = `Bearer ${person.refresh.slice('refresh='.length)}`;
    await service.http.get('/users/me').set('authorization', bearer).expect(401);
  });

  test('other sites are refused and change nothing', async () => {
    const person = await service.join();
    for (const headers of [
      { origin: 'https://evil.test' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ]) {
      expect(code((await refresh(person.refresh, headers).expect(403)).body)).toBe('origin-rejected');
      const out = await service.http.delete('/sessions/current').set({ cookie: person.refresh, ...headers });
      expect(out.status).toBe(403);
    }
    await refresh(person.refresh, { origin: PUBLIC_URL, 'sec-fetch-site': 'same-origin' }).expect(200);
    await refresh(person.refresh, { origin: `http://127.0.0.1:${service.port}` }).expect(200);
  });

  test('an expired session is over although the store has not swept it yet', async () => {
    const person = await service.join();
    await service.direct
      .collection('sessions')
      .updateOne({ userId: person.id }, { $set: { expiresAt: new Date(Date.now() - 1) } });
    await refresh(person.refresh).expect(401);
  });
});

describe('ending sessions', () => {
  test('signing out ends the session at once, clears the cookie and may be repeated', async () => {
    const person = await service.join();
    const out = await service.http.delete('/sessions/current').set('cookie', person.refresh).expect(204);
    expect(String(out.headers['set-cookie'])).toMatch(
      /^refresh=; Path=\/api\/v1\/user; Expires=Thu, 01 Jan 1970/,
    );
    await service.http.delete('/sessions/current').set('cookie', person.refresh).expect(204);
    await service.http.delete('/sessions/current').expect(204);
    await refresh(person.refresh).expect(401);
    await service.http.get('/users/me').set(person.auth).expect(401);
  });

  test('a session can be ended from another one, and is listed as ended for the other services', async () => {
    const phone = await service.join();
    const laptop = await service.signIn(phone.email);
    const list = await service.http.get('/sessions').set(laptop.auth).expect(200);
    expect(list.body.items).toHaveLength(2);
    const other = list.body.items.find((it: { current: boolean }) => !it.current);
    await service.http.delete(`/sessions/${other.id}`).set(laptop.auth).expect(204);
    await service.http.delete(`/sessions/${other.id}`).set(laptop.auth).expect(404);
    await service.http.get('/users/me').set(phone.auth).expect(401);
    await service.http.get('/users/me').set(laptop.auth).expect(200);
    const ended = await service.http.get('/internal/ended-sessions').expect(200);
    expect(ended.body.sids).toContain(other.id);
    expect((await service.http.get('/sessions').set(laptop.auth)).body.items).toHaveLength(1);
  });

  test('somebody else’s session is not there', async () => {
    const victim = await service.join();
    const thief = await service.join();
    const { sid } = jwt.decode(victim.token) as jwt.JwtPayload;
    await service.http.delete(`/sessions/${sid}`).set(thief.auth).expect(404);
    await service.http.get('/users/me').set(victim.auth).expect(200);
    await service.http.delete('/sessions/not-an-id').set(thief.auth).expect(422);
  });

  test('what is listed as ended survives a restart and is forgotten after eleven minutes', async () => {
    const person = await service.join();
    const { sid } = jwt.decode(person.token) as jwt.JwtPayload;
    await service.http.delete('/sessions/current').set('cookie', person.refresh).expect(204);
    const stored = await service.direct
      .collection<{ _id: string; endedAt: Date }>('sessions')
      .findOne({ _id: sid });
    expect(stored?.endedAt).toBeInstanceOf(Date);
    await service.direct
      .collection<{ _id: string }>('sessions')
      .updateOne({ _id: sid }, { $set: { endedAt: new Date(Date.now() - 11 * 60_000 - 1) } });
    const ended = await service.http.get('/internal/ended-sessions').expect(200);
    expect(ended.body.sids).not.toContain(sid);
  });

  test('what another replica ended is refused within seconds', async () => {
    const { createEndedSessions } = await import('../src/store/ended-sessions.ts');
    const { createLogger } = await import('@shopstack/kit/log');
    const replica = createEndedSessions();
    const log = createLogger({ service: 'user', level: 'silent' });
    const following = await replica.follow(service.accounts.sessions.recentlyEnded, log);
    const person = await service.join();
    const { sid } = jwt.decode(person.token) as jwt.JwtPayload;
    expect(replica.has(sid)).toBe(false);
    await service.http.delete('/sessions/current').set('cookie', person.refresh).expect(204);
    await eventually(() => replica.has(sid), 4000);
    following.close();
  });
});

describe('over TLS', () => {
  test('cookies are secure and bound to the host', async () => {
    const tls = await startService({ publicUrl: 'https://shop.test' });
    try {
      const user = await tls.register();
      const reply = await tls.http
        .post('/sessions')
        .send({ email: user.email, password: PASSWORD })
        .expect(201);
      const cookies = String(reply.headers['set-cookie']);
      expect(cookies).toMatch(
        /__Host-refresh=[\w-]{86}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict/,
      );
      expect(cookies).toMatch(/__Host-device=/);
      const cookie = tls.cookieOf(reply, '__Host-refresh');
      await tls.http.post('/sessions/refresh').set('cookie', cookie.replace('__Host-', '')).expect(401);
      await tls.http.post('/sessions/refresh').set('cookie', cookie).expect(200);
    } finally {
      await tls.close();
    }
  });
});
