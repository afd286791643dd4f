import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ProblemDetails } from '@shopstack/contracts/problems';
import { z } from 'zod';
import { type Asking, ask } from './contract/asking.ts';
import { allServed, type Served, served } from './contract/operations.ts';
import { newPerson, type Person, sampleAdmin } from './contract/people.ts';
import { type Scene, setScene } from './contract/row.ts';
import { rowOf } from './contract/rows.ts';
import { stateOf } from './contract/state.ts';

const ids = (wanted: (it: Served['operation']) => boolean) =>
  allServed
    .map(({ operation }) => operation)
    .filter(wanted)
    .map(({ id }) => id);
/** What only services may send never gets past the gateway. */
const withBody = ids((it) => it.body !== undefined && it.policy.kind !== 'internal');
const withRawBody = ids((it) => it.rawBody !== undefined);
let scene: Scene;
let caller: Person;
let before: Record<string, unknown>;

beforeAll(async () => {
  const admin = await sampleAdmin();
  scene = await setScene(admin);
  caller = await newPerson('Abby Abuse', admin, ['admin', 'customer']);
  await ask('addItem', { body: { sku: scene.product.sku, quantity: 1 } }, caller.credentials);
  before = await stateOf(scene, caller);
}, 60_000);
afterAll(async () => expect(await stateOf(scene, caller)).toEqual(before));

const good = (id: string): Asking => rowOf(id).request?.(scene) ?? {};
const fieldsOf = (id: string) => z.record(z.string(), z.unknown()).parse(good(id).body ?? {});
/** The code and the pointers that a changed request is answered with. */
async function answer(id: string, change: Asking) {
  const { body: _, raw: __, ...rest } = good(id);
  const headers = { ...rest.headers, ...change.headers };
  const seen = await ask(id, { ...rest, ...change, headers }, caller.credentials);
  const problem = ProblemDetails.safeParse(seen.body);
  const pointers = problem.success ? (problem.data.errors ?? []).map(({ pointer }) => pointer) : [];
  return { code: seen.code ?? seen.status, pointers };
}
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const spliced = (id: string, json: string) =>
  JSON.stringify({ ...fieldsOf(id), '@': 0 }).replace('"@":0', json);

describe('a JSON body', () => {
  test.each(withBody)('%s: the request of its row has the right shape', (id) => {
    expect(served(id).operation.body?.safeParse(good(id).body).success).toBe(true);
  });

  test.each(withBody)('%s refuses what is not JSON in UTF-8', async (id) => {
    const type = (contentType: string | undefined) => ({ 'content-type': contentType });
    const json = JSON.stringify(fieldsOf(id));
    const cases: [Asking, string][] = [
      [{ raw: '{"a":' }, 'malformed-json'],
      [
        { raw: 'name=Ada&roles=admin', headers: type('application/x-www-form-urlencoded') },
        'unsupported-media-type',
      ],
      [{ raw: json, headers: type('text/plain') }, 'unsupported-media-type'],
      [{ raw: json, headers: type('application/json; charset=iso-8859-1') }, 'unsupported-media-type'],
      [{ raw: json, headers: { 'content-encoding': 'gzip' } }, 'unsupported-media-type'],
      [{ raw: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) }, 'malformed-json'],
      [{ raw: `{"a":"${'x'.repeat(150_000)}"}` }, 'body-too-large'],
    ];
    for (const [asking, code] of cases)
      expect([asking, (await answer(id, asking)).code]).toEqual([asking, code]);
  });

  test.each(withBody)('%s refuses fields it does not know and points at them', async (id) => {
    const cases: [string, string[]][] = [
      ['"surprise":1', ['/surprise']],
      ['"__proto__":{"isAdmin":true}', ['/__proto__']],
      ['"constructor":{"prototype":{"isAdmin":true}}', ['/constructor']],
      ['"a/b~c":1,"$where":"1"', ['/a~1b~0c', '/$where']],
    ];
    for (const [json, pointers] of cases) {
      expect([json, await answer(id, { raw: spliced(id, json) })]).toEqual([
        json,
        { code: 'validation-failed', pointers },
      ]);
    }
  });

  test.each(withBody)('%s refuses bodies that are too deep, too wide or no object', async (id) => {
    const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 1001 }, (_, key) => [`k${key}`, 1])));
    for (const raw of [
      spliced(id, `"deep":${nested(25)}`),
      nested(5000),
      wide,
      '[]',
      '"text"',
      '7',
      'null',
      'true',
    ]) {
      expect([raw.slice(0, 40), (await answer(id, { raw })).code]).toEqual([
        raw.slice(0, 40),
        'validation-failed',
      ]);
    }
    if (served(id).operation.body?.safeParse(undefined).success) return;
    expect((await answer(id, {})).code).toBe('validation-failed');
  });

  test.each(withBody)('%s refuses each field with a value of another type', async (id) => {
    for (const [name, value] of Object.entries(fieldsOf(id))) {
      const wrong = [null, { $gt: '' }, [[]], typeof value === 'string' ? 1e308 : 'text', '1e999'];
      for (const json of wrong.map((it) => (it === '1e999' ? it : JSON.stringify(it)))) {
        const raw = JSON.stringify({ ...fieldsOf(id), [name]: '@@' }).replace('"@@"', json);
        const { code, pointers } = await answer(id, { raw });
        expect([name, json, code]).toEqual([name, json, 'validation-failed']);
        expect(pointers.filter((it) => it !== `/${name}` && !it.startsWith(`/${name}/`))).toEqual([]);
      }
    }
  });
});

test.each(withRawBody)('%s refuses another content type and too many bytes', async (id) => {
  const other = await answer(id, { raw: '{}', headers: { 'content-type': 'text/html' } });
  expect(other.code).toBe('unsupported-media-type');
  const most = served(id).operation.rawBody?.maxBytes ?? 0;
  expect((await answer(id, { raw: new Uint8Array(most + 1_200_000) })).code).toBe('body-too-large');
});
