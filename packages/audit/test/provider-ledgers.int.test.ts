import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openProviderLedgers } from '../src/stores/provider-ledgers.ts';

const ids = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-00000000000a'] as const;
const at = '2026-01-01T00:00:00.000Z';
const entry = (sequence: number, reference: string, kind: string, amountMinor: number) => ({
  ...{ sequence, reference, kind, amountMinor, at },
  paymentId: `pay_${reference}`,
  idempotencyKey: null,
});
const entries = [
  entry(1, ids[0], 'captured', 500),
  entry(2, ids[1].slice(-12), 'captured', 700),
  entry(3, 'ffffffffffff', 'captured', 900),
  entry(4, 'eeeeeeeeeeee', 'captured', 900),
  entry(5, 'eeeeeeeeeeee', 'refunded', 900),
];
let server: Server;
let url = '';

/** Two entries per page, for who shows the token of `id:secret`. */
beforeAll(async () => {
  server = createServer((request, reply) => {
    const { pathname, searchParams } = new URL(request.url ?? '', url);
    const { authorization } = request.headers;
    if (pathname === '/oauth/v1/generate') {
      const isKnown = authorization === `Basic ${Buffer.from('id:secret').toString('base64')}`;
      return reply.writeHead(isKnown ? 200 : 400).end(JSON.stringify({ access_token: 'token' }));
    }
    if (authorization !== 'Bearer token') return reply.writeHead(401).end();
    const items = entries.filter(({ sequence }) => sequence > Number(searchParams.get('after'))).slice(0, 2);
    const next = items.length < 2 ? null : (items.at(-1)?.sequence ?? null);
    return reply.end(JSON.stringify({ items, next }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const soon = () => Date.now() + 10_000;

test('every page is read; orders are found by their id and by its end; the rest is told', async () => {
  const ledgers = openProviderLedgers([{ name: 'mpesa', url, key: 'id:secret' }]);
  await ledgers.copy(soon());
  const found = ledgers.entries({}, ids);
  expect([...found].map(([id, its]) => [id, its.map(({ amountMinor }) => amountMinor)])).toEqual([
    [ids[0], [500]],
    [ids[1], [700]],
  ]);
  expect([...ledgers.entries({ from: ids[1] }, []).keys()]).toEqual([]);
  expect(ledgers.unclaimed(Date.parse(at))).toEqual([{ reference: 'ffffffffffff', kept: 900 }]);
  expect(ledgers.unclaimed(Date.parse(at) - 1)).toEqual([]);
  ledgers.close();
});

test('a provider that refuses is named', async () => {
  for (const key of ['wrong', 'id:wrong']) {
    const ledgers = openProviderLedgers([{ name: 'card', url, key }]);
    await expect(ledgers.copy(soon())).rejects.toThrow(/^the ledger of card cannot be read: it /);
    ledgers.close();
  }
});
