import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeGateways, startGateway } from './running-gateway.ts';

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway({ GATEWAY_FRAME_SOURCES: 'https://pay.example' });
});
afterAll(closeGateways);

const call = (path: string, init?: RequestInit) => fetch(gateway.url + path, init);
const compressed = (path: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    request(gateway.url + path, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve(Buffer.concat(chunks)));
    })
      .on('error', reject)
      .end();
  });

describe('pages', () => {
  it.each(['/', '/index.html', '/products/blue-mug', '/orders/1?token=x', '/account/v1.2'])(
    '%s is the one page, asked for again each time',
    async (path) => {
      const answer = await call(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(await answer.text()).toContain('the pages');
    },
  );

  it('an asset may be kept for ever', async () => {
    const answer = await call('/assets/app-1a2b3c.js');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it('uses the file that was compressed beforehand', async () => {
    expect(gunzipSync(await compressed('/assets/app-1a2b3c.js')).toString()).toContain('pressed beforehand');
  });

  it('a missing asset is 404 and is not kept', async () => {
    const answer = await call('/assets/old-9f9f9f.js');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('cache-control') ?? '').not.toContain('immutable');
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  it.each([
    ['/robots.txt', 'text/plain; charset=utf-8'],
    ['/sitemap.xml', 'text/xml; charset=utf-8'],
  ])('%s is a file of its own', async (path, type) => {
    expect((await call(path)).headers.get('content-type')).toBe(type);
  });

  it.each(['/', '/products', '/assets/app-1a2b3c.js'])(
    '%s carries the headers that protect',
    async (path) => {
      const { headers } = await call(path);
      const policy = headers.get('content-security-policy') ?? '';
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "frame-ancestors 'none'",
        'frame-src https://pay.example',
      ])
        expect(policy.split('; ')).toContain(rule);
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'referrer-policy': 'strict-origin-when-cross-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
        'x-request-id': expect.stringMatching(/^[0-9a-f]{32}$/),
      });
      expect(headers.get('server')).toBe('nginx');
      expect(headers.has('strict-transport-security')).toBe(false);
    },
  );

  it('cannot be posted to', async () => {
    const answer = await call('/products', { method: 'POST' });
    expect(await answer.json()).toMatchObject({
      status: 405,
      type: 'urn:shopstack:problem:method-not-allowed',
    });
  });

  it.each(['/../../../../etc/passwd', '/assets/..%2f..%2fnginx.conf', '/.problem'])(
    '%s shows nothing',
    async (path) => {
      expect(await (await call(path)).text()).toMatch(/the pages|problem:(not-found|malformed-request)/);
    },
  );
});
