import { describe, expect, test } from '@jest/globals';
import { createHttp } from './http.ts';
import { createSession } from './session.ts';

const user = {
  id: '019a0000-0000-7000-8000-000000000001',
  email: 'ada@example.org',
  name: 'Ada',
  roles: ['customer' as const],
  emailVerified: true,
  disabled: false,
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
};
const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const problem = (status: number, code: string) => json(status, { type: code, title: code, status });

function browser({ hint = false } = {}) {
  const stored = new Map(hint ? [['signed-in', '1']] : []);
  const seen: { path: string; authorization: string | null }[] = [];
  const answers: (() => Response)[] = [];
  let nowMs = 0;
  let issued = 0;
  const server = {
    refreshes: 0,
    refreshWith: () => json(200, { accessToken: `token-${++issued}`, expiresInSeconds: 600, user }),
  };
  const fetcher: typeof fetch = async (input, init) => {
    const path = String(input);
    if (path.endsWith('/sessions/refresh')) {
      server.refreshes += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return server.refreshWith();
    }
    seen.push({ path, authorization: new Headers(init?.headers).get('authorization') });
    return answers.shift()?.() ?? json(200, {});
  };
  const memory = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  };
  const session = createSession({ fetch: fetcher, now: () => nowMs, memory, exclusively: (work) => work() });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { session, http: createHttp(session, fetcher), server, seen, answers, stored, pass };
}

describe('the session', () => {
  test('a guest never asks for a refresh', async () => {
    const { session, server } = browser();
    expect(await session.token()).toBeUndefined();
    expect(server.refreshes).toBe(0);
    expect(session.state()).toEqual({ status: 'guest', ended: false });
  });

  test('after a reload, many requests at once cost one refresh', async () => {
    const { http, server, seen } = browser({ hint: true });
    await Promise.all([1, 2, 3].map((n) => http.json('GET', `/cart/${n}`, { auth: true })));
    expect(server.refreshes).toBe(1);
    expect(seen.map(({ authorization }) => authorization)).toEqual(Array(3).fill('Bearer token-1'));
  });

  test('public requests neither wait for the session nor carry the token', async () => {
    const { http, server, seen } = browser({ hint: true });
    await http.json('GET', '/catalogue/products');
    expect(server.refreshes).toBe(0);
    expect(seen[0]?.authorization).toBeNull();
  });

  test('a token about to expire is renewed before it is sent', async () => {
    const { session, http, server, seen, pass } = browser();
    session.adopt({ accessToken: 'first', expiresInSeconds: 600, user });
    await http.json('GET', '/cart', { auth: true });
    pass(590_000);
    await http.json('GET', '/cart', { auth: true });
    expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer first', 'Bearer token-1']);
    expect(server.refreshes).toBe(1);
  });

  test('a refused token is renewed once and the request sent again, unnoticed', async () => {
    const { session, http, server, answers } = browser();
    session.adopt({ accessToken: 'revoked', expiresInSeconds: 600, user });
    answers.push(
      () => problem(401, 'token-expired'),
      () => problem(401, 'token-expired'),
      () => json(200, 'one'),
      () => json(200, 'two'),
    );
    const calls = [1, 2].map(() => http.json('GET', '/cart', { auth: true }));
    expect(await Promise.all(calls)).toEqual(['one', 'two']);
    expect(server.refreshes).toBe(1);
  });

  test('a second refusal is the answer', async () => {
    const { session, http, server, answers } = browser();
    session.adopt({ accessToken: 'x', expiresInSeconds: 600, user });
    answers.push(
      () => problem(401, 'token-expired'),
      () => problem(401, 'unauthenticated'),
    );
    await expect(http.json('GET', '/cart', { auth: true })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    expect(server.refreshes).toBe(1);
  });

  test('when the refresh is rejected the person is a guest who was signed out', async () => {
    const { session, http, server, answers, stored } = browser();
    session.adopt({ accessToken: 'x', expiresInSeconds: 600, user });
    server.refreshWith = () => problem(401, 'refresh-rejected');
    answers.push(() => problem(401, 'token-expired'));
    await expect(http.json('GET', '/cart', { auth: true })).rejects.toMatchObject({ code: 'token-expired' });
    expect(session.state()).toEqual({ status: 'guest', ended: true });
    expect(stored.has('signed-in')).toBe(false);
  });

  test('an unreachable user service does not sign anybody out', async () => {
    const { session, http, server, stored } = browser({ hint: true });
    server.refreshWith = () => problem(503, 'unavailable');
    await expect(http.json('GET', '/cart', { auth: true })).rejects.toMatchObject({ code: 'unavailable' });
    expect(session.state()).toEqual({ status: 'unknown' });
    expect(stored.has('signed-in')).toBe(true);
  });
});
