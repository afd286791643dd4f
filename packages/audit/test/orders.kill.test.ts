import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from '@jest/globals';
import { createShopper } from '@shopstack/acceptance/shopper';
import { PlacedOrder } from '@shopstack/contracts/dispatch';
import type { OrderStatus } from '@shopstack/contracts/order';
import { eventually } from '@shopstack/testkit/eventually';
import { openGivenShop } from '../../stack/test/given-shop.ts';
import { runAudit } from '../src/audit.ts';
import { accessOf } from '../src/running-shop.ts';

const ORDERS = 50;
const tokens = [
  'sim_ok',
  'sim_ok',
  'sim_ok',
  'sim_declined',
  'sim_timeout_after_commit',
  'sim_late_webhook',
  'sim_capture_fails',
];
const settled: OrderStatus[] = [
  'confirmed',
  'shipped',
  'completed',
  'rejected',
  'cancelled',
  'refunded',
  'attention-required',
];
const shop = openGivenShop();
let skus: string[] = [];

beforeAll(async () => {
  const { items } = await createShopper(shop.url).find('inStock=true&limit=100');
  skus = items.filter(({ stock }) => stock.available >= 15).map(({ sku }) => sku);
}, 60_000);

const brokenPromises = async () => {
  const { findings } = await runAudit(accessOf(shop.surroundings), { atRest: true });
  return findings.filter(({ violations }) => violations > 0);
};

/** Keeps trying like a person who presses the button again: same key, until there is a clear answer. */
async function buyWhateverHappens(number: number) {
  const shopper = createShopper(shop.url);
  const sku = skus[number % skus.length] ?? '';
  const again = <T>(attempt: () => Promise<T | undefined>) => eventually(attempt, 90_000, 200);
  const cart = await again(() => shopper.add(sku).catch(() => undefined));
  const quote = await again(() => shopper.quote(cart).catch(() => undefined));
  const body = shopper.orderBody(cart, quote, tokens[number % tokens.length]);
  const placed = await again(async () => {
    const answer = await shopper.place(body, `order-${number}`).catch(() => undefined);
    return answer && answer.status < 500 && answer.status !== 409 ? answer : undefined;
  });
  return placed.status === 201 ? { shopper, id: PlacedOrder.parse(placed.body).id } : { refused: placed };
}

test(`${ORDERS} orders at once survive the kill of payment, catalogue, shipping, dispatch and RabbitMQ`, async () => {
  const buying = Promise.all(Array.from({ length: ORDERS }, (_, number) => buyWhateverHappens(number)));
  for (const part of ['payment', 'catalogue', 'shipping', 'dispatch', 'rabbitmq', 'payment', 'dispatch']) {
    await sleep(1200);
    shop.kill(part, 'SIGKILL');
  }
  const bought = await buying;
  expect(bought.flatMap((it) => ('refused' in it ? [it.refused] : []))).toEqual([]);
  for (const it of bought) {
    if (it.id) {
      await eventually(async () => settled.includes((await it.shopper.order(it.id)).status), 120_000, 250);
    }
  }
  await eventually(
    async () => {
      expect(await brokenPromises()).toEqual([]);
      return true;
    },
    60_000,
    1000,
  );
}, 300_000);
