import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openDatabase } from '@shopstack/sql/database';
import { idempotencyTable, openIdempotencyStore } from '@shopstack/sql/idempotency';
import { migrate } from '@shopstack/sql/migration';
import { openTestMysql } from '@shopstack/testkit/stores';
import { bearer } from '@shopstack/testkit/tokens';
import { createLogger } from '../src/log.ts';
import { problem } from '../src/problem.ts';
import { type Answer, ask } from './ask.ts';
import { type Service, startService } from './fixture.ts';

let service: Service;
let close: () => Promise<void>;
let orders: string[] = [];
let outcome: () => Promise<void> | void = () => undefined;
let headers: Record<string, string>;

beforeAll(async () => {
  const store = await openTestMysql();
  const log = createLogger({ service: 'test', level: 'silent' });
  const database = openDatabase({ url: store.url, log });
  await migrate({ database, migrations: idempotencyTable, log });
  const keys = openIdempotencyStore(database);
  service = await startService({
    keys,
    behaviour: {
      order: async ({ id, who }) => {
        await outcome();
        orders.push(who);
        return { id: `${id}-${orders.length}`, title: 'Käse 🧀' };
      },
    },
  });
  close = async () => {
    await service.close();
    keys.close();
    await database.close();
    await store.close();
  };
});
afterAll(() => close());
beforeEach(() => {
  orders = [];
  outcome = () => undefined;
  headers = bearer(service.issuer.token());
});

const order = (
  key: string | undefined,
  options: { id?: string; json?: unknown; as?: Record<string, string>; path?: string } = {},
) =>
  ask(service.url, 'POST', options.path ?? `/things/${options.id ?? 't1'}/orders`, {
    json: options.json ?? { quantity: 1 },
    headers: { ...(options.as ?? headers), ...(key === undefined ? {} : { 'idempotency-key': key }) },
  });
const ofRequest = new Set(['date', 'x-request-id', 'keep-alive', 'connection']);
const kept = ({ status, headers: all, text }: Answer) => ({
  status,
  text,
  headers: [...all].filter(([name]) => !ofRequest.has(name)),
});

describe('an idempotent request', () => {
  test('is done once; later the first answer comes again, exactly', async () => {
    const key = randomUUID();
    const first = await order(key);
    expect([first.status, first.headers.get('location'), first.headers.get('etag')]).toEqual([
      201,
      '/things/t1-1',
      '"1"',
    ]);
    for (let again = 0; again < 3; again++) expect(kept(await order(key))).toEqual(kept(first));
    expect(orders).toHaveLength(1);
  });

  test('is the same with its keys in another order, another with another body', async () => {
    const key = randomUUID();
    await order(key);
    expect((await order(key, { json: { quantity: 2 } })).code).toBe('idempotency-key-reused');
    expect((await order(key)).status).toBe(201);
    expect(orders).toHaveLength(1);
  });

  test('is 409 with Retry-After while the first runs', async () => {
    const key = randomUUID();
    let finish: () => void = () => undefined;
    let reach: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    outcome = () => {
      reach();
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    };
    const first = order(key);
    await reached;
    const second = await order(key);
    expect([second.status, second.code, second.headers.get('retry-after')]).toEqual([
      409,
      'idempotency-key-running',
      '1',
    ]);
    finish();
    const done = await first;
    outcome = () => undefined;
    expect(kept(await order(key))).toEqual(kept(done));
    expect(orders).toHaveLength(1);
  });

  test('of twenty at once one is done', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => order(key)));
    for (const { status, code } of answers)
      expect(status === 201 || code === 'idempotency-key-running').toBe(true);
    expect(orders).toHaveLength(1);
  });

  test.each([
    [
      'a business 409',
      () => problem('price-changed', 'More.', { members: { total: 7 }, location: '/orders/9' }),
    ],
    ['a business 404', () => problem('unknown-sku')],
    [
      'a business 422',
      () => problem('quote-mismatch', undefined, { errors: [{ pointer: '/quantity', detail: 'x' }] }),
    ],
    ['a 409 with a wait', () => problem('out-of-stock', undefined, { retryAfterSeconds: 3 })],
  ])('that ends in %s is answered so for ever', async (_name, make) => {
    const key = randomUUID();
    outcome = () => {
      throw make();
    };
    const first = await order(key);
    expect(first.status).toBe(make().status);
    outcome = () => undefined;
    expect(kept(await order(key))).toEqual(kept(first));
    expect(orders).toEqual([]);
  });

  test.each([
    ['500', () => new Error('broken')],
    ['503', () => problem('unavailable')],
    ['a store away', () => Object.assign(new Error('x'), { code: 'ECONNREFUSED' })],
    ['401', () => problem('unauthenticated')],
    ['403', () => problem('forbidden')],
    ['408', () => problem('request-timeout')],
    ['429', () => problem('too-many-requests')],
  ])('that ends in %s frees its key', async (_name, make) => {
    const key = randomUUID();
    outcome = () => {
      throw make();
    };
    expect((await order(key)).status).toBeGreaterThan(400);
    outcome = () => undefined;
    expect((await order(key)).status).toBe(201);
    expect(orders).toHaveLength(1);
  });
});

describe('the key', () => {
  test.each([undefined, ''])('%j is missing', async (key) => {
    expect((await order(key)).code).toBe('idempotency-key-missing');
  });

  test.each(['x'.repeat(256), 'tab\there', 'ümlaut'])('%j is invalid', async (key) => {
    expect((await order(key)).code).toBe('idempotency-key-invalid');
  });

  test.each(['1', 'x'.repeat(255), 'a b"c\'; drop table idempotency; --'])('%j is fine', async (key) => {
    expect((await order(key)).status).toBe(201);
  });

  test('is looked at after token and shape, and not used up by them', async () => {
    const key = randomUUID();
    expect((await order(undefined, { as: bearer('x.y.z') })).status).toBe(401);
    expect((await order(undefined, { json: { quantity: 0 } })).code).toBe('validation-failed');
    expect((await order(key, { json: { quantity: 0 } })).code).toBe('validation-failed');
    expect((await order(key)).status).toBe(201);
  });

  test('belongs to its caller: users, and guests by their cart', async () => {
    const key = randomUUID();
    const callers = [
      headers,
      bearer(service.issuer.token()),
      { cookie: 'cart=a' },
      { cookie: 'x=1; cart=b' },
    ];
    for (const as of callers) expect((await order(key, { as })).status).toBe(201);
    expect(orders).toHaveLength(4);
    for (const as of callers) await order(key, { as });
    expect(orders).toHaveLength(4);
  });

  test('belongs to the user, not to one token', async () => {
    const [key, id] = [randomUUID(), randomUUID()];
    await order(key, { as: bearer(service.issuer.token({ id })) });
    await order(key, { as: bearer(service.issuer.token({ id })) });
    expect(orders).toEqual([id]);
  });

  test('belongs to the resource, however its path is written', async () => {
    const key = randomUUID();
    await order(key, { id: 't1' });
    await order(key, { id: 't2' });
    expect(orders).toHaveLength(2);
    for (const path of ['/things/t1/orders/', '/things/%74%31/orders'])
      expect((await order(key, { path })).status).toBe(201);
    expect(orders).toHaveLength(2);
  });

  test('works for the longest resource, percent-encoded', async () => {
    const path = `/things/${'%61'.repeat(64)}/orders`;
    expect((await order(randomUUID(), { path })).status).toBe(201);
  });
});
