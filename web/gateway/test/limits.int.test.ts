import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeGateways, freePort, sendRaw, startGateway, startService } from './running-gateway.ts';

let gateway: Awaited<ReturnType<typeof startGateway>>;
let catalogue: Awaited<ReturnType<typeof startService>>;
let dispatch: Awaited<ReturnType<typeof startService>>;
let sendEvent: (text: string) => void = () => undefined;
let dropped = 0;

beforeAll(async () => {
  catalogue = await startService('catalogue');
  dispatch = await startService('dispatch', (req, res) => {
    if (req.url?.endsWith('/events')) {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      sendEvent = (text) => (text === '' ? res.end() : res.write(text));
      sendEvent('data: 1\n\n');
      return true;
    }
    if (!req.url?.startsWith('/drop')) return false;
    dropped++;
    req.socket.destroy();
    return true;
  });
  gateway = await startGateway({ CATALOGUE_HOST: catalogue.host, DISPATCH_HOST: dispatch.host });
});
afterAll(async () => {
  await closeGateways();
  await catalogue.close();
  await dispatch.close();
});

const call = (path: string, init?: RequestInit) => fetch(gateway.url + path, init);
const post = (path: string, kilobytes: number) =>
  call(path, { method: 'POST', body: new Uint8Array(kilobytes * 1024) });

describe('sizes', () => {
  it.each([
    ['/api/v1/catalogue/products', 100, 101],
    ['/api/v1/catalogue/products/a-b/images', 8 * 1024, 9 * 1024 + 1],
    ['/api/v1/catalogue/imports', 20 * 1024, 20 * 1024 + 1],
  ])('%s takes %i KB and refuses %i KB', async (path, fits, tooMuch) => {
    expect((await post(path, fits)).status).toBe(200);
    expect(catalogue.seen.at(-1)).toMatchObject({
      bytes: fits * 1024,
      url: path.slice('/api/v1/catalogue'.length),
    });
    const refused = await post(path, tooMuch).catch(() => undefined);
    if (refused !== undefined) expect(await refused.json()).toMatchObject({ status: 413 });
    expect(catalogue.seen.at(-1)).toMatchObject({ bytes: fits * 1024 });
  });

  it('answers a body that says it is too large with a problem', async () => {
    const head = 'POST /api/v1/catalogue/products HTTP/1.1\r\nHost: shop\r\nContent-Length: 200000\r\n\r\n';
    const answer = await sendRaw(gateway.port, head);
    expect(answer).toMatch(/^HTTP\/1\.1 413 .*urn:shopstack:problem:body-too-large/s);
  });

  it.each([
    ['one long header', 'X-Long: ', 9_000, 1, 431],
    ['many headers', 'X-Many: ', 7_000, 6, 431],
  ])('refuses %s', async (_what, name, length, times, status) => {
    const headers = `${name}${'x'.repeat(length)}\r\n`.repeat(times);
    const answer = await sendRaw(
      gateway.port,
      `GET /api/v1/catalogue HTTP/1.1\r\nHost: shop\r\n${headers}\r\n`,
    );
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} .*application/problem\\+json`, 's'));
  });

  it('refuses a long address', async () => {
    const answer = await sendRaw(gateway.port, `GET /${'x'.repeat(9_000)} HTTP/1.1\r\nHost: shop\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 414 .*application\/problem\+json/s);
  });
});

describe('two meanings in one request', () => {
  const start = 'POST /api/v1/catalogue/x HTTP/1.1\r\nHost: shop\r\n';
  const inner = 'GET /health HTTP/1.1\r\nHost: shop\r\n\r\n';
  it.each([
    [
      'a length and chunks',
      `${start}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
    ],
    [
      'chunks and a length',
      `${start}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${inner}`,
    ],
    ['two lengths', `${start}Content-Length: 0\r\nContent-Length: 40\r\n\r\n${inner}`],
    ['a signed length', `${start}Content-Length: +5\r\n\r\nhello`],
    ['an unknown coding', `${start}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`],
    ['two codings', `${start}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${inner}`],
    [
      'a chunk size that is no number',
      `${start}Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n${inner}`,
    ],
    [
      'a chunk longer than it says',
      `${start}Transfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n${inner}`,
    ],
    [
      'chunks in HTTP/1.0',
      `${start.replace('1.1', '1.0')}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
    ],
    ['no host', 'GET /api/v1/catalogue HTTP/1.1\r\n\r\n'],
    ['two hosts', 'GET /api/v1/catalogue HTTP/1.1\r\nHost: shop\r\nHost: evil\r\n\r\n'],
    ['a space before the colon', `${start}Content-Length : 5\r\n\r\nhello`],
  ])('%s is refused and never reaches a service', async (_what, text) => {
    const before = catalogue.seen.length;
    const answer = await sendRaw(gateway.port, text, 700);
    expect(answer).toMatch(/^HTTP\/1\.1 (400|501) /);
    expect(answer.match(/^HTTP\/1\.1/gm)).toHaveLength(1);
    expect(catalogue.seen.length).toBe(before);
  });
});

