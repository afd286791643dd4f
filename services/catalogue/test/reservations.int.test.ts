import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { type Fixture, openFixture } from './fixture.ts';

let shop: Fixture;
beforeAll(async () => {
  shop = await openFixture();
});
afterAll(() => shop.close());

const stockOf = async (sku: string) => {
  const it = await shop.catalogue.stock.bySku(sku);
  if (!it) throw new Error(`no stock for ${sku}`);
  const held = it.holds.reduce((sum, { q }) => sum + q, 0);
  return {
    available: it.available,
    held,
    sold: it.sold,
    conserved: it.adjusted === it.available + held + it.sold,
  };
};
const sent = async (orderId: string) => {
  const it = await shop.catalogue.reservations.read(orderId);
  return { state: it?.state, types: it?.outgoing.map(({ type }) => type) ?? [] };
};
const ask = (orderId: string, round = 1) => ({ orderId, round, causationId: uuidv7() });

describe('a reservation', () => {
  test('holds every line and says so', async () => {
    const sku = await shop.stocked('lamp', 5);
    const orderId = uuidv7();
    await shop.catalogue.reservations.reserve(ask(orderId), [{ sku, quantity: 2 }]);
    expect(await stockOf(sku)).toEqual({ available: 3, held: 2, sold: 0, conserved: true });
    expect(await sent(orderId)).toEqual({ state: 'HELD', types: ['stock.reserved.v1'] });
  });

  test('the same SKU on two lines is summed first', async () => {
    const sku = await shop.stocked('twice', 3);
    const orderId = uuidv7();
    await shop.catalogue.reservations.reserve(ask(orderId), [
      { sku, quantity: 2 },
      { sku, quantity: 2 },
    ]);
    expect((await sent(orderId)).state).toBe('REJECTED');
    expect((await stockOf(sku)).available).toBe(3);
  });

  test('a shortage of one line gives the others back and names what is missing', async () => {
    const [plenty, scarce] = [await shop.stocked('plenty', 9), await shop.stocked('scarce', 1)];
    const orderId = uuidv7();
    const lines = [
      { sku: plenty, quantity: 4 },
      { sku: scarce, quantity: 2 },
    ];
    await shop.catalogue.reservations.reserve(ask(orderId), lines);
    expect(await sent(orderId)).toEqual({ state: 'REJECTED', types: ['stock.rejected.v1'] });
    const it = await shop.catalogue.reservations.read(orderId);
    expect(it?.shortages).toEqual([{ sku: scarce, requested: 2, available: 1 }]);
    expect(await stockOf(plenty)).toEqual({ available: 9, held: 0, sold: 0, conserved: true });
  });

  test('every command may come twice: the effect is one, the answer is sent again', async () => {
    const sku = await shop.stocked('again', 5);
    const orderId = uuidv7();
    const { reservations } = shop.catalogue;
    for (const _ of [1, 2]) await reservations.reserve(ask(orderId), [{ sku, quantity: 2 }]);
    for (const _ of [1, 2]) await reservations.commit(ask(orderId));
    for (const _ of [1, 2]) await reservations.restock(ask(orderId), 'return-1', [{ sku, quantity: 2 }]);
    expect(await stockOf(sku)).toEqual({ available: 5, held: 0, sold: 0, conserved: true });
    expect((await sent(orderId)).types).toEqual([
      'stock.reserved.v1',
      'stock.reserved.v1',
      'stock.committed.v1',
      'stock.committed.v1',
      'stock.restocked.v1',
      'stock.restocked.v1',
    ]);
  });

  test('goods come back in parts, also at the same moment, each part once', async () => {
    const sku = await shop.stocked('parts', 5);
    const orderId = uuidv7();
    const { reservations } = shop.catalogue;
    await reservations.reserve(ask(orderId), [{ sku, quantity: 5 }]);
    await reservations.commit(ask(orderId));
    const part = (key: string, quantity: number) => () =>
      reservations.restock(ask(orderId), key, [{ sku, quantity }]);
    const parts = [part('return-1', 2), part('return-2', 1), part('return-1', 2), part('return-3', 1)];
    const told = await Promise.allSettled(parts.map((it) => it()));
    expect(told.some(({ status }) => status === 'fulfilled')).toBe(true);
    for (const it of parts) await it();
    expect(await stockOf(sku)).toEqual({ available: 4, held: 0, sold: 1, conserved: true });
    expect((await sent(orderId)).state).toBe('RESTOCKED');
  });

  test('a part that a kill left half done is finished before the next one, and answered', async () => {
    const sku = await shop.stocked('half', 5);
    const orderId = uuidv7();
    const { reservations } = shop.catalogue;
    await reservations.reserve(ask(orderId), [{ sku, quantity: 5 }]);
    await reservations.commit(ask(orderId));
    await reservations.collection.updateOne(
      { _id: orderId as never },
      { $set: { state: 'RESTOCKING', restock: { key: 'return-1', lines: [{ sku, quantity: 2 }] } } },
    );
    await reservations.restock(ask(orderId), 'return-2', [{ sku, quantity: 1 }]);
    expect(await stockOf(sku)).toEqual({ available: 3, held: 0, sold: 2, conserved: true });
    const it = await reservations.read(orderId);
    expect(it?.outgoing.slice(2).map(({ data }) => data)).toMatchObject([
      { key: 'return-1' },
      { key: 'return-2' },
    ]);
  });

  test('two orders may bring the same goods back under the same key', async () => {
    const sku = await shop.stocked('same-key', 5);
    const { reservations } = shop.catalogue;
    for (const orderId of [uuidv7(), uuidv7()]) {
      await reservations.reserve(ask(orderId), [{ sku, quantity: 2 }]);
      await reservations.commit(ask(orderId));
      await reservations.restock(ask(orderId), 'undone', [{ sku, quantity: 2 }]);
    }
    expect(await stockOf(sku)).toEqual({ available: 5, held: 0, sold: 0, conserved: true });
  });

  test('goods that were lost are reserved again in a second round, and an old commit does not sell them', async () => {
    const sku = await shop.stocked('second', 5);
    const orderId = uuidv7();
    const { reservations } = shop.catalogue;
    await reservations.reserve(ask(orderId), [{ sku, quantity: 2 }]);
    await reservations.release(ask(orderId));
    await reservations.commit(ask(orderId));
    await reservations.reserve(ask(orderId, 2), [{ sku, quantity: 2 }]);
    await reservations.commit(ask(orderId));
    expect(await stockOf(sku)).toEqual({ available: 3, held: 2, sold: 0, conserved: true });
    await reservations.commit(ask(orderId, 2));
    expect(await stockOf(sku)).toEqual({ available: 3, held: 0, sold: 2, conserved: true });
    expect((await sent(orderId)).types.slice(2)).toEqual([
      'stock.commit-rejected.v1',
      'stock.reserved.v1',
      'stock.commit-rejected.v1',
      'stock.committed.v1',
    ]);
  });

  test('a release for an unknown order refuses the reservation that comes later', async () => {
    const sku = await shop.stocked('tombstone', 5);
    const orderId = uuidv7();
    await shop.catalogue.reservations.release(ask(orderId));
    await shop.catalogue.reservations.reserve(ask(orderId), [{ sku, quantity: 2 }]);
    expect((await stockOf(sku)).available).toBe(5);
    expect((await sent(orderId)).state).toBe('RELEASED');
  });

  test('a release that the commit overtook puts the sold units back', async () => {
    const sku = await shop.stocked('overtaken', 5);
    const orderId = uuidv7();
    await shop.catalogue.reservations.reserve(ask(orderId), [{ sku, quantity: 2 }]);
    await shop.catalogue.reservations.commit(ask(orderId));
    await shop.catalogue.reservations.release(ask(orderId));
    expect(await stockOf(sku)).toEqual({ available: 5, held: 0, sold: 0, conserved: true });
    expect((await sent(orderId)).types.at(-1)).toBe('stock.released.v1');
  });

  test('a commit after the release is refused', async () => {
    const sku = await shop.stocked('late', 5);
    const orderId = uuidv7();
    await shop.catalogue.reservations.reserve(ask(orderId), [{ sku, quantity: 2 }]);
    await shop.catalogue.reservations.release(ask(orderId));
    await shop.catalogue.reservations.commit(ask(orderId));
    expect((await sent(orderId)).types.at(-1)).toBe('stock.commit-rejected.v1');
    expect(await stockOf(sku)).toEqual({ available: 5, held: 0, sold: 0, conserved: true });
  });

  test('what a kill left between two states is finished by the sweep', async () => {
    const sku = await shop.stocked('killed', 5);
    const orderId = uuidv7();
    const { reservations } = shop.catalogue;
    await reservations.reserve(ask(orderId), [{ sku, quantity: 2 }]);
    const long = new Date(Date.now() - 60_000);
    await reservations.collection.updateOne(
      { _id: orderId as never },
      { $set: { state: 'COMMITTING', updatedAt: long } },
    );
    await reservations.sweep();
    expect(await stockOf(sku)).toEqual({ available: 3, held: 0, sold: 2, conserved: true });
    expect((await sent(orderId)).state).toBe('COMMITTED');
  });

  test('a hold whose reservation is over is removed', async () => {
    const sku = await shop.stocked('stray', 5);
    const orderId = uuidv7();
    const { reservations, stock } = shop.catalogue;
    await reservations.release(ask(orderId));
    const at = new Date(Date.now() - 120_000);
    await stock.collection.updateOne(
      { _id: sku as never },
      { $inc: { available: -2 }, $push: { holds: { orderId, q: 2, at } } as never },
    );
    await reservations.sweep();
    expect(await stockOf(sku)).toEqual({ available: 5, held: 0, sold: 0, conserved: true });
  });

  test('forty buyers at once for ten units: ten get one, nothing is lost', async () => {
    const sku = await shop.stocked('hot', 10);
    const orders = Array.from({ length: 40 }, () => uuidv7());
    await Promise.all(
      orders.map((id) => shop.catalogue.reservations.reserve(ask(id), [{ sku, quantity: 1 }])),
    );
    const states = await Promise.all(orders.map(async (id) => (await sent(id)).state));
    expect(states.filter((it) => it === 'HELD')).toHaveLength(10);
    expect(states.filter((it) => it === 'REJECTED')).toHaveLength(30);
    expect(await stockOf(sku)).toEqual({ available: 0, held: 10, sold: 0, conserved: true });
  });

  test('holding and releasing the same order at once never loses a unit', async () => {
    const sku = await shop.stocked('race', 20);
    const orders = Array.from({ length: 20 }, () => uuidv7());
    const { reservations } = shop.catalogue;
    await Promise.all(
      orders.flatMap((id) => [
        reservations.reserve(ask(id), [{ sku, quantity: 1 }]),
        reservations.release(ask(id)),
      ]),
    );
    expect(await stockOf(sku)).toEqual({ available: 20, held: 0, sold: 0, conserved: true });
  });
});
