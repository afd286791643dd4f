import { PlacedOrder } from '@shopstack/contracts/dispatch';
import { OrderSummary } from '@shopstack/contracts/order';
import { PaymentMethod } from '@shopstack/contracts/payment';
import { z } from 'zod';
import { createShopper, type Shopper } from './shopper.ts';

export interface Step {
  what: string;
  ms: number;
}
export interface PurchaseOptions {
  /** Of the gateway. */
  url: string;
  /** The provider's token that pays. */
  paymentToken?: string;
  /** For everything that is waited for, each. */
  withinMs?: number;
  onStep?: (step: Step) => void;
}
/** What was expected and what was there instead. */
export class Refusal extends Error {}

const Methods = z.object({ items: z.array(PaymentMethod) });
const History = z.object({ items: z.array(OrderSummary) });
const STEPS = ['placed', 'stock-held', 'delivery-booked', 'authorised', 'committed', 'captured', 'confirmed'];
const LOOKS_EVERY_MS = 100;

/**
 * One purchase through all services, as a new customer makes it: account, product, cart, delivery offer, order, history,
 * empty cart, less stock. It buys one unit, and the account stays. @throws Refusal at the first step that is not right
 */
export async function purchase(options: PurchaseOptions): Promise<{ orderId: string; steps: Step[] }> {
  const { url, paymentToken = 'sim_ok', withinMs = 20_000, onStep } = options;
  const shopper = createShopper(url);
  const steps: Step[] = [];
  const step = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const result = await work().catch((error: unknown) => {
      throw new Refusal(`${what}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    });
    const done = { what, ms: Math.round(performance.now() - began) };
    steps.push(done);
    onStep?.(done);
    return result;
  };

  await step('an account is opened and signs in', () => shopper.signUp());
  const product = await step('a product is found', () => findProduct(shopper));
  const cart = await step('it lies in the cart', () => shopper.add(product.sku));
  const quote = await step('its delivery is offered', () => shopper.quote(cart));
  await step('a card is taken', () => cardIsTaken(shopper, cart.total.currency));
  const order = await step('the order is placed', () =>
    place(shopper, shopper.orderBody(cart, quote, paymentToken)),
  );
  await step('it is confirmed, step by step', () => confirmed(shopper, order.id, withinMs));
  const eventually = (holds: () => Promise<boolean>) => until(holds, withinMs);
  await step('it is in the history', () => eventually(() => isInHistory(shopper, order.id)));
  await step('the cart is empty', () => eventually(async () => (await shopper.cart()).lines.length === 0));
  await step('the stock is one less', () =>
    eventually(async () => (await stockOf(shopper, product.sku)) < product.stock.available),
  );
  return { orderId: order.id, steps };
}

async function findProduct(shopper: Shopper) {
  const { items } = await shopper.find('inStock=true&sort=price-asc&limit=50');
  const most = items.toSorted((a, b) => b.stock.available - a.stock.available)[0];
  if (!most) throw new Refusal('nothing is in stock');
  return most;
}

const stockOf = async (shopper: Shopper, sku: string): Promise<number> =>
  (await shopper.find(`q=${encodeURIComponent(sku)}&limit=5`)).items.find((it) => it.sku === sku)?.stock
    .available ?? Number.POSITIVE_INFINITY;

async function cardIsTaken(shopper: Shopper, currency: string): Promise<void> {
  const path = `/payment/payment-methods?country=DE&currency=${currency}`;
  const { items } = Methods.parse((await shopper.ask('GET', path)).body);
  if (!items.some(({ id }) => id === 'card')) throw new Refusal('there is no card among the ways to pay');
}

async function place(shopper: Shopper, body: object): Promise<PlacedOrder> {
  const answer = await shopper.place(body);
  if (answer.status !== 201) throw new Refusal(`${answer.status} ${JSON.stringify(answer.body)}`);
  return PlacedOrder.parse(answer.body);
}

async function confirmed(shopper: Shopper, id: string, withinMs: number): Promise<void> {
  const order = await shopper.until(id, ['confirmed', 'shipped', 'completed'], withinMs);
  const taken = order.steps.slice(0, STEPS.length).map(({ step }) => step);
  if (taken.join() !== STEPS.join()) throw new Refusal(`it went ${taken.join(', ')}`);
}

async function isInHistory(shopper: Shopper, id: string): Promise<boolean> {
  const { items } = History.parse((await shopper.ask('GET', '/user/users/me/orders')).body);
  return items.some((it) => it.id === id);
}

async function until(holds: () => Promise<boolean>, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Refusal(`not within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, LOOKS_EVERY_MS));
  }
}
