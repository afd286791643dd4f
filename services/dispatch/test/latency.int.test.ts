import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openShop, type Shop, until } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

/** Milliseconds from the request to `confirmed`, as the database sees it. */
const confirm = async (): Promise<number> => {
  const startedAt = performance.now();
  const { id } = (await shop.guest().order().expect(201)).body;
  await until(async () => expect((await shop.store.orders.read(id))?.view.status).toBe('confirmed'), 30_000);
  return Math.round(performance.now() - startedAt);
};

test('a paid order is confirmed within two seconds', async () => {
  const took: number[] = [];
  for (let nth = 0; nth < 10; nth += 1) took.push(await confirm());
  if (process.env.TEST_LOG_LEVEL) console.log(took.join(' '));
  expect(took.toSorted((a, b) => a - b).at(5)).toBeLessThan(2000);
});

test('forty orders at once are all confirmed', async () => {
  const startedAt = performance.now();
  const placed = await Promise.all(Array.from({ length: 40 }, () => shop.guest().order().expect(201)));
  const placedAt = performance.now();
  const ids = placed.map(({ body }) => String(body.id));
  await until(async () => {
    const query = shop.database.db.selectFrom('orders').select('status').where('id', 'in', ids);
    const rows = await query.where('status', '=', 'confirmed').execute();
    expect(rows).toHaveLength(40);
  }, 40_000);
  const [placing, all] = [placedAt - startedAt, performance.now() - startedAt].map(Math.round);
  if (process.env.TEST_LOG_LEVEL) console.log(`placed in ${placing} ms, confirmed in ${all} ms`);
});
