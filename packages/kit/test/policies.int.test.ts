import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bearer } from '@shopstack/testkit/tokens';
import { ask } from './ask.ts';
import { PARTNER_KEY, reached, type Service, startService } from './fixture.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

type Caller = (it: Service['issuer']) => Record<string, string>;
const callers: Record<string, Caller> = {
  nobody: () => ({}),
  guest: () => ({ cookie: 'cart=abc' }),
  follower: () => ({ 'follow-token': 'f1' }),
  'empty follower': () => ({ 'follow-token': '' }),
  customer: (it) => bearer(it.token()),
  'customer who follows': (it) => ({ ...bearer(it.token()), 'follow-token': 'f1' }),
  support: (it) => bearer(it.token({ roles: ['support'] })),
  merchandiser: (it) => bearer(it.token({ roles: ['customer', 'merchandiser'] })),
  admin: (it) => bearer(it.token({ roles: ['admin'] })),
  expired: (it) => bearer(it.token({ expiresInSeconds: -60 })),
  'bad token who follows': () => ({ ...bearer('x.y.z'), 'follow-token': 'f1' }),
  'two tokens': (it) => ({ authorization: `Bearer ${it.token()} ${it.token()}` }),
  basic: () => ({ authorization: 'Basic YWRtaW46YWRtaW4=' }),
  'empty bearer': () => ({ authorization: 'Bearer ' }),
  'lower-case bearer': (it) => ({ authorization: `bearer ${it.token()}` }),
  partner: () => bearer(PARTNER_KEY),
  'nearly the partner': () => bearer(PARTNER_KEY.slice(0, -1)),
};
const columns = ['anyone', 'shopper', 'signedIn', 'follower', 'support', 'carrier', 'internal', 'webhook'];
/** g guest, u user, p partner; a number is the status of a refusal. */
const matrix: Record<string, string> = {
  nobody: 'g g 401 401 401 401 g g',
  guest: 'g g 401 401 401 401 g g',
  follower: 'g g 401 g 401 401 g g',
  'empty follower': 'g g 401 401 401 401 g g',
  customer: 'g u u u 403 403 g g',
  'customer who follows': 'g u u u 403 403 g g',
  support: 'g u u u u u g g',
  merchandiser: 'g u u u 403 403 g g',
  admin: 'g u u u u u g g',
  expired: 'g 401 401 401 401 401 g g',
  'bad token who follows': 'g 401 401 401 401 401 g g',
  'two tokens': 'g 401 401 401 401 401 g g',
  basic: 'g 401 401 401 401 401 g g',
  'empty bearer': 'g 401 401 401 401 401 g g',
  'lower-case bearer': 'g u u u 403 403 g g',
  partner: 'g 401 401 401 401 p g g',
  'nearly the partner': 'g 401 401 401 401 401 g g',
};
const kinds: Record<string, string> = { guest: 'g', user: 'u', partner: 'p' };

test.each(Object.keys(callers))('what each policy says to: %s', async (name) => {
  const cells: string[] = [];
  for (const policy of columns) {
    const headers = callers[name]?.(service.issuer) ?? {};
    const answer = await ask(service.url, 'GET', `/guarded/${policy}`, { headers });
    const { principal } = answer.body;
    const kind =
      principal && typeof principal === 'object' && 'kind' in principal ? String(principal.kind) : '';
    cells.push(answer.status === 200 ? (kinds[kind] ?? '?') : String(answer.status));
    if (answer.status === 401) expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.text).not.toContain(PARTNER_KEY);
  }
  expect(cells.join(' ')).toBe(matrix[name]);
});

test('an expired token has its own code, so that the page can refresh it', async () => {
  const headers = bearer(service.issuer.token({ expiresInSeconds: -60 }));
  expect((await ask(service.url, 'GET', '/guarded/signedIn', { headers })).code).toBe('token-expired');
});

test('the session’s end ends its tokens', async () => {
  const headers = bearer(service.issuer.token({ sid: 's-1' }));
  expect((await ask(service.url, 'GET', '/guarded/signedIn', { headers })).status).toBe(200);
  service.issuer.endSession('s-1');
  expect((await ask(service.url, 'GET', '/guarded/signedIn', { headers })).code).toBe('unauthenticated');
});

describe('checks come in the order token, shape, If-Match, business', () => {
  const good = { title: 'x', amountMinor: 1 };
  const token = () => bearer(service.issuer.token());

  test('a bad body without a token is 401, also when it is not JSON or too large', async () => {
    for (const body of ['{', '{"amountMinor":-1}', `"${'x'.repeat(200_000)}"`]) {
      const headers = { 'content-type': 'application/json' };
      expect((await ask(service.url, 'POST', '/things', { body, headers })).status).toBe(401);
    }
  });

  test('the shape comes before If-Match', async () => {
    const put = (json: unknown, headers = {}) =>
      ask(service.url, 'PUT', '/things/t1', { json, headers: { ...token(), ...headers } });
    expect((await put({ title: 1 })).code).toBe('validation-failed');
    expect((await put(good)).code).toBe('if-match-missing');
    expect((await put(good, { 'if-match': '"1"' })).status).toBe(200);
  });

  test('nothing wrong reaches the business', async () => {
    reached.length = 0;
    await ask(service.url, 'POST', '/things', { json: good });
    await ask(service.url, 'POST', '/things', { json: { ...good, more: 1 }, headers: token() });
    expect(reached).toEqual([]);
    await ask(service.url, 'POST', '/things', { json: good, headers: token() });
    expect(reached).toEqual(['makeThing']);
  });
});
