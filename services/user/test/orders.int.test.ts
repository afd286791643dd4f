import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Bus, openBus } from '@shopstack/bus/connection';
import { on } from '@shopstack/bus/handler';
import { draft } from '@shopstack/bus/message';
import { startMongoRelay } from '@shopstack/bus/mongo';
import { consumerQueues, createTopology } from '@shopstack/bus/topology';
import {
  type OrderFact,
  orderConfirmed,
  orderPlaced,
  orderRefundChanged,
  orderShipped,
  userRegistered,
  userUpdated,
} from '@shopstack/contracts/messages';
import { createLogger } from '@shopstack/kit/log';
import { uuidv7 } from '@shopstack/kit/uuid';
import { eventually } from '@shopstack/testkit/eventually';
import { openTestAmqp, type TestStore } from '@shopstack/testkit/stores';
import { followOrders } from '../src/events/orders.ts';
import { type Person, type Service, startService } from './service.ts';

const log = createLogger({ service: 'user', level: 'silent' });
const standard = createTopology();
const topology = {
  ...standard,
  queues: [...standard.queues, ...consumerQueues('user.listener', [userRegistered, userUpdated])],
};
let service: Service;
let broker: TestStore;
let bus: Bus;
beforeAll(async () => {
  service = await startService();
  broker = await openTestAmqp();
  bus = await openBus({ url: broker.url, service: 'user', log, topology });
  followOrders(bus, { orders: service.accounts.orders, ready: async () => true });
});
afterAll(async () => {
  await bus.close();
  await service.close();
  await broker.close();
});

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
function fact(more: Partial<OrderFact> & { userId?: string }): OrderFact {
  const placedAt = more.placedAt ?? new Date().toISOString();
  return {
    id: uuidv7(),
    number: 'SH-7F3K2M9Q',
    status: 'placed',
    version: 1,
    lines: [
      {
        sku: 'A-1',
        productId: 'a',
        name: 'A',
        quantity: 2,
        unitPrice: eur(500),
        lineTotal: eur(1000),
        tax: eur(160),
      },
    ],
    subtotal: eur(1000),
    tax: eur(160),
    discount: eur(0),
    shipping: eur(0),
    total: eur(1000),
    currency: 'EUR',
    placedAt,
    updatedAt: placedAt,
    cartId: 'c',
    cartVersion: 1,
    deliveryCountry: 'DE',
    ...more,
  };
}
const publish = (
  definition: typeof orderPlaced | typeof orderConfirmed | typeof orderShipped | typeof orderRefundChanged,
  data: OrderFact,
) => bus.publish(draft(definition, { subject: data.id, data }));
const history = async (person: Person, query: object = {}) =>
  (await service.http.get('/users/me/orders').query(query).set(person.auth).expect(200)).body;

describe('the order history', () => {
  test('shows an order as dispatch told it, and nothing that is not the shopper’s business', async () => {
    const person = await service.join();
    const placed = fact({ userId: person.id });
    await publish(orderPlaced, placed);
    const { items } = await eventually(async () => {
      const found = await history(person);
      return found.items.length > 0 && found;
    });
    const { userId: _u, cartId: _c, cartVersion: _v, deliveryCountry: _d, ...summary } = placed;
    expect(items).toEqual([summary]);
  });

  test('never goes back, whatever comes twice, late or in any order', async () => {
    const person = await service.join();
    const versions = [orderPlaced, orderConfirmed, orderShipped].map((definition, n) => ({
      definition,
      status: (['placed', 'confirmed', 'shipped'] as const)[n] ?? 'placed',
      version: n + 1,
    }));
    const ids = [uuidv7(), uuidv7(), uuidv7()];
    const orders = [
      [2, 0, 1, 0, 2, 1],
      [1, 1, 2, 0, 0, 2],
      [0, 2, 1, 2, 0, 1],
    ];
    const sends = ids.flatMap((id, o) =>
      (orders[o] ?? []).flatMap((n) => {
        const it = versions[n];
        return it
          ? [
              publish(
                it.definition,
                fact({ id, userId: person.id, ...{ status: it.status, version: it.version } }),
              ),
            ]
          : [];
      }),
    );
    await Promise.all(sends);
    const last = fact({ userId: person.id });
    await publish(orderPlaced, last);
    await eventually(async () => {
      const { items } = await history(person);
      expect(items.map((it: OrderFact) => it.id).sort()).toEqual([...ids, last.id].sort());
      const known = items.filter((it: OrderFact) => ids.includes(it.id));
      expect(known.map((it: OrderFact) => [it.version, it.status])).toEqual(ids.map(() => [3, 'shipped']));
      return true;
    });
  });

  test('shows what went back of an order', async () => {
    const person = await service.join();
    const order = fact({ userId: person.id, status: 'completed', version: 5 });
    await publish(orderRefundChanged, { ...order, version: 7, refunded: eur(500) });
    await publish(orderRefundChanged, { ...order, version: 6 });
    await eventually(async () => {
      const { items } = await history(person);
      expect(items).toMatchObject([{ status: 'completed', version: 7, refunded: eur(500) }]);
      return true;
    });
  });

  test('is the newest first, page by page', async () => {
    const person = await service.join();
    const same = '2026-11-20T10:00:00.000Z';
    const times = ['2026-11-19T10:00:00.000Z', same, same, '2026-11-21T10:00:00Z'];
    const facts = times.map((placedAt) => fact({ userId: person.id, placedAt }));
    for (const it of facts) await service.accounts.orders.take(person.id, it);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { items, next }: { items: OrderFact[]; next: string | null } = await history(person, {
        limit: 1,
        ...(cursor === null ? {} : { cursor }),
      });
      seen.push(...items.map((it) => it.id));
      cursor = next;
    } while (cursor !== null);
    const [a, b, c, d] = facts.map((it) => it.id);
    expect(seen).toEqual([d, c, b, a]);
    await service.http.get('/users/me/orders?cursor=WyJ4Il0').set(person.auth).expect(422);
  });

  test('is nobody else’s, and a guest’s order is in none', async () => {
    const person = await service.join();
    const other = await service.join();
    await publish(orderPlaced, fact({}));
    await publish(orderPlaced, fact({ userId: person.id }));
    await eventually(async () => (await history(person)).items.length === 1);
    expect((await history(other)).items).toEqual([]);
    expect(await service.direct.collection('orders').countDocuments({ userId: null })).toBe(0);
  });
});

describe('what the service tells the others', () => {
  test('an account was opened or changed, by id only, once the change is durable', async () => {
    const heard: { type: string; data: unknown }[] = [];
    const listener = bus.consume({
      queue: 'user.listener',
      handlers: [userRegistered, userUpdated].map((definition) =>
        on(definition, async (data, { type }) => void heard.push({ type, data })),
      ),
    });
    const collection = service.direct.collection('users');
    const relay = startMongoRelay({ collections: [{ collection, field: 'outgoing' }], bus, log, pollMs: 50 });
    const person = await service.join();
    const patch = service.http.patch('/users/me').set(person.auth).set('if-match', '"1"');
    await patch.send({ name: 'Ada King' }).expect(200);
    const mine = () => heard.filter((it) => JSON.stringify(it.data).includes(person.id));
    await eventually(() => mine().length >= 2);
    expect(mine()).toEqual([
      { type: 'user.registered.v1', data: { userId: person.id } },
      { type: 'user.updated.v1', data: { userId: person.id, version: 2 } },
    ]);
    await eventually(
      async () => (await collection.countDocuments({ 'outgoing.0': { $exists: true } })) === 0,
    );
    await relay.close();
    await listener.close();
  });
});
