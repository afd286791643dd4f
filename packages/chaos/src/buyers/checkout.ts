import type { ShopAnswer, Shopper } from '@shopstack/acceptance/shopper';
import { Cart } from '@shopstack/contracts/cart';
import { PlacedOrder } from '@shopstack/contracts/dispatch';
import { QuoteOption } from '@shopstack/contracts/shipping';
import { z } from 'zod';
import type { History } from '../history.ts';
import type { PlannedOrder } from '../plan/workload.ts';
import type { Person } from './customers.ts';
import { insist, problemOf } from './patience.ts';

export type Checkout =
  | { outcome: 'placed'; orderId: string }
  | { outcome: 'refused'; why: string }
  | { outcome: 'gave-up'; why: string };

export interface CheckoutOptions {
  person: Person;
  sku: string;
  plan: Pick<PlannedOrder, 'number' | 'customer' | 'quantity' | 'paymentToken' | 'phone' | 'manner'>;
  history: Pick<History, 'add'>;
  /** Whether the shop takes mobile money. */
  mobileMoney: boolean;
  forMs: number;
}

const Quotes = z.object({ items: z.array(QuoteOption).min(1) });
const ROUNDS = 4;
/** What the shop said no longer holds: look at the cart again. */
const startOver = new Set([
  'price-changed',
  'cart-changed',
  'quote-expired',
  'quote-mismatch',
  'cart-empty',
  'version-conflict',
]);

/** From an empty cart to an order, with the patience of a person; a clear no is an answer too. */
export async function checkOut(options: CheckoutOptions): Promise<Checkout> {
  const deadline = Date.now() + options.forMs;
  let last = 'no clear answer';
  for (let round = 1; round <= ROUNDS && Date.now() < deadline; round++) {
    const patience = { forMs: deadline - Date.now(), signIn: options.person.signIn };
    const ready = await fillCart(options, round, patience);
    if ('why' in ready) return ready;
    const answer = await press(options, { ...ready, round, patience });
    if (!answer) return { outcome: 'gave-up', why: 'placing the order' };
    const orderId = placedBy(answer, options);
    if (orderId !== undefined) return { outcome: 'placed', orderId };
    last = problemOf(answer) ?? String(answer.status);
    if (!startOver.has(last)) return { outcome: 'refused', why: last };
  }
  return { outcome: 'refused', why: last };
}

/** The order that this answer made, or that the same cart had made before. */
function placedBy(answer: ShopAnswer, options: CheckoutOptions): string | undefined {
  const placed = PlacedOrder.safeParse(answer.body);
  if (answer.status === 201 && placed.success) return placed.data.id;
  const isElsewhere = problemOf(answer) === 'cart-already-ordered' && mayFollow(options);
  return isElsewhere ? orderIn(answer) : undefined;
}

/** A guest whose only answer got lost has no right to see the order. */
const mayFollow = ({ person, plan }: CheckoutOptions) =>
  plan.customer !== undefined || person.shopper.followToken !== undefined;

type Patience = Parameters<typeof insist>[1];
type Ready = { body: object; cart: Cart };

async function fillCart(
  { person, sku, plan, mobileMoney }: CheckoutOptions,
  round: number,
  patience: Patience,
): Promise<Ready | Exclude<Checkout, { outcome: 'placed' }>> {
  const { shopper } = person;
  const existing = round === 1 ? undefined : await insist(() => shopper.ask('GET', '/cart'), patience);
  const kept = Cart.safeParse(existing?.body);
  const cart =
    kept.success && kept.data.lines.length > 0
      ? kept.data
      : await addToCart(shopper, { sku, plan, round, patience });
  if ('why' in cart) return cart;
  const byPhone = mobileMoney && plan.phone !== undefined;
  const body = quoteBody(cart, byPhone ? kenya : germany);
  const quoted = await insist(() => shopper.ask('POST', '/shipping/quotes', { body }), patience);
  if (!quoted) return { outcome: 'gave-up', why: 'asking for delivery' };
  const quote = Quotes.safeParse(quoted.body).data?.items[0];
  if (!quote) return { outcome: 'refused', why: problemOf(quoted) ?? 'no delivery' };
  const order = shopper.orderBody(cart, quote, plan.paymentToken);
  return { cart, body: byPhone ? { ...order, ...paidByPhone(order.address, plan.phone) } : order };
}

const germany = { country: 'DE', postcode: '20095', city: 'Hamburg' };
const kenya = { country: 'KE', postcode: '00100', city: 'Nairobi' };
const quoteBody = (cart: Cart, destination: object) => ({
  destination,
  lines: cart.lines.map(({ sku, quantity }) => ({ sku, quantity })),
});
const paidByPhone = (address: object, phone: string | undefined) => ({
  address: { ...address, ...kenya },
  paymentMethod: 'mpesa',
  paymentToken: phone,
});

async function addToCart(
  shopper: Shopper,
  {
    sku,
    plan,
    round,
    patience,
  }: Pick<CheckoutOptions, 'sku' | 'plan'> & { round: number; patience: Patience },
): Promise<Cart | Exclude<Checkout, { outcome: 'placed' }>> {
  const body = { sku, quantity: plan.quantity };
  const headers = { 'idempotency-key': `add-${plan.number}-${round}` };
  const answer = await insist(() => shopper.ask('POST', '/cart/items', { body, headers }), patience);
  if (!answer) return { outcome: 'gave-up', why: 'filling the cart' };
  const cart = Cart.safeParse(answer.body);
  return cart.success ? cart.data : { outcome: 'refused', why: problemOf(answer) ?? String(answer.status) };
}

/** Presses the button: once, twice, or in two tabs. The first clear answer counts. */
async function press(
  { person, plan, history }: CheckoutOptions,
  { body, cart, round, patience }: Ready & { round: number; patience: Patience },
): Promise<ShopAnswer | undefined> {
  const place = (key: string) => {
    history.add({
      type: 'placing',
      at: Date.now(),
      by: person.name,
      key,
      cart: `${cart.id}@${cart.version}`,
    });
    return insist(() => person.shopper.place(body, key), patience);
  };
  const key = `order-${plan.number}-${round}`;
  switch (plan.manner) {
    case 'double-click':
      return better(await Promise.all([place(key), place(key)]));
    case 'two-tabs':
      return better(await Promise.all([place(key), place(`${key}-tab-2`)]));
    default:
      return place(key);
  }
}

const better = ([one, other]: (ShopAnswer | undefined)[]) => (other?.status === 201 ? other : (one ?? other));

function orderIn(answer: ShopAnswer): string | undefined {
  return /[0-9a-f-]{36}$/.exec(answer.headers.get('location') ?? '')?.[0];
}
