import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProductCard } from '@shopstack/contracts/catalogue';
import { PlacedOrder } from '@shopstack/contracts/dispatch';
import { finalStatuses } from '@shopstack/contracts/order';
import { type Account, createShopper, type Shopper } from './shopper.ts';

export interface Journey {
  url: string;
  /** Or only looks, down to what delivery would cost and how one could pay. */
  buys: boolean;
  /** Opens an account instead of buying as a guest. */
  asMember: boolean;
  /** From placed to confirmed. */
  withinMs: number;
  /** Who may put more on the shelf when it becomes empty. */
  merchandiser: Account | undefined;
}
const LOOKS_EVERY_MS = 500;
const SCARCE = 20;
const DELIVERY = 10_000;

/** Looks around, buys one thing and follows the order until it is confirmed: each service is asked. @throws Error */
export async function goShopping(shopper: Shopper, journey: Journey): Promise<void> {
  const { id, sku } = await chosen(shopper, journey);
  await shopper.ask('GET', `/catalogue/products/${sku}`);
  await shopper.ask('GET', `/ratings/products/${id}/reviews`);
  await shopper.ask('GET', '/user/.well-known/jwks.json');
  if (journey.asMember) await shopper.signUp();
  const cart = await shopper.add(sku);
  const quote = await shopper.quote(cart);
  await shopper.ask('GET', `/payment/payment-methods?country=DE&currency=${cart.total.currency}`);
  if (!journey.buys) return;
  const answer = await shopper.place(shopper.orderBody(cart, quote));
  if (answer.status !== 201) throw new Error(`the order was answered ${answer.status}`);
  await confirmed(shopper, PlacedOrder.parse(answer.body).id, journey.withinMs);
}

/** Any product of which there is enough for all who look at the same time. */
async function chosen(shopper: Shopper, { url, merchandiser }: Journey): Promise<ProductCard> {
  const { items } = await shopper.find('inStock=true&limit=24');
  const product = items[Math.floor(Math.random() * items.length)];
  if (!product) throw new Error('nothing is in stock');
  if (product.stock.available >= SCARCE) return product;
  if (merchandiser) await deliver(createShopper(url), merchandiser, product.sku);
  return items.toSorted((a, b) => b.stock.available - a.stock.available)[0] ?? product;
}

async function deliver(stocker: Shopper, { email, password }: Account, sku: string): Promise<void> {
  await stocker.signIn(email, password);
  const { status } = await stocker.ask('POST', `/catalogue/products/${sku}/stock-adjustments`, {
    body: { delta: DELIVERY, reason: 'a delivery for the steady shoppers' },
    headers: { 'idempotency-key': randomUUID() },
  });
  if (status !== 201) throw new Error(`the shelf could not be filled: ${status}`);
}

async function confirmed(shopper: Shopper, id: string, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const { status } = await shopper.order(id);
    if (['confirmed', 'shipped', 'completed'].includes(status)) return;
    if (finalStatuses.includes(status)) throw new Error(`the order ended ${status}`);
    if (Date.now() > deadline) throw new Error(`the order is ${status} after ${withinMs} ms`);
    await sleep(LOOKS_EVERY_MS);
  }
}
