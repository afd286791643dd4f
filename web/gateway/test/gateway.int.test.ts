import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  closeGateways,
  type Seen,
  sendRaw,
  services,
  startGateway,
  startService,
} from './running-gateway.ts';

let gateway: Awaited<ReturnType<typeof startGateway>>;
const upstreams = new Map<string, Awaited<ReturnType<typeof startService>>>();

beforeAll(async () => {
  for (const name of services) upstreams.set(name, await startService(name));
  const hosts = [...upstreams].map(([name, { host }]) => [`${name.toUpperCase()}_HOST`, host]);
  gateway = await startGateway(Object.fromEntries(hosts));
});
afterAll(async () => {
  await closeGateways();
  for (const upstream of upstreams.values()) await upstream.close();
});

const call = (path: string, init?: RequestInit) => fetch(gateway.url + path, init);
const received = async (path: string, init?: RequestInit): Promise<Seen & { service: string }> => {
  const answer = await call(path, init);
  expect(answer.status).toBe(200);
  const told: Seen & { service: string } = JSON.parse(await answer.text());
  return told;
};
const statusOfRaw = async (target: string) => {
  const text = `GET ${target} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n`;
  const answer = await sendRaw(gateway.port, text);
  return { status: Number(answer.split(' ')[1]), answer };
};
const seenByAll = () => [...upstreams.values()].reduce((sum, { seen }) => sum + seen.length, 0);

describe('routing', () => {
  it.each(services)('%s gets its requests without the prefix', async (service) => {
    expect(await received(`/api/v1/${service}/things/1?a=b%20c&d`)).toMatchObject({
      service,
      url: '/things/1?a=b%20c&d',
    });
  });

  it.each(['/api/v1/cart', '/api/v1/cart/', '//api//v1/cart'])('%s is the root of the cart', async (path) => {
    expect(await received(path)).toMatchObject({ service: 'cart', url: '/' });
  });

  it('keeps the query of a root without a slash', async () => {
    expect(await received('/api/v1/cart?x=1')).toMatchObject({ service: 'cart', url: '/?x=1' });
  });

  it('escapes again what it had to decode', async () => {
    const { url } = await received('/api/v1/catalogue/products/a%20b%3Fc%23d%25e%22%C3%A9?q=%26');
    expect(decodeURIComponent(url.split('?')[0] ?? '')).toBe('/products/a b?c#d%e"é');
    expect(url.endsWith('?q=%26')).toBe(true);
  });

  it.each([
    '/api',
    '/api/',
    '/api/v1',
    '/api/v1/',
    '/api/v1/orders/1',
    '/api/v2/cart',
    '/api/v1/carts',
    '/API/v1/cart',
  ])('%s is a problem, never a page', async (path) => {
    const answer = await call(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toEqual({
      type: 'urn:shopstack:problem:not-found',
      title: 'There is nothing here',
      status: 404,
      instance: answer.headers.get('x-request-id'),
    });
  });

  it('passes a problem of a service on as it is', async () => {
    const broke = await startService('payment', (_req, res) => {
      res.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '7' });
      res.end('{"type":"urn:shopstack:problem:provider-away"}');
      return true;
    });
    const other = await startGateway({ PAYMENT_HOST: broke.host });
    const answer = await fetch(`${other.url}/api/v1/payment/payments`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(await answer.text()).toBe('{"type":"urn:shopstack:problem:provider-away"}');
    await other.close();
    await broke.close();
  });

  it('keeps connections to the services open', async () => {
    const seen = upstreams.get('ratings')?.seen ?? [];
    const first = seen.length;
    for (let n = 0; n < 20; n++) await received('/api/v1/ratings/x');
    expect(new Set(seen.slice(first).map(({ socket }) => socket)).size).toBeLessThan(5);
  });
});