describe('a service that is missing', () => {
  it.each(['GET', 'POST'])('%s is a 503 that says when to come back', async (method) => {
    const answer = await call('/api/v1/cart/items', { method });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ type: 'urn:shopstack:problem:unavailable', status: 503 });
  });

  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])(
    '%s that breaks off is not sent again',
    async (method) => {
      await call('/api/v1/dispatch/warm-up');
      const before = dropped;
      const answer = await call('/api/v1/dispatch/drop', { method });
      expect(answer.status).toBe(503);
      expect(dropped).toBe(before + 1);
    },
  );

  it('with names looked up while running, an unknown name leaves the others alone', async () => {
    const other = await startGateway({
      GATEWAY_STATIC: '#',
      GATEWAY_RESOLVER_LINE: `resolver 127.0.0.1:${await freePort()} valid=5s; resolver_timeout 1s;`,
      CATALOGUE_HOST: catalogue.host,
      CART_HOST: 'no-such-host.invalid:8080',
    });
    const missing = await fetch(`${other.url}/api/v1/cart`);
    expect([missing.status, missing.headers.get('retry-after')]).toEqual([503, '2']);
    const there = await fetch(`${other.url}/api/v1/catalogue/products?q=x`);
    expect(await there.json()).toMatchObject({ service: 'catalogue', url: '/products?q=x' });
    await other.close();
  });
});

describe('live events', () => {
  it('arrive one by one', async () => {
    const answer = await call('/api/v1/dispatch/orders/1/events', { headers: { 'accept-encoding': 'gzip' } });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('data: 1\n\n');
    sendEvent('data: 2\n\n');
    expect((await reader?.read())?.value).toBe('data: 2\n\n');
    sendEvent('');
    expect((await reader?.read())?.done).toBe(true);
  });
});

describe('rates', () => {
  it.each([
    ['SIGN_IN', '/api/v1/user/sessions', '/api/v1/user/SESSIONS/', '/api/v1/user/sessions/refresh'],
    ['REGISTER', '/api/v1/user/users', '/api/v1//user/users', '/api/v1/user/sessions'],
    [
      'CHECKOUT',
      '/api/v1/dispatch/orders',
      '/api/v1/dispatch/x/../orders',
      '/api/v1/dispatch/orders/1/returns',
    ],
  ])(
    'the strict one of %s counts %s, however it is written, and nothing else',
    async (name, path, trick, other) => {
      const strict = await startGateway({
        [`GATEWAY_RATE_${name}`]: '5r/m',
        [`GATEWAY_BURST_${name}`]: '3',
        USER_HOST: catalogue.host,
        DISPATCH_HOST: catalogue.host,
      });
      const status = async (target: string) => {
        const head = `POST ${target} HTTP/1.1\r\nHost: shop\r\nContent-Length: 0\r\nConnection: close\r\n`;
        const forged = `X-Forwarded-For: 10.0.0.${Math.floor(Math.random() * 255)}\r\n\r\n`;
        return (await sendRaw(strict.port, head + forged)).split(' ')[1];
      };
      const statuses = [];
      for (const target of [path, trick, path, trick, path, trick]) statuses.push(await status(target));
      expect(statuses).toEqual(['200', '200', '200', '200', '429', '429']);
      expect(await status(other)).toBe('200');
      expect((await fetch(strict.url + path)).status).toBe(200);
      const refused = await fetch(strict.url + path, { method: 'POST' });
      expect(refused.headers.get('retry-after')).toBe('20');
      expect(await refused.json()).toMatchObject({
        type: 'urn:shopstack:problem:too-many-requests',
        status: 429,
      });
      await strict.close();
    },
  );

  it('the general one counts all of the API and no pages', async () => {
    const more = { GATEWAY_RATE_GENERAL: '1r/s', GATEWAY_BURST_GENERAL: '2', CATALOGUE_HOST: catalogue.host };
    const strict = await startGateway(more);
    const statuses = [];
    for (let n = 0; n < 5; n++) statuses.push((await fetch(`${strict.url}/api/v1/catalogue/x`)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const pages = await Promise.all([1, 2, 3, 4, 5].map(() => fetch(strict.url)));
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await strict.close();
  });
});
