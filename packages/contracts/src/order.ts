import { z } from 'zod';
import { Address, Currency, Id, Money, ProductId, Quantity, Sku, SkuQuantity, Time } from './primitives.ts';

/** What a shopper sees, in the order it may be seen: a later one is never followed by an earlier one. */
export const OrderStatus = z.enum([
  'placed',
  'stock-reserved',
  'awaiting-payment',
  'confirmed',
  'shipped',
  'completed',
  'cancelling',
  'rejected',
  'cancelled',
  'refunding',
  'refunded',
  'attention-required',
]);
export type OrderStatus = z.infer<typeof OrderStatus>;
export const finalStatuses: readonly OrderStatus[] = ['completed', 'rejected', 'cancelled', 'refunded'];

export const OrderStep = z.enum([
  'placed',
  'stock-held',
  'delivery-booked',
  'action-required',
  'payment-declined',
  'authorised',
  'committed',
  'captured',
  'confirmed',
  'shipped',
  'in-transit',
  'delivered',
  'cancel-requested',
  'stock-released',
  'delivery-cancelled',
  'payment-voided',
  'return-requested',
  'goods-returned',
  'partly-refunded',
  'refunded',
  'disputed',
  'rejected',
  'cancelled',
  'attention-required',
]);
export type OrderStep = z.infer<typeof OrderStep>;

/** Why an order did not succeed; `message` is for people, `code` for programs. */
export const OrderReason = z.object({
  code: z.enum([
    'out-of-stock',
    'payment-declined',
    'payment-expired',
    'delivery-unavailable',
    'cancelled-by-customer',
    'cancelled-by-support',
    'returned',
    'refunded-by-support',
    'payment-disputed',
    'timed-out',
    'capture-failed',
    'stock-lost',
    'shipment-lost',
    'refund-failed',
    'needs-support',
  ]),
  message: z.string(),
});
export type OrderReason = z.infer<typeof OrderReason>;

export const OrderLine = z.object({
  sku: Sku,
  productId: ProductId,
  name: z.string(),
  image: z.string().optional(),
  quantity: Quantity,
  unitPrice: Money,
  lineTotal: Money,
  /** How much of `lineTotal` is tax. */
  tax: Money,
});
export type OrderLine = z.infer<typeof OrderLine>;

/** total = subtotal − discount + shipping; `tax` is contained in it, not added to it. */
const totals = { subtotal: Money, tax: Money, discount: Money, shipping: Money, total: Money };

export const PaymentState = z.enum([
  'pending',
  'authorising',
  'action-required',
  'declined',
  'authorised',
  'captured',
  'voided',
  'expired',
  'refunded',
  'disputed',
  'failed',
]);
export type PaymentState = z.infer<typeof PaymentState>;
export const NextAction = z.object({
  kind: z.enum(['confirm', 'confirm-on-phone', 'choose-another-method']),
  detail: z.string(),
});
export type NextAction = z.infer<typeof NextAction>;

/** Money that goes back without ending the order: for goods that came back, or as a kindness of support. */
export const OrderRefund = z.object({
  id: Id,
  kind: z.enum(['return', 'refund']),
  amount: Money,
  /** The goods that come back; empty for a refund of money alone. */
  lines: z.array(SkuQuantity),
  state: z.enum(['requested', 'refunded', 'failed']),
  reason: z.string().optional(),
  at: Time,
});
export type OrderRefund = z.infer<typeof OrderRefund>;

export const Order = z.object({
  id: Id,
  /** Short and readable on the phone: SH-7F3K2M9Q. */
  number: z.string(),
  status: OrderStatus,
  version: z.int(),
  lines: z.array(OrderLine),
  ...totals,
  steps: z.array(z.object({ step: OrderStep, at: Time })),
  payment: z.object({ id: Id, method: z.string(), state: PaymentState, nextAction: NextAction.optional() }),
  delivery: z.object({
    method: z.string(),
    days: z.object({ min: z.int(), max: z.int() }),
    shipmentId: Id.optional(),
    trackingCode: z.string().optional(),
  }),
  address: Address,
  refunds: z.array(OrderRefund),
  reason: OrderReason.optional(),
  placedAt: Time,
  updatedAt: Time,
});
export type Order = z.infer<typeof Order>;

/** The history's row: kept by the user service from dispatch's events. */
export const OrderSummary = z.object({
  id: Id,
  number: z.string(),
  status: OrderStatus,
  version: z.int(),
  lines: z.array(OrderLine),
  ...totals,
  currency: Currency,
  /** What went back of the total, when some did. */
  refunded: Money.optional(),
  reason: OrderReason.optional(),
  placedAt: Time,
  updatedAt: Time,
});
export type OrderSummary = z.infer<typeof OrderSummary>;
