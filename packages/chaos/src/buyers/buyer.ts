import type { History } from '../history.ts';
import type { PlannedOrder } from '../plan/workload.ts';
import { addAgain } from './adding-again.ts';
import { checkOut } from './checkout.ts';
import { type Customers, createGuest, type Person } from './customers.ts';
import { follow } from './following.ts';
import type { Goods } from './products.ts';

export interface Market {
  shopUrl: string;
  goods: Goods;
  customers: Customers;
  mobileMoney: boolean;
  history: History;
  /** Aborted when nobody waits for orders any longer. */
  signal: AbortSignal;
}

const BUYS_WITHIN_MS = 90_000;
const IMPATIENT_MS = 2500;

/** One planned order from the cart to its end; never rejects. */
export async function buy(market: Market, plan: PlannedOrder): Promise<void> {
  const as = <T>(use: (person: Person) => Promise<T>) =>
    plan.customer === undefined
      ? use(createGuest(market.shopUrl, `guest-${plan.number}`, market.history))
      : market.customers.use(plan.customer, use);
  try {
    const { ended } = await as((person) => buyAs(person, market, plan));
    await ended;
  } catch (error) {
    const doing = error instanceof Error ? error.message : String(error);
    market.history.add({ type: 'gave-up', at: Date.now(), by: `buyer-${plan.number}`, doing });
  }
}

/** Resolves when the cart is free again; `ended` when the order has come to its end. */
async function buyAs(
  person: Person,
  market: Market,
  plan: PlannedOrder,
): Promise<{ ended: Promise<unknown> }> {
  const { goods, history, mobileMoney, shopUrl, signal } = market;
  const sku = plan.product === 'scarce' ? goods.scarce : (goods.plenty[plan.product] ?? goods.scarce);
  const forMs = plan.manner === 'impatient' ? IMPATIENT_MS : BUYS_WITHIN_MS;
  const by = person.name;
  const checkout = await checkOut({ person, sku, plan, history, mobileMoney, forMs });
  if (checkout.outcome === 'refused') {
    history.add({ type: 'refused', at: Date.now(), by, why: checkout.why });
    return { ended: Promise.resolve() };
  }
  if (checkout.outcome === 'gave-up') {
    history.add({ type: 'gave-up', at: Date.now(), by, doing: checkout.why });
    return { ended: Promise.resolve() };
  }
  const { orderId } = checkout;
  history.add({ type: 'placed', at: Date.now(), by, order: orderId });
  const following = follow({ shopUrl, person, orderId, plan, history, signal });
  const again = plan.manner === 'adds-again' && addAgain({ person, sku, history, signal });
  return { ended: Promise.all([following, again]) };
}