describe('what must stay inside', () => {
  const below = [
    'health',
    'health/ready',
    'healthz',
    'HEALTH/live',
    '_health',
    'metrics',
    'Metrics/',
    'internal',
  ];
  const more = [
    'internal/x',
    '/health',
    './health',
    'x/../health',
    '%68ealth',
    '%2fhealth',
    'x/%2e%2e/health',
  ];
  const odd = [
    '%2e/metrics',
    'x%2f..%2fmetrics',
    '%49nternal/x',
    ';/../health',
    'health;x',
    'health%00',
    'health%0a',
  ];
  const paths = [...below, ...more, ...odd].map((path) => `/api/v1/ratings/${path}`);
  const others = [
    '/metrics',
    '/health/ready',
    '/internal/x',
    '/api/v1/%72atings/health',
    '/api/v1/user/../ratings/metrics',
    '/api/v1/user/..%2fratings/metrics',
    '/api/v1//ratings//metrics',
    '/x/%2e%2e/api/v1/ratings/health',
    'http://elsewhere/api/v1/ratings/health',
  ];
  it.each([...paths, ...others])('%s does not reach a service', async (path) => {
    const before = seenByAll();
    const { status, answer } = await statusOfRaw(path);
    expect([400, 404]).toContain(status);
    expect(answer).toContain('application/problem+json');
    expect(seenByAll()).toBe(before);
  });

  it.each(['%2568ealth', 'products/a%0d%0aX-Evil:%201', 'products/a%0aHTTP/1.1'])(
    '%s smuggles nothing',
    async (path) => {
      await statusOfRaw(`/api/v1/catalogue/${path}`);
      const last = upstreams.get('catalogue')?.seen.at(-1);
      expect(last?.url).not.toMatch(/^\/+health/i);
      expect(last?.headers).not.toHaveProperty('x-evil');
    },
  );

  it('answers its own health', async () => {
    expect(await (await call('/health')).json()).toEqual({ status: 'up' });
  });

  it.each(['TRACE', 'CONNECT', 'PROPFIND', 'get'])('%s is refused', async (method) => {
    const before = seenByAll();
    const head = `${method} /api/v1/cart HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n`;
    expect((await sendRaw(gateway.port, head)).split(' ')[1]).toMatch(/^40[05]$/);
    expect(seenByAll()).toBe(before);
  });
});

describe('headers', () => {
  it('says who asks, whatever the caller claims', async () => {
    const forged = {
      'x-forwarded-for': '1.2.3.4',
      'x-forwarded-host': 'evil',
      'x-forwarded-proto': 'https',
      'x-real-ip': '1.2.3.4',
      'x-request-id': 'chosen-by-caller',
    };
    const answer = await call('/api/v1/user/x', { headers: forged });
    const { headers }: Seen = JSON.parse(await answer.text());
    const host = `127.0.0.1:${gateway.port}`;
    expect(headers).toMatchObject({
      host,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': host,
      'x-forwarded-proto': 'http',
      'x-real-ip': '127.0.0.1',
    });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(answer.headers.get('x-request-id')).toBe(headers['x-request-id']);
  });

  it('passes what a request needs and drops what is ours', async () => {
    const needed = {
      authorization: 'Bearer x',
      cookie: 'cart=1',
      'idempotency-key': 'k',
      'if-match': '"1"',
      'follow-token': 'f',
      'last-event-id': '3',
      'simulator-signature': 't=1,v1=2',
      traceparent: '00-11111111111111111111111111111111-2222222222222222-01',
    };
    const ours = [
      'X-INSTANA-SYNTHETIC',
      'baggage',
      'Forwarded',
      'X-HTTP-Method-Override',
      'X-Original-URL',
      'X-User-Id',
      'Proxy',
    ];
    const { headers } = await received('/api/v1/user/x', {
      headers: { ...needed, ...Object.fromEntries(ours.map((name) => [name, '1'])) },
    });
    expect(headers).toMatchObject(needed);
    for (const name of ours) expect(headers).not.toHaveProperty(name.toLowerCase());
  });

  it('believes a trusted load balancer', async () => {
    const user = upstreams.get('user');
    const other = await startGateway({ USER_HOST: user?.host ?? '', GATEWAY_REAL_IP_FROM: '127.0.0.0/8' });
    const headers = { 'x-forwarded-for': '9.9.9.9, 203.0.113.7', 'x-forwarded-proto': 'https' };
    const answer = await fetch(`${other.url}/api/v1/user/x`, { headers });
    expect(user?.seen.at(-1)?.headers).toMatchObject({
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-proto': 'https',
    });
    expect(answer.headers.get('strict-transport-security')).toMatch(/^max-age=/);
    await other.close();
  });

  it('writes no path, query or address into its log', async () => {
    await call('/api/v1/user/password-resets/secret-in-path?token=secret-in-query');
    expect(gateway.accessLog()).toContain('"service":"user"');
    expect(gateway.accessLog()).not.toMatch(/secret|127\.0\.0\.1/);
  });
});
