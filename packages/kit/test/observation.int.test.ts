import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '@shopstack/testkit/eventually';
import { bearer } from '@shopstack/testkit/tokens';
import { ask, askRaw } from './ask.ts';
import { type Service, startService } from './fixture.ts';

let service: Service;
let ready = true;
beforeAll(async () => {
  service = await startService({ ready: () => ready });
});
afterAll(() => service.close());
beforeEach(() => {
  service.lines.length = 0;
  ready = true;
});
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const metrics = async () => (await ask(service.url, 'GET', '/metrics')).text;
const samples = async () =>
  (await metrics()).split('\n').filter((line) => line.startsWith('shop_http_request_seconds_count'));
const countOf = async (route: string) =>
  (await samples())
    .filter((line) => line.includes(`route="${route}"`))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);

describe('a request', () => {
  test('keeps the id it came with, or gets one', async () => {
    const idFor = async (id?: string) => {
      const headers: Record<string, string> = id === undefined ? {} : { 'x-request-id': id };
      return (await ask(service.url, 'GET', '/things', { headers })).headers.get('x-request-id');
    };
    expect(await idFor('abc-DEF_123')).toBe('abc-DEF_123');
    for (const bad of [
      undefined,
      '',
      'short',
      'x'.repeat(65),
      'a b c d e f g',
      '<script>alert',
      'ab"cd\\ef12',
      'äöüäöüäöü',
    ])
      expect(await idFor(bad)).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idFor()).not.toBe(await idFor());
    const twice = await askRaw(
      service.port,
      'GET /things HTTP/1.1\r\nhost: x\r\nx-request-id: aaaaaaaa\r\nx-request-id: bbbbbbbb\r\nconnection: close\r\n\r\n',
    );
    expect(twice).toMatch(/x-request-id: [0-9a-f]{8}-/i);
  });

  test('is one log line by route template, with nothing of what was sent', async () => {
    const headers = {
      ...bearer(service.issuer.token()),
      cookie: 'cart=c4n4ry',
      'x-request-id': 'request-1',
      'content-type': 'application/json',
    };
    const json = { title: 'c4n4ry', amountMinor: -1 };
    await ask(service.url, 'PUT', '/things/c4n4ry?c4n4ry=1', { headers, json });
    await settled();
    expect(service.logged()).toEqual([
      {
        level: 'info',
        service: 'things',
        time: expect.any(String),
        message: 'request',
        requestId: 'request-1',
        method: 'PUT',
        route: '/things/{id}',
        status: 422,
        durationMs: expect.any(Number),
        problem: 'validation-failed',
      },
    ]);
    expect(service.lines.join('')).not.toMatch(/c4n4ry|eyJ/);
  });

  test('is measured by route template, never by path', async () => {
    for (const path of [
      '/things/secret-1',
      '/things/secret-2',
      '/secret-3',
      '/secret-4/%ff',
      '/docs/secret-5',
    ])
      await ask(service.url, 'GET', path);
    await ask(service.url, 'PATCH', '/things/secret-6');
    const text = await metrics();
    expect(text).toContain('route="/things/{id}"');
    expect(text).toContain('route="unmatched"');
    expect(text).not.toContain('secret');
  });

  test('that the caller gave up is 499', async () => {
    service.behaviour.secondHalf = (res) => once(res, 'close');
    const abort = new AbortController();
    const reply = await fetch(`${service.url}/downloads`, { signal: abort.signal });
    abort.abort();
    await reply.text().catch(() => undefined);
    delete service.behaviour.secondHalf;
    await eventually(() => service.logged().some((it) => it.route === '/downloads' && it.status === 499));
  });
});

describe('operators', () => {
  const paths = ['/health/live', '/health/ready', '/health', '/_health'];

  test('see which store is away', async () => {
    expect((await ask(service.url, 'GET', '/health')).body).toEqual({
      status: 'up',
      dependencies: [{ name: 'mysql', state: 'up' }],
    });
    ready = false;
    const statuses = await Promise.all(
      paths.map(async (path) => (await ask(service.url, 'GET', path)).status),
    );
    expect(statuses).toEqual([200, 503, 503, 503]);
    const report = await ask(service.url, 'GET', '/health');
    expect(report.body).toEqual({
      status: 'down',
      dependencies: [{ name: 'mysql', state: 'down', reason: 'refused' }],
    });
    expect(report.headers.get('retry-after')).toBe('2');
  });

  test('are not logged, but measured', async () => {
    const before = await countOf('operations');
    for (const path of paths) await ask(service.url, 'GET', path);
    await settled();
    expect(service.lines).toEqual([]);
    expect(await countOf('operations')).toBe(before + paths.length + 1);
  });

  test('a synthetic probe of health leaves neither line nor sample', async () => {
    const before = await samples();
    const headers = { 'x-instana-synthetic': '1' };
    for (const path of paths) expect((await ask(service.url, 'GET', path, { headers })).status).toBe(200);
    await settled();
    const withoutOurs = (all: string[]) => all.filter((line) => !line.includes('route="operations"'));
    expect(withoutOurs(await samples())).toEqual(withoutOurs(before));
    expect(await countOf('operations')).toBe(
      before
        .filter((line) => line.includes('operations'))
        .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0) + 2,
    );
    expect(service.lines).toEqual([]);
  });

  test.each([
    ['/things', '1'],
    ['/healthy', '1'],
    ['/health/else', '1'],
    ['/things', '0'],
  ])('%s with X-INSTANA-SYNTHETIC: %s is logged like any other', async (path, value) => {
    await ask(service.url, 'GET', path, { headers: { 'x-instana-synthetic': value } });
    await settled();
    expect(service.logged()).toHaveLength(1);
  });
});
