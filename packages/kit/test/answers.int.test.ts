import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '@shopstack/testkit/eventually';
import { bearer } from '@shopstack/testkit/tokens';
import { createServiceApp, ok } from '../src/api.ts';
import { problem } from '../src/problem.ts';
import { ask, askRaw } from './ask.ts';
import { orderThing, readThing, type Service, startService } from './fixture.ts';

const canary = 'c4n4ry';
let service: Service;
beforeAll(async () => {
  service = await startService({
    behaviour: {
      failures: {
        unknown: () => new Error(`db password ${canary}`),
        text: () => canary,
        nothing: () => undefined,
        teapot: () =>
          Object.assign(new Error(canary), { status: 418, expose: true, headers: { 'x-leak': canary } }),
        typed: () => Object.assign(new Error(canary), { type: 'constructor' }),
        mysql: () => Object.assign(new Error(canary), { code: 'PROTOCOL_CONNECTION_LOST' }),
        mongo: () => Object.assign(new Error(canary), { name: 'MongoServerSelectionError' }),
        redis: () => Object.assign(new Error(canary), { name: 'MaxRetriesPerRequestError' }),
        refused: () =>
          new Error('wrapped', { cause: Object.assign(new Error(canary), { code: 'ECONNREFUSED' }) }),
        conflict: () =>
          problem('price-changed', 'It costs more.', { members: { total: 5 }, location: '/orders/1' }),
        limited: () => problem('too-many-requests', undefined, { retryAfterSeconds: 30 }),
      },
    },
  });
});
afterAll(() => service.close());
beforeEach(() => {
  service.lines.length = 0;
});
const failing = (how: string) => ask(service.url, 'GET', `/fail?how=${how}`);

describe('a problem', () => {
  test('is RFC 9457 with the request’s id', async () => {
    const answer = await failing('conflict');
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers.get('location')).toBe('/orders/1');
    expect(answer.status).toBe(409);
    expect(answer.body).toEqual({
      type: 'urn:shopstack:problem:price-changed',
      title: 'The total has changed',
      status: 409,
      detail: 'It costs more.',
      instance: answer.headers.get('x-request-id'),
      total: 5,
    });
  });

  test.each(['unknown', 'text', 'nothing', 'teapot', 'typed'])(
    '%s error is a 500 that tells nothing',
    async (how) => {
      const answer = await failing(how);
      expect(answer.status).toBe(500);
      expect(answer.code).toBe('internal-error');
      expect(Object.keys(answer.body).sort()).toEqual(['instance', 'status', 'title', 'type']);
      expect(JSON.stringify([...answer.headers])).not.toContain(canary);
      expect(service.logged().map((it) => it.level)).toContain('error');
    },
  );

  test.each(['mysql', 'mongo', 'redis', 'refused'])(
    'a store that is away (%s) is 503 with Retry-After',
    async (how) => {
      const answer = await failing(how);
      expect([answer.status, answer.code, answer.headers.get('retry-after')]).toEqual([
        503,
        'unavailable',
        '2',
      ]);
      expect(answer.text).not.toContain(canary);
      expect(service.logged().map((it) => it.level)).not.toContain('error');
    },
  );

  test('429 says how long to wait', async () => {
    expect((await failing('limited')).headers.get('retry-after')).toBe('30');
  });

  test('after the first byte the connection breaks instead of ending well', async () => {
    service.behaviour.failures.download = () => new Error(canary);
    const raw = await askRaw(service.port, 'GET /downloads HTTP/1.1\r\nhost: x\r\n\r\n');
    delete service.behaviour.failures.download;
    expect(raw).toContain('first half');
    expect(raw).not.toContain('second half');
    expect(raw).not.toContain('\r\n0\r\n');
    expect(raw).not.toContain(canary);
    await eventually(() => service.logged().some((it) => it.message === 'request' && it.status === 499));
  });
});

describe('methods', () => {
  test.each([
    ['PATCH', '/things/t1', 'GET, PUT, DELETE, HEAD'],
    ['POST', '/things/t1', 'GET, PUT, DELETE, HEAD'],
    ['DELETE', '/things', 'GET, POST, HEAD'],
    ['OPTIONS', '/things', 'GET, POST, HEAD'],
    ['PROPFIND', '/tree', 'GET, HEAD'],
    ['GET', '/uploads', 'POST'],
    ['HEAD', '/uploads', 'POST'],
  ])('%s %s is 405 and names what is allowed', async (method, path, allow) => {
    const answer = await ask(service.url, method, path);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    if (method !== 'HEAD') expect(answer.code).toBe('method-not-allowed');
  });

  test('TRACE echoes nothing', async () => {
    const raw = await askRaw(
      service.port,
      `TRACE /things HTTP/1.1\r\nhost: x\r\nx-canary: ${canary}\r\nconnection: close\r\n\r\n`,
    );
    expect(raw).toMatch(/^HTTP\/1\.1 405 /);
    expect(raw).not.toContain(canary);
  });

  test('HEAD answers like GET, without a body', async () => {
    const [get, head] = [
      await ask(service.url, 'GET', '/things/t1'),
      await ask(service.url, 'HEAD', '/things/t1'),
    ];
    expect([head.status, head.text]).toEqual([200, '']);
    for (const name of ['content-type', 'content-length', 'etag'])
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    expect((await ask(service.url, 'HEAD', '/guarded/signedIn')).status).toBe(401);
  });

  test('204 has neither body nor type', async () => {
    const answer = await ask(service.url, 'DELETE', '/things/t1', {
      headers: bearer(service.issuer.token()),
    });
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([204, '', null]);
  });
});

test('answers carry the headers that keep browsers safe, and do not name the framework', async () => {
  const { headers } = await ask(service.url, 'GET', '/things');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(headers.get('access-control-allow-origin')).toBeNull();
});

describe('an app', () => {
  test('is not built with an operation mounted twice, or an idempotent one without a store', async () => {
    const build = (routes: Parameters<typeof createServiceApp>[1]) => () =>
      createServiceApp(service.platform, routes);
    const handler = async () => ok({ id: 'x', title: 'x' });
    expect(
      build((api) => {
        api.on(readThing, handler);
        api.on(readThing, handler);
      }),
    ).toThrow(/readThing is mounted twice/);
    expect(build((api) => api.on(orderThing, handler))).toThrow(/no store for keys/);
  });
});
