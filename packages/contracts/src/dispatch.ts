import { z } from 'zod';
import { operation } from './operation.ts';
import { Order, OrderStatus } from './order.ts';
import { PaymentToken } from './payment.ts';
import { Address, Email, Id, Money, PageQuery, page, SkuQuantity, text } from './primitives.ts';
import { follower, roles, shopper } from './roles.ts';

/** Guests get `followToken` once, in this answer; later it travels in the `Follow-Token` header. */
export const PlacedOrder = Order.extend({ followToken: z.string().optional() });
export type PlacedOrder = z.infer<typeof PlacedOrder>;
const byId = z.strictObject({ id: Id });

export const placeOrder = operation({
  id: 'placeOrder',
  method: 'post',
  path: '/orders',
  policy: shopper,
  idempotent: true,
  summary: 'Order what is in the cart; the total is worked out again from cart, prices and quote',
  body: z.strictObject({
    cartVersion: z.int().min(1),
    shippingQuoteId: Id,
    address: Address,
    paymentMethod: text(40),
    paymentToken: PaymentToken.optional(),
    expectedTotal: Money,
    /** Guests only: where receipts go. */
    email: Email.optional(),
  }),
  answers: { 201: PlacedOrder },
  problems: [
    'price-changed',
    'cart-changed',
    'cart-empty',
    'cart-not-orderable',
    'quote-expired',
    'quote-mismatch',
    'cart-already-ordered',
    'out-of-stock',
    'payment-method-unavailable',
    'unknown-country',
  ],
});
export const getOrder = operation({
  id: 'getOrder',
  method: 'get',
  path: '/orders/{id}',
  policy: follower,
  summary: 'An order',
  params: byId,
  answers: { 200: Order },
});
/** Server-sent events: `id` is the order's version, `event` is "order", `data` is an Order. */
export const streamOrder = operation({
  id: 'streamOrder',
  method: 'get',
  path: '/orders/{id}/events',
  policy: follower,
  params: byId,
  summary: 'Every change as it happens, beginning with the present state',
  answers: { 200: 'text/event-stream' },
});
export const cancelOrder = operation({
  id: 'cancelOrder',
  method: 'post',
  path: '/orders/{id}/cancellations',
  policy: follower,
  params: byId,
  idempotent: true,
  summary: 'Cancel before the goods leave',
  body: z.strictObject({ reason: text(300).optional() }),
  answers: { 202: Order },
  problems: ['already-shipped', 'order-final'],
});
export const returnGoods = operation({
  id: 'returnGoods',
  method: 'post',
  path: '/orders/{id}/returns',
  policy: follower,
  params: byId,
  idempotent: true,
  summary:
    'Send goods of a shipped or completed order back; their price is refunded, for all of them the delivery too',
  body: z.strictObject({ lines: z.array(SkuQuantity).min(1).max(100), reason: text(300).optional() }),
  answers: { 202: Order },
  problems: ['not-returnable', 'unknown-sku'],
});
export const refundOrder = operation({
  id: 'refundOrder',
  method: 'post',
  path: '/orders/{id}/refunds',
  policy: roles('support'),
  params: byId,
  idempotent: true,
  summary: 'Give part of the money of a paid order back; the goods stay with the customer',
  body: z.strictObject({ amount: Money, reason: text(300) }),
  answers: { 202: Order },
  problems: ['refund-too-large', 'order-final'],
});
export const listOrders = operation({
  id: 'listOrders',
  method: 'get',
  path: '/orders',
  policy: roles('support'),
  summary: 'Find orders by state, number or e-mail',
  query: PageQuery.extend({ state: OrderStatus.optional(), q: text(120).optional() }),
  answers: { 200: page(Order) },
});
