import { describe, expect, test } from '@jest/globals';
import { address, createHttp } from './http.ts';
import { createSession } from './session.ts';

const memory = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };

function httpWith(fetcher: typeof fetch) {
  return createHttp(
    createSession({ fetch: fetcher, now: Date.now, memory, exclusively: (work) => work() }),
    fetcher,
  );
}

describe('calls', () => {
  test('leave out what is not set and repeat what is a list', () => {
    expect(
      address('/catalogue/products', { q: 'a b', category: undefined, brand: ['X', 'Y & Z'], sort: '' }),
    ).toBe('/api/v1/catalogue/products?q=a+b&brand=X&brand=Y+%26+Z');
    expect(address('/cart')).toBe('/api/v1/cart');
  });

  test('carry key, version and follow token as headers', async () => {
    let sent = new Headers();
    const http = httpWith(async (_, init) => {
      sent = new Headers(init?.headers);
      return new Response('{}');
    });
    await http.json('PUT', '/x', { body: { a: 1 }, idempotencyKey: 'k', ifMatch: 3, followToken: 'f' });
    expect(Object.fromEntries(sent)).toEqual({
      accept: 'application/json',
      'content-type': 'application/json',
      'idempotency-key': 'k',
      'if-match': '"3"',
      'follow-token': 'f',
    });
  });

  test('carry the trace of the page', async () => {
    const sent: (string | null)[] = [];
    const fetcher: typeof fetch = async (_, init) => {
      sent.push(new Headers(init?.headers).get('traceparent'));
      return new Response('{}');
    };
    const session = createSession({ fetch: fetcher, now: Date.now, memory, exclusively: (work) => work() });
    const http = createHttp(session, fetcher, { traceparent: () => `trace-${sent.length}` });
    await http.json('GET', '/cart');
    await http.json('GET', '/cart');
    expect(sent).toEqual(['trace-0', 'trace-1']);
  });

  test('no answer is the problem `offline`', async () => {
    const http = httpWith(() => Promise.reject(new TypeError('failed to fetch')));
    await expect(http.json('GET', '/cart')).rejects.toMatchObject({ code: 'offline', status: 0 });
  });

  test('an aborted call stays an abort', async () => {
    const stop = new AbortController();
    const http = httpWith(() => {
      stop.abort();
      return Promise.reject(stop.signal.reason);
    });
    await expect(http.json('GET', '/cart', { signal: stop.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
