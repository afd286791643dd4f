import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportOf, spanOf } from './given-spans.ts';
import { createTraceView } from './server.ts';
import { ORDER, type Span } from './span.ts';

const server = createTraceView();
let url = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const post = (body: unknown, type = 'application/json') =>
  fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const send = async (...spans: Span[]) => expect((await post(exportOf(...spans))).status).toBe(200);
const get = async (path: string) => (await fetch(url + path)).text();
const found = async (query: string): Promise<{ id: string }[]> =>
  JSON.parse(await get(`/api/traces${query}`)).items;

describe('what services send', () => {
  test('is found by order, service, errors and duration, and read in full by its id', async () => {
    const order = { [ORDER]: 'o-1' };
    const root = spanOf({ service: 'dispatch', name: 'POST /orders', attributes: order });
    const { traceId, spanId: parentSpanId } = root;
    const child = spanOf({
      traceId,
      parentSpanId,
      service: 'payment',
      failed: true,
      endMs: root.startMs + 2000,
    });
    const other = spanOf({ service: 'user' });
    await send(child, other);
    await send(root);
    for (const query of [
      '?order=o-1',
      '?service=payment',
      '?errors=true',
      '?minMs=1999',
      '?name=POST+/orders',
    ])
      expect((await found(query)).map(({ id }) => id)).toEqual([traceId]);
    expect(await found('?order=o-2')).toEqual([]);
    expect((await found('?order=&service=&limit=1')).length).toBe(1);
    expect(JSON.parse(await get(`/api/traces/${traceId}`))).toMatchObject({
      name: 'POST /orders',
      durationMs: 2000,
      errors: 1,
      services: ['dispatch', 'payment'],
      orders: ['o-1'],
      spans: [{ kind: 'server', parentSpanId, failed: true }, { attributes: order }],
    });
  });

  test.each([
    ['no JSON', '{', /not JSON/],
    ['a list', [], /resourceSpans is no object/],
    ['spans that are none', { resourceSpans: 'x' }, /resourceSpans is no list/],
    [
      'an id of another length',
      exportOf(spanOf({ traceId: 'abc' })),
      /spans\/0\/traceId is not 32 hexadecimal/,
    ],
    ['a time that is none', patched({ startTimeUnixNano: 'now' }), /startTimeUnixNano is no time/],
  ])('is refused when it is %s, and nothing of it is kept', async (_what, body, detail) => {
    const reply = await post(body);
    expect(reply.status).toBe(400);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(await reply.json()).toMatchObject({ status: 400, detail: expect.stringMatching(detail) });
  });

  test('comes as JSON, to its own address', async () => {
    expect((await post('', 'application/x-protobuf')).status).toBe(415);
    expect((await fetch(`${url}/v1/traces`)).status).toBe(405);
    expect((await post(`"${'x'.repeat(17_000_000)}"`)).status).toBe(413);
  });
});

function patched(span: object) {
  const body = exportOf(spanOf());
  Object.assign(body.resourceSpans[0]?.scopeSpans[0]?.spans[0] ?? {}, span);
  return body;
}

describe('the pages', () => {
  test('show no name, service or attribute as HTML, and run no script', async () => {
    const evil = `"><script>alert('x')</script>`;
    const span = spanOf({
      service: evil,
      name: evil,
      attributes: { [evil]: evil, [ORDER]: evil, 'db.query.text': evil },
    });
    await send(span);
    const query = encodeURIComponent(evil);
    for (const path of ['/', `/traces/${span.traceId}`, `/?order=${query}`, `/?name=${query}`]) {
      const text = await get(path);
      expect(text).not.toContain('<script');
      expect(text).toContain('&lt;script&gt;');
    }
    const { headers } = await fetch(`${url}/`);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'self';");
  });

  test('lead from the list to the trace and to all traces of its order', async () => {
    const first = spanOf({ name: 'POST /orders', attributes: { [ORDER]: 'o-7' } });
    const later = spanOf({ name: 'tracking', attributes: { [ORDER]: 'o-7' } });
    await send(first, later);
    expect(await get('/?order=o-7')).toContain(`href="/traces/${later.traceId}"`);
    const one = await get(`/traces/${first.traceId}`);
    expect(one).toContain(`href="/traces/${later.traceId}"`);
    expect(one).toContain('href="/?order=o-7"');
  });

  test('say what is wrong with what was typed', async () => {
    const asked = async (path: string) => {
      const reply = await fetch(url + path);
      return [reply.status, reply.headers.get('content-type')?.split(';')[0], await reply.text()] as const;
    };
    expect(await asked('/?minMs=soon')).toEqual([
      400,
      'text/html',
      expect.stringContaining('minMs is a number'),
    ]);
    expect((await asked('/api/traces?colour=red'))[2]).toContain('There is no parameter colour');
    expect((await asked('/api/traces?errors=perhaps'))[0]).toBe(400);
    expect((await asked(`/traces/${'0'.repeat(32)}`))[0]).toBe(404);
    expect((await asked('/api/traces/..%2f'))[1]).toBe('application/problem+json');
  });
});
