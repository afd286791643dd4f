import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bearer } from '@shopstack/testkit/tokens';
import { ask, askRaw } from './ask.ts';
import { reached, type Service, startService } from './fixture.ts';

let service: Service;
let headers: Record<string, string>;
beforeAll(async () => {
  service = await startService();
  headers = { ...bearer(service.issuer.token()), 'content-type': 'application/json' };
});
afterAll(() => service.close());

const post = (body: string | Uint8Array<ArrayBuffer>, more: Record<string, string> = {}) =>
  ask(service.url, 'POST', '/things', { body, headers: { ...headers, ...more } });
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const latin1 = Uint8Array.from(Buffer.from('{"title":"Käse","amountMinor":1}', 'latin1'));
const utf16 = Uint8Array.from(Buffer.from('{"title":"x","amountMinor":1}', 'utf16le'));

describe('a body', () => {
  test.each([
    ['an unknown field', '{"title":"x","amountMinor":1,"isAdmin":true}', ['/isAdmin']],
    ['a wrong type', '{"title":1,"amountMinor":"1"}', ['/title', '/amountMinor']],
    ['a fraction', '{"title":"x","amountMinor":1.5}', ['/amountMinor']],
    ['a negative amount', '{"title":"x","amountMinor":-1}', ['/amountMinor']],
    ['a number beyond every double', '{"title":"x","amountMinor":1e400}', ['/amountMinor']],
    ['a number beyond exact integers', '{"title":"x","amountMinor":9007199254740993}', ['/amountMinor']],
    ['a wrong item of a list', '{"title":"x","amountMinor":1,"tags":["a",{}]}', ['/tags/1']],
    ['an operator for a text', '{"title":{"$ne":null},"amountMinor":1}', ['/title']],
    ['a key that needs escaping', '{"title":"x","amountMinor":1,"a/b~c":1}', ['/a~1b~0c']],
    ['nothing but null', 'null', ['/']],
    ['a list', '[]', ['/']],
    ['a text', '"x"', ['/']],
    ['a number', '1', ['/']],
    [
      'constructor',
      '{"title":"x","amountMinor":1,"constructor":{"prototype":{"polluted":1}}}',
      ['/constructor'],
    ],
  ])('with %s is 422 and points at it', async (_name, body, pointers) => {
    const answer = await post(body);
    expect(answer.code).toBe('validation-failed');
    const errors = answer.body.errors as { pointer: string; detail: string }[];
    expect(errors.map((it) => it.pointer)).toEqual(pointers);
    for (const { detail } of errors) expect(detail).not.toBe('');
  });

  test.each([
    ['malformed', '{"title":', 400, 'malformed-json'],
    ['with two values', '{} {}', 400, 'malformed-json'],
    ['with a comment', '{} // x', 400, 'malformed-json'],
    ['with NaN', '{"amountMinor":NaN}', 400, 'malformed-json'],
    ['nested too deep', nested(21), 422, 'validation-failed'],
    ['nested far too deep', '['.repeat(50_000), 400, 'malformed-json'],
    [
      'nested far too deep and closed',
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
      422,
      'validation-failed',
    ],
    [
      'of too many keys',
      JSON.stringify(Object.fromEntries([...Array(1001).keys()].map((it) => [it, 1]))),
      422,
      'validation-failed',
    ],
    [
      'of too many items',
      JSON.stringify({ title: 'x', amountMinor: 1, tags: Array(1001).fill('a') }),
      422,
      'validation-failed',
    ],
    ['over 100 KB', JSON.stringify({ title: 'x'.repeat(103_000) }), 413, 'body-too-large'],
  ])('%s is %4$s', async (_name, body, status, code) => {
    const answer = await post(body);
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  test('of exactly the allowed depth is read', async () => {
    const answer = await post(nested(20));
    const errors = answer.body.errors as { pointer: string }[];
    expect(errors.map((it) => it.pointer)).toContain('/a');
  });

  test.each([
    ['text/plain', 'x'],
    ['application/x-www-form-urlencoded', 'title=x&amountMinor=1'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/merge-patch+json', '{}'],
    ['application/json; charset=utf-16', '{}'],
    ['application/json; charset=utf-7', '{}'],
    ['application/json; charset=latin1', '{}'],
    ['', '{}'],
    ['nonsense', '{}'],
    ['text/csv, application/json', '{}'],
  ])('of type %j is 415', async (type, body) => {
    expect((await post(Uint8Array.from(Buffer.from(body)), { 'content-type': type })).code).toBe(
      'unsupported-media-type',
    );
  });

  test.each(['application/json; charset=utf-8', 'Application/JSON', 'application/json;charset="UTF-8"'])(
    'of type %j is read',
    async (type) => {
      expect((await post('{"title":"Käse","amountMinor":1}', { 'content-type': type })).status).toBe(201);
    },
  );

  test('that is not UTF-8 is refused rather than guessed at', async () => {
    expect((await post(latin1)).code).toBe('malformed-json');
    expect((await post(utf16)).code).toBe('malformed-json');
  });

  test('that is compressed is refused, well made or not', async () => {
    const packed = Uint8Array.from(gzipSync('{"title":"x","amountMinor":1}'));
    for (const body of [packed, Uint8Array.from([1, 2, 3])]) {
      expect((await post(body, { 'content-encoding': 'gzip' })).code).toBe('unsupported-media-type');
    }
    expect((await post('{}', { 'content-encoding': 'nonsense' })).code).toBe('unsupported-media-type');
  });

  test('that is missing is 422', async () => {
    const answer = await ask(service.url, 'POST', '/things', { headers: bearer(service.issuer.token()) });
    expect(answer.code).toBe('validation-failed');
  });

  test('that is raw has its own type and limit', async () => {
    const send = (body: string, type: string) =>
      ask(service.url, 'POST', '/uploads', { body, headers: { 'content-type': type } });
    expect((await send('a,b\n', 'text/csv')).body).toEqual({ bytes: 4 });
    expect((await send('{}', 'application/json')).code).toBe('unsupported-media-type');
    expect((await send('x'.repeat(1001), 'text/csv')).code).toBe('body-too-large');
  });
});

describe('prototypes', () => {
  test('no body or query changes them', async () => {
    const before = Reflect.ownKeys(Object.prototype);
    reached.length = 0;
    const payloads = [
      '{"title":"x","amountMinor":1,"__proto__":{"polluted":1}}',
      '{"__proto__":{"title":"x","amountMinor":1}}',
      '{"title":"x","amountMinor":1,"tags":{"__proto__":{"0":"a"}}}',
      '{"title":"x","amountMinor":1,"prototype":{"polluted":1}}',
      '{"title":{"__proto__":{"toString":1}},"amountMinor":1}',
    ];
    for (const body of payloads) expect((await post(body)).status).toBeLessThan(500);
    for (const query of [
      '__proto__=1',
      '__proto__[polluted]=1',
      'constructor[prototype][polluted]=1',
      'constructor=1',
    ])
      expect((await ask(service.url, 'GET', `/things?${query}`)).status).toBeLessThan(500);
    expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
  });
});

describe('a query', () => {
  test.each([
    'q=a&q=b',
    'q[]=a',
    'q[$ne]=a',
    'q.x=a',
    'more=1',
    'limit=0',
    'limit=101',
    'limit=1.5',
    'limit=x',
    'limit=',
    'limit=Infinity',
    'limit=1&limit=2',
    'limit[]=1',
    `q=${'x'.repeat(21)}`,
    'constructor=1',
  ])('%s is 422', async (query) => {
    expect((await ask(service.url, 'GET', `/things?${query}`)).code).toBe('validation-failed');
  });

  test('of broken percent-encoding is text like any other, and never a 5xx', async () => {
    expect((await ask(service.url, 'GET', '/things?q=%E0%A4%A')).status).toBe(200);
    expect((await ask(service.url, 'GET', '/things?q=%ff%fe')).status).toBe(200);
    expect((await ask(service.url, 'GET', '/things?%=1')).status).toBe(422);
  });

  test('has defaults and types', async () => {
    expect((await ask(service.url, 'GET', '/things?q=a+b&limit=7')).body).toEqual({ q: 'a b', limit: 7 });
    expect((await ask(service.url, 'GET', '/things')).body).toEqual({ limit: 24 });
  });
});

describe('a path', () => {
  test.each(['/things/%E0%A4%A', '/things/%ff', '/things/%', '/things/%c0%ae'])('%s is 404', async (path) => {
    expect((await ask(service.url, 'GET', path)).code).toBe('not-found');
  });

  test.each(['/things/%00', '/things/a%2fb', '/things/%0d%0aSet-Cookie:x', '/things/ä'])(
    '%s is 422',
    async (path) => {
      const answer = await ask(service.url, 'GET', path);
      expect(answer.code).toBe('validation-failed');
      expect(answer.headers.get('set-cookie')).toBeNull();
    },
  );

  test.each([
    '/THINGS',
    '/Metrics',
    '/HEALTH',
    '/guarded/Internal',
    '//things',
    '/%74hings',
    '/things/../metrics%00',
  ])('%s is no other way to write one of ours', async (path) => {
    const raw = await askRaw(service.port, `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(raw).toMatch(/^HTTP\/1\.1 (404|422) /);
  });

  test.each([
    '/',
    '/nothing',
    '/things/a/b',
    '/.env',
    '/docs/../../package.json',
    '/docs/swagger-ui.css.map',
  ])('%s is unknown', async (path) => {
    const answer = await ask(service.url, 'GET', path);
    expect([answer.status, answer.code]).toEqual([404, 'not-found']);
  });
});

test('duplicate headers are no way around a check', async () => {
  const token = service.issuer.token();
  const twice = await askRaw(
    service.port,
    `GET /guarded/signedIn HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x.y.z\r\nauthorization: Bearer ${token}\r\nconnection: close\r\n\r\n`,
  );
  expect(twice).toMatch(/^HTTP\/1\.1 401 /);
  const body = '{"title":"x","amountMinor":1}';
  const types = await askRaw(
    service.port,
    `POST /things HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: text/plain\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  );
  expect(types).toMatch(/^HTTP\/1\.1 415 /);
});

test.each([
  ['two lengths', 'content-length: 2\r\ncontent-length: 3\r\n\r\n{}'],
  ['length and chunks', 'content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['a bad chunk', 'transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n'],
  ['a space before the colon', 'content-length : 2\r\n\r\n{}'],
])('a request with %s is refused', async (_name, rest) => {
  const raw = await askRaw(
    service.port,
    `POST /things HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n${rest}`,
  );
  expect(raw).toMatch(/^HTTP\/1\.1 (400|401) /);
});
