import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ProblemDetails } from '@shopstack/contracts/problems';
import { type Asking, ask, shopUrl } from './contract/asking.ts';
import { allServed, type Served, served } from './contract/operations.ts';
import { newPerson, type Person, sampleAdmin } from './contract/people.ts';
import { type Scene, setScene } from './contract/row.ts';
import { rowOf } from './contract/rows.ts';
import { stateOf } from './contract/state.ts';

const ids = (wanted: (it: Served['operation']) => boolean) =>
  allServed
    .map(({ operation }) => operation)
    .filter((it) => it.policy.kind !== 'internal' && wanted(it))
    .map(({ id }) => id);
const parameters = (id: string, where: 'query' | 'params') =>
  Object.keys(served(id).operation[where]?.shape ?? {});
let scene: Scene;
let caller: Person;
let before: Record<string, unknown>;

beforeAll(async () => {
  const admin = await sampleAdmin();
  scene = await setScene(admin);
  caller = await newPerson('Percy Parameters', admin, ['admin', 'customer']);
  before = await stateOf(scene, caller);
}, 60_000);
afterAll(async () => expect(await stateOf(scene, caller)).toEqual(before));

const good = (id: string): Asking => rowOf(id).request?.(scene) ?? {};
const goodQuery = (id: string) => new URLSearchParams(good(id).query).toString();
async function answer(id: string, change: Asking) {
  const headers = { ...good(id).headers, ...change.headers };
  const seen = await ask(id, { ...good(id), ...change, headers }, caller.credentials);
  const problem = ProblemDetails.safeParse(seen.body);
  const pointers = problem.success ? (problem.data.errors ?? []).map(({ pointer }) => pointer) : [];
  return { code: seen.code ?? seen.status, pointers };
}

describe('the query', () => {
  const queried = ids((it) => it.query !== undefined);
  const cases = queried.flatMap((id) => {
    const known = parameters(id, 'query');
    const bad: [string, string][] = [
      ['surprise=1', '/query/surprise'],
      ['__proto__=1', '/query/__proto__'],
    ];
    if (known.includes('limit'))
      for (const limit of ['0', '-1', '101', '1.5', 'abc', '1e9', 'Infinity', '10&limit=20'])
        bad.push([`limit=${limit}`, '/query/limit']);
    if (known.includes('cursor'))
      for (const cursor of ['x'.repeat(513), 'a&cursor=b', 'not-a-cursor', 'eyJhIjoxfQ'])
        bad.push([`cursor=${cursor}`, '/query/cursor']);
    if (known.includes('orderId')) bad.push(["orderId='%20or%201=1", '/query/orderId']);
    if (known.includes('q')) bad.push([`q=${'x'.repeat(121)}`, '/query/q'], ['q=%00', '/query/q']);
    return [{ id, bad }];
  });

  test.each(cases)('$id refuses what it does not know', async ({ id, bad }) => {
    for (const [query, pointer] of bad) {
      const name = query.split('=')[0] ?? '';
      const rest = new URLSearchParams(goodQuery(id));
      rest.delete(name);
      const { code, pointers } = await answer(id, { query: `${rest}&${query}` });
      expect([query, code]).toEqual([query, 'validation-failed']);
      expect([query, pointers]).toEqual([query, [pointer]]);
    }
  });
});

describe('the path', () => {
  const strange = [
    '%00',
    '%ff',
    '%E0%A4%A',
    "'--",
    '%24gt',
    '..%2f..%2fhealth',
    'x'.repeat(600),
    '%20',
    '{}',
    '__proto__',
  ];
  /** The gateway resolves dots before a service sees the path, so another path may be met. */
  const refused = ['validation-failed', 'not-found', 'malformed-request', 'method-not-allowed'];
  test.each(ids((it) => it.params !== undefined))('%s refuses strange names', async (id) => {
    for (const name of parameters(id, 'params')) {
      for (const value of strange) {
        const { code } = await answer(id, { params: { ...good(id).params, [name]: value } });
        expect([value, refused.includes(String(code)), code]).toEqual([value, true, code]);
      }
    }
  });

  test('a method that a path does not know is refused with the ones it knows', async () => {
    const seen = await fetch(`${shopUrl}/api/v1/dispatch/orders`, { method: 'DELETE' });
    expect([seen.status, seen.headers.get('allow')?.split(', ')]).toEqual([
      405,
      expect.arrayContaining(['POST', 'GET']),
    ]);
  });
});

describe('headers', () => {
  test.each(ids((it) => it.idempotent === true))('%s needs an Idempotency-Key', async (id) => {
    const withKey = (key: string | undefined) => answer(id, { headers: { 'idempotency-key': key } });
    expect((await withKey(undefined)).code).toBe('idempotency-key-missing');
    expect((await withKey('')).code).toBe('idempotency-key-missing');
    expect((await withKey('x'.repeat(300))).code).toBe('idempotency-key-invalid');
    expect((await withKey('caf\u00e9')).code).toBe('idempotency-key-invalid');
    expect((await withKey('x'.repeat(255))).code).toBe(rowOf(id).answer);
  });

  test.each(ids((it) => it.ifMatch === 'required'))('%s needs If-Match', async (id) => {
    expect((await answer(id, { headers: { 'if-match': undefined } })).code).toBe('if-match-missing');
    for (const tag of ['"0"', '999999999', '"1', 'x'.repeat(500), "'"])
      expect([tag, ['etag-stale', 'not-found']]).toEqual([
        tag,
        expect.arrayContaining([(await answer(id, { headers: { 'if-match': tag } })).code]),
      ]);
  });

  test.each(ids((it) => it.policy.kind === 'follower'))(
    '%s is not impressed by strange follow tokens',
    async (id) => {
      for (const token of ['x', '../../etc/passwd', "' or '1'='1", 'x'.repeat(5000)]) {
        const seen = await ask(id, good(id), { 'follow-token': token });
        expect([200, 404]).toContain(seen.status);
        if (seen.status === 200) expect(seen.body).toEqual({ items: [], next: null });
      }
    },
  );

  test('headers that are too large are refused by the gateway', async () => {
    const seen = await ask('getMe', { headers: { 'x-large': 'x'.repeat(40_000) } }, caller.credentials);
    expect(seen.code).toBe('headers-too-large');
  });
});
