import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '@shopstack/testkit/eventually';
import { z } from 'zod';
import { exposition } from '../src/metrics.ts';
import { createOutbound, type Outbound } from '../src/outbound.ts';
import { isProblem } from '../src/problem.ts';
import { inWork } from '../src/work.ts';

const Price = z.object({ amountMinor: z.int() });
const good = (res: ServerResponse) => void res.end('{"amountMinor":5}');
type Behave = (res: ServerResponse, req: IncomingMessage, attempt: number) => void;
const status =
  (code: number, body = '{}') =>
  (res: ServerResponse) =>
    void res.writeHead(code).end(body);

let behave: Behave = good;
let seen: { method: string; headers: IncomingMessage['headers']; body: string }[] = [];
let connections = 0;
const server = createServer((req, res) => {
  void text(req).then((body) => {
    seen.push({ method: req.method ?? '', headers: req.headers, body });
    behave(res, req, seen.length);
  });
});
server.on('connection', () => connections++);
let baseUrl = '';
const clients: Outbound[] = [];
let clientCount = 0;
function client(
  options: {
    timeoutMs?: number;
    retries?: number;
    headers?: Record<string, string>;
    foreign?: true;
    url?: string;
  } = {},
) {
  const { url = baseUrl, ...rest } = options;
  const it = createOutbound({ name: `fake${++clientCount}`, baseUrl: url, timeoutMs: 300, ...rest });
  clients.push(it);
  return it;
}
const get = (it: Outbound, path = '/price') => it.call({ method: 'GET', path, answer: Price });
const post = (it: Outbound, repeatable?: boolean) =>
  it.call({
    method: 'POST',
    path: '/price',
    body: { a: 1 },
    answer: Price,
    ...(repeatable ? { repeatable } : {}),
  });
async function outcome(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked;
  } catch (error) {
    return isProblem(error) ? `${error.code} ${error.extra.retryAfterSeconds}` : error;
  }
}
const away = 'unavailable 2';

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  behave = good;
  seen = [];
});
afterEach(async () => {
  server.closeAllConnections();
  await Promise.all(clients.splice(0).map((it) => it.close()));
});
afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));

describe('an answer', () => {
  test('of 2xx is parsed', async () => {
    expect(await get(client())).toEqual({ ok: true, status: 200, body: { amountMinor: 5 } });
  });

  test('of 4xx is an answer with its code, asked once', async () => {
    behave = status(404, '{"type":"urn:shopstack:problem:unknown-sku","sku":"a"}');
    expect(await get(client())).toMatchObject({
      ok: false,
      status: 404,
      code: 'unknown-sku',
      body: { sku: 'a' },
    });
    expect(seen).toHaveLength(1);
  });

  test.each(['<html>Not found</html>', '', '[]', '"x"', 'null', '{"type":5}'])(
    'of 4xx that is no problem document (%s) is an answer too',
    async (body) => {
      behave = status(404, body);
      expect(await get(client())).toMatchObject({ ok: false, status: 404, code: '' });
    },
  );

  test.each([
    [200, 'not json'],
    [200, '{"amountMinor":"5"}'],
    [200, ''],
    [200, '{"amountMinor":5'],
    [204, ''],
    [302, ''],
  ])('of %d with the wrong content (%j) is 503, and asking again is no use', async (code, body) => {
    behave = status(code, body);
    expect(await outcome(get(client()))).toBe(away);
    expect(seen).toHaveLength(1);
  });
});

