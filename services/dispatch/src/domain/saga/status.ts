import { OrderStatus } from '@shopstack/contracts/order';
import type { ReasonCode, SagaState } from './saga.ts';

/** What a shopper sees in a state; COMMITTING to CONFIRMING keep what was seen before. */
export const statusOfState: Readonly<Record<SagaState, OrderStatus | undefined>> = {
  RESERVING: 'placed',
  HOLDING: 'stock-reserved',
  PAYING: 'stock-reserved',
  AWAITING_CUSTOMER: 'awaiting-payment',
  COMMITTING: undefined,
  CAPTURING: undefined,
  CONFIRMING: undefined,
  CONFIRMED: 'confirmed',
  SHIPPED: 'shipped',
  COMPLETED: 'completed',
  CANCELLING: 'cancelling',
  REFUNDING: 'refunding',
  REJECTED: 'rejected',
  CANCELLED: 'cancelled',
  EXPIRED: 'cancelled',
  REFUNDED: 'refunded',
  ATTENTION: 'attention-required',
};

/** Statuses are only ever followed by one of a higher rank. */
export const rankOf = (status: OrderStatus): number => OrderStatus.options.indexOf(status);

export const reasonText: Readonly<Record<ReasonCode, string>> = {
  'out-of-stock': 'Something in the order is no longer in stock. Nothing was charged.',
  'payment-declined': 'The payment was declined. Nothing was charged.',
  'payment-expired': 'The payment was not completed in time. Nothing was charged.',
  'delivery-unavailable': 'We cannot deliver this order to the address. Nothing was charged.',
  'cancelled-by-customer': 'You cancelled the order.',
  'cancelled-by-support': 'Our support team cancelled the order.',
  returned: 'You sent the goods back. What you paid is on its way back to you.',
  'refunded-by-support': 'Our support team gave the money back.',
  'payment-disputed': 'Your bank asked for the money back. We are looking into it.',
  'timed-out': 'The order could not be completed in time. Nothing was charged.',
  'capture-failed': 'The payment could not be collected. Nothing was charged.',
  'stock-lost': 'The goods are no longer available. You pay nothing.',
  'shipment-lost': 'The parcel was lost. We are looking into it.',
  'refund-failed': 'The money could not be given back automatically. We are looking into it.',
  'needs-support': 'Something needs a person to look at it. We are on it.',
};

const rejections: readonly ReasonCode[] = [
  'out-of-stock',
  'payment-declined',
  'delivery-unavailable',
  'capture-failed',
  'stock-lost',
];
const expiries: readonly ReasonCode[] = ['payment-expired', 'timed-out'];

/** How an order that was never paid ends. */
export function endOf(reason: ReasonCode | undefined): 'REJECTED' | 'CANCELLED' | 'EXPIRED' {
  if (reason !== undefined && rejections.includes(reason)) return 'REJECTED';
  return reason !== undefined && expiries.includes(reason) ? 'EXPIRED' : 'CANCELLED';
}
