import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CartContents } from '@shopstack/contracts/cart';
import { placeOrder } from '@shopstack/contracts/dispatch';
import type { OrderLine } from '@shopstack/contracts/order';
import type { Api, Call } from '@shopstack/kit/api';
import { toProblem } from '@shopstack/kit/faults';
import type { Answer } from '@shopstack/kit/idempotency';
import { counter } from '@shopstack/kit/metrics';
import { problem } from '@shopstack/kit/problem';
import { uuidv7 } from '@shopstack/kit/uuid';
import { learn } from '@shopstack/kit/work';
import type { CartClient } from '../clients/cart.ts';
import type { CatalogueClient } from '../clients/catalogue.ts';
import { type Credentials, credentialsOf } from '../clients/credentials.ts';
import type { PaymentClient } from '../clients/payment.ts';
import type { ShippingClient } from '../clients/shipping.ts';
import type { UserClient } from '../clients/user.ts';
import { checkCart, checkPayment, checkQuote, checkTotal, priceCart } from '../domain/checkout.ts';
import type { FollowTokens } from '../domain/follow-token.ts';
import { type OrderContent, type OrderRecord, toOrder } from '../domain/order.ts';
import { orderNumber } from '../domain/order-number.ts';
import { totalsOf } from '../domain/pricing.ts';
import type { Promised } from '../domain/promised.ts';
import type { Courtesy } from '../events/courtesy.ts';
import type { NewOrder, Orders } from '../store/orders.ts';

export interface PlacingDeps {
  orders: Orders;
  followTokens: FollowTokens;
  publicPath: string;
  cart: Pick<CartClient, 'read'>;
  catalogue: Pick<CatalogueClient, 'prices'>;
  shipping: Pick<ShippingClient, 'quote'>;
  payment: Pick<PaymentClient, 'methods'>;
  user: Pick<UserClient, 'email'>;
  promised: Promised;
  courtesy: Courtesy;
  changed: () => void;
}
type PlaceCall = Call<typeof placeOrder>;
const checkouts = counter('shop_checkouts_total');

/** Placing an order: the only moment at which other services are asked over HTTP. */
export function placing(api: Api, deps: PlacingDeps): void {
  api.on(placeOrder, async (call) => {
    const id = uuidv7();
    // Before anybody is asked: what they do for it belongs to the order's trace.
    learn({ orderId: id });
    const left = deps.courtesy.came();
    try {
      const answer = await checkOut(deps, call, id);
      checkouts.inc({ result: 'placed' });
      return answer;
    } catch (error) {
      deps.promised.settle(id);
      checkouts.inc({ result: toProblem(error).code });
      throw error;
    } finally {
      left();
    }
  });
}

async function checkOut(deps: PlacingDeps, call: PlaceCall, id: string): Promise<Answer> {
  const wanted = await agree(deps, call, id);
  const answer = (order: OrderRecord) => answerOf(deps, order);
  const order = await place(deps, wanted, call, answer);
  deps.changed();
  return answer(order);
}

/** Everything that must be true before there is an order, asked with the caller's own credentials. */
async function agree(deps: PlacingDeps, call: PlaceCall, id: string): Promise<NewOrder> {
  const { body, principal } = call;
  const credentials = credentialsOf({
    authorization: call.req.get('authorization'),
    cookie: call.req.get('cookie'),
  });
  const cart = await deps.cart.read(credentials);
  await refuseOrdered(deps, cart.id, body.cartVersion);
  checkCart(cart, body.cartVersion);
  // By itself and first: whoever comes too late for the last unit costs nobody else anything.
  const { lines, shippingTaxRateBp } = await promiseGoods(deps, id, cart, body.address.country);
  const [quote, methods, email] = await Promise.all([
    deps.shipping.quote(body.shippingQuoteId),
    deps.payment.methods(body.expectedTotal.currency, body.address.country),
    emailOf(deps, call, credentials),
  ]);
  const { kind, token: paymentToken } = checkPayment(methods, body);
  checkQuote(quote, cart.lines, body.address);
  const totals = totalsOf(lines, quote.price, shippingTaxRateBp);
  checkTotal(totals, body.expectedTotal);
  const userId = principal.kind === 'user' ? principal.id : undefined;
  const content: OrderContent = {
    lines,
    ...totals,
    address: body.address,
    destination: quote.destination,
    quoteId: quote.quoteId,
    delivery: { method: quote.method, days: quote.days },
    payment: { id: uuidv7(), refundId: uuidv7(), method: body.paymentMethod, kind },
    ...(userId === undefined ? { followTokenHash: deps.followTokens.hashOf(id) } : {}),
  };
  const number = orderNumber(randomBytes(8));
  return { id, number, userId, email, cartId: cart.id, cartVersion: body.cartVersion, content, paymentToken };
}

const LOOK_AGAIN_MS = 250;
const LOOK_FOR_MS = 5000;

/**
 * The cart's lines at their prices, promised to this order. Whoever finds the last units promised to others waits until
 * the catalogue has answered those, and then is told at once and not by an order that cannot be kept.
 */
async function promiseGoods(
  { catalogue, promised }: PlacingDeps,
  id: string,
  cart: CartContents,
  country: string,
): Promise<{ lines: OrderLine[]; shippingTaxRateBp: number }> {
  const skus = [...new Set(cart.lines.map((it) => it.sku))];
  const giveUpAt = Date.now() + LOOK_FOR_MS;
  for (;;) {
    const promise = promised.begin(id, cart.lines);
    const { items, shippingTaxRateBp } = await catalogue.prices(skus, country);
    const lines = priceCart(cart.lines, items);
    if (promise(items) || Date.now() > giveUpAt) return { lines, shippingTaxRateBp };
    await Promise.race([promised.change(), sleep(LOOK_AGAIN_MS)]);
  }
}

async function emailOf(deps: PlacingDeps, call: PlaceCall, credentials: Credentials): Promise<string> {
  if (call.principal.kind === 'user') return deps.user.email(credentials);
  if (call.body.email !== undefined) return call.body.email;
  throw problem('validation-failed', undefined, {
    errors: [{ pointer: '/email', detail: 'is needed to order without an account' }],
  });
}

/** Two tabs make one order: the second is told where the first one is. */
async function refuseOrdered(deps: PlacingDeps, cartId: string, cartVersion: number): Promise<void> {
  const orderId = await deps.orders.ofCart(cartId, cartVersion);
  if (orderId === undefined) return;
  const location = `${deps.publicPath}/orders/${orderId}`;
  throw problem('cart-already-ordered', undefined, { location, members: { orderId } });
}

const NUMBERS_TRIED = 3;

async function place(
  deps: PlacingDeps,
  wanted: NewOrder,
  call: PlaceCall,
  answer: (order: OrderRecord) => Answer,
): Promise<OrderRecord> {
  for (let tried = 0; tried < NUMBERS_TRIED; tried += 1) {
    const number = tried === 0 ? wanted.number : orderNumber(randomBytes(8));
    const order = await deps.orders.place({ ...wanted, number }, { ref: call.idempotency, answer });
    if (order !== 'taken') return order;
    await refuseOrdered(deps, wanted.cartId, wanted.cartVersion);
  }
  throw problem('unavailable', 'No order number is free at the moment.');
}

function answerOf(deps: PlacingDeps, order: OrderRecord): Answer {
  const followToken = order.userId === undefined ? { followToken: deps.followTokens.of(order.id) } : {};
  return {
    status: 201,
    body: { ...toOrder(order), ...followToken },
    headers: { location: `${deps.publicPath}/orders/${order.id}` },
  };
}