describe('a request', () => {
  test.each([500, 502, 503])('answered %d is tried three times when it may be', async (code) => {
    behave = status(code);
    expect(await outcome(get(client({ timeoutMs: 2000 })))).toBe(away);
    expect(seen).toHaveLength(3);
    expect(await outcome(post(client({ timeoutMs: 2000 })))).toBe(away);
    expect(seen).toHaveLength(4);
    expect(await outcome(post(client({ timeoutMs: 2000 }), true))).toBe(away);
    expect(seen).toHaveLength(7);
  });

  test('succeeds when a later try does', async () => {
    behave = (res, _req, attempt) => (attempt < 3 ? status(503)(res) : good(res));
    expect(await get(client({ timeoutMs: 2000 }))).toMatchObject({ ok: true });
  });

  test('whose connection breaks, before or within the answer, is tried again', async () => {
    behave = (res, req, attempt) => {
      if (attempt === 1) req.socket.destroy();
      else if (attempt === 2) {
        res.writeHead(200, { 'content-length': '100' });
        res.write('{"amount');
        setTimeout(() => req.socket.destroy(), 5);
      } else good(res);
    };
    expect(await get(client({ timeoutMs: 2000 }))).toMatchObject({ ok: true });
    expect(seen).toHaveLength(3);
  });

  test('that hangs ends after its timeout; a repeated one after two', async () => {
    behave = () => undefined;
    let startedAt = Date.now();
    expect(await outcome(post(client({ timeoutMs: 200 })))).toBe(away);
    expect(Date.now() - startedAt).toBeLessThan(1000);
    expect(seen).toHaveLength(1);
    startedAt = Date.now();
    expect(await outcome(get(client({ timeoutMs: 200, retries: 5 })))).toBe(away);
    expect(Date.now() - startedAt).toBeLessThan(1200);
    expect(seen).toHaveLength(3);
  });

  test('whose body trickles forever ends too', async () => {
    behave = (res) => {
      res.writeHead(200);
      res.write('{');
    };
    expect(await outcome(post(client({ timeoutMs: 200 })))).toBe(away);
  });

  test('to nobody is 503', async () => {
    expect(await outcome(get(client({ url: 'http://127.0.0.1:1' })))).toBe(away);
    expect(await outcome(get(client({ url: 'http://nowhere.invalid' })))).toBe(away);
  });

  test('carries its headers and its body', async () => {
    const it = client({ headers: { authorization: 'Bearer key' } });
    const headers = { 'idempotency-key': 'k', cookie: undefined };
    await it.call({ method: 'PUT', path: '/x', body: { a: 'ä' }, headers, answer: Price });
    await get(it);
    expect(seen).toMatchObject([
      {
        method: 'PUT',
        body: '{"a":"ä"}',
        headers: {
          accept: 'application/json',
          authorization: 'Bearer key',
          'content-type': 'application/json',
          'idempotency-key': 'k',
        },
      },
      { method: 'GET', body: '', headers: {} },
    ]);
    expect(seen[0]?.headers.cookie).toBeUndefined();
    expect(seen[1]?.headers['content-type']).toBeUndefined();
  });

  test('tells our services what it is for, and nobody else', async () => {
    const orderId = '01890000-1234-7123-8123-123456789012';
    await get(client());
    await inWork({ orderId }, () => get(client()));
    await inWork({ orderId }, () => get(client({ foreign: true })));
    expect(seen.map(({ headers }) => headers.baggage)).toEqual([
      undefined,
      `shop.order.id=${orderId}`,
      undefined,
    ]);
  });

  test('uses the connections of those before', async () => {
    const it = client();
    const before = connections;
    for (let again = 0; again < 20; again++) await get(it);
    expect(connections - before).toBeLessThanOrEqual(2);
  });

  test('after close is 503; one under way ends well', async () => {
    const it = client({ timeoutMs: 2000 });
    behave = (res) => void setTimeout(() => good(res), 100);
    const underWay = get(it);
    await eventually(() => seen.length === 1);
    await it.close();
    expect(await underWay).toMatchObject({ ok: true });
    expect(await outcome(post(it))).toBe(away);
    clients.splice(clients.indexOf(it), 1);
  });
});

describe('the breaker', () => {
  const open = async (name: string) =>
    (await exposition()).includes(`shop_outbound_breaker_open{to="${name}"} 1`);

  test.each([
    ['answers 5xx', status(500)],
    ['hangs', () => undefined],
    ['breaks', (_res: ServerResponse, req: IncomingMessage) => void req.socket.destroy()],
  ])('opens after eight failures of a service that %s, and recovers', async (_name, broken) => {
    behave = broken;
    const it = client({ timeoutMs: 100 });
    const name = `fake${clientCount}`;
    for (let failure = 0; failure < 8; failure++) await outcome(post(it));
    expect(await open(name)).toBe(true);
    const before = seen.length;
    const startedAt = Date.now();
    expect(await outcome(post(it))).toBe(away);
    expect(Date.now() - startedAt).toBeLessThan(90);
    expect(seen).toHaveLength(before);
    behave = good;
    await eventually(async () => (await get(it)).ok, 5000, 200);
    expect(await open(name)).toBe(false);
  });

  test('does not count 4xx, nor content of the wrong shape', async () => {
    behave = (res, _req, attempt) => (attempt % 2 === 0 ? status(404)(res) : status(200, '{}')(res));
    const it = client();
    for (let asked = 0; asked < 20; asked++) await outcome(post(it));
    expect(seen).toHaveLength(20);
  });
});

test('what was asked is measured by outcome', async () => {
  const it = client({ timeoutMs: 100 });
  const name = `fake${clientCount}`;
  await get(it);
  behave = status(404);
  await get(it);
  behave = () => undefined;
  await outcome(post(it));
  const counts = await eventually(async () => {
    const text = await exposition();
    const lines = text
      .split('\n')
      .filter((line) => line.startsWith('shop_outbound_seconds_count') && line.includes(`to="${name}"`));
    return lines.length === 3 ? lines.map((line) => line.match(/outcome="([^"]+)"/)?.[1]).sort() : undefined;
  });
  expect(counts).toEqual(['2xx', '4xx', 'no-answer']);
});
