import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ turns: { atOnce: 1, waiting: 2 } });
});
afterAll(() => shop.close());

test('who wants to order waits for a turn; who finds the line full is told when to come again, and can', async () => {
  const guests = Array.from({ length: 6 }, () => shop.guest());
  const answers = await Promise.all(guests.map((it) => it.order()));
  const refused = answers.filter(({ status }) => status === 503);
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  expect(refused).toHaveLength(3);
  for (const { headers, body } of refused) {
    expect(headers['retry-after']).toBe('2');
    expect(body.type).toBe('urn:shopstack:problem:unavailable');
  }
  const late = guests.find((_, at) => answers[at]?.status === 503);
  expect((await late?.order())?.status).toBe(201);
});
