import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

test('a paid order is confirmed well within two seconds, also the twentieth', async () => {
  const took: number[] = [];
  for (let nth = 0; nth < 20; nth += 1) {
    const startedAt = performance.now();
    const { id, followToken } = (await shop.guest().order().expect(201)).body;
    await shop.reach(id, followToken, 'confirmed');
    took.push(Math.round(performance.now() - startedAt));
  }
  took.sort((a, b) => a - b);
  console.log(took.join(' '));
  expect(took.at(-1)).toBeLessThan(2000);
});
