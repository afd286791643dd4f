import * as cart from '@shopstack/contracts/cart';
import * as catalogue from '@shopstack/contracts/catalogue';
import { placeOrder } from '@shopstack/contracts/dispatch';
import { bound, rate, series, sumBy } from '../promql.ts';
import { type Objective, recordedEvents } from './objective.ts';
import { availability, latency } from './requests.ts';

const browse = {
  name: 'browse',
  job: 'catalogue',
  operations: [
    catalogue.listProducts,
    catalogue.getProduct,
    catalogue.listRelated,
    catalogue.listCategories,
    catalogue.suggest,
  ],
  fails: 'Looking at products',
  within: 0.5,
} as const;
const filling = {
  name: 'cart',
  job: 'cart',
  operations: [
    cart.getCart,
    cart.emptyCart,
    cart.addItem,
    cart.setItem,
    cart.removeItem,
    cart.setDestination,
    cart.mergeCart,
  ],
  fails: 'Filling a cart',
  within: 0.5,
} as const;
const checkout = {
  name: 'checkout',
  job: 'dispatch',
  operations: [placeOrder],
  fails: 'Placing an order',
  within: 1,
} as const;

/** Orders are confirmed in time. What was refused or cancelled within the time is no event; what hangs is an error. */
function confirmation(target: number): Objective {
  const id = 'orders-confirmed';
  const job = 'dispatch';
  const le = bound('shop_order_seconds', 60);
  const within = (end: string | readonly string[]) =>
    sumBy([], rate(series('shop_order_seconds_bucket', job, { end, le }), '5m'));
  const placed = sumBy([], rate(series('shop_orders_reached_total', job, { status: 'placed' }), '5m'));
  const none = `${placed} * 0`;
  return {
    id,
    job,
    target,
    promise:
      'orders that are not refused or cancelled at once are confirmed within 60 s, the time that customers take to confirm a payment included',
    felt: 'Orders are not confirmed in time',
    events: `${placed} - (${within(['rejected', 'cancelled'])} or ${none})`,
    errors: `${recordedEvents(job, id)} - (${within('confirmed')} or ${none})`,
  };
}

/** Every objective of the shop. */
export const objectives: readonly Objective[] = [
  availability(browse, 0.999),
  latency(browse, 0.99),
  availability(filling, 0.999),
  latency(filling, 0.99),
  availability(checkout, 0.999),
  latency(checkout, 0.99),
  confirmation(0.95),
];
