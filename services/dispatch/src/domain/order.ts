import type { Destination } from '@shopstack/contracts/cart';
import type { OrderFact } from '@shopstack/contracts/messages';
import { sumMoney } from '@shopstack/contracts/money';
import type { Order, OrderStatus } from '@shopstack/contracts/order';
import type { Money } from '@shopstack/contracts/primitives';
import type { DeliveryMethod } from '@shopstack/contracts/shipping';
import type { Totals } from './pricing.ts';
import type { OrderView, Terms } from './saga/saga.ts';

/** What was agreed when the order was placed; it never changes. */
export interface OrderContent extends Totals {
  lines: Order['lines'];
  address: Order['address'];
  destination: Destination;
  quoteId: string;
  delivery: { method: DeliveryMethod; days: { min: number; max: number } };
  payment: { id: string; refundId: string; method: string; kind: Terms['plan'] };
  /** Guests only: what payment and shipping check a shown Follow-Token against. */
  followTokenHash?: string;
}

export interface OrderRecord {
  id: string;
  number: string;
  userId: string | undefined;
  /** Where receipts go; lives here only. */
  email: string;
  cartId: string;
  cartVersion: number;
  version: number;
  content: OrderContent;
  view: OrderView;
  /** RFC 3339, as is `updatedAt`. */
  placedAt: string;
  updatedAt: string;
}

const totalsOf = ({ content }: OrderRecord) => {
  const { lines, subtotal, tax, discount, shipping, total } = content;
  return { lines, subtotal, tax, discount, shipping, total };
};

/** The order as its owner sees it. */
export function toOrder(it: OrderRecord): Order {
  const { content, view } = it;
  return {
    id: it.id,
    number: it.number,
    status: view.status,
    version: it.version,
    ...totalsOf(it),
    steps: view.steps,
    payment: {
      id: content.payment.id,
      method: content.payment.method,
      state: view.payment,
      ...(view.nextAction ? { nextAction: view.nextAction } : {}),
    },
    delivery: {
      ...content.delivery,
      ...(view.shipmentId ? { shipmentId: view.shipmentId } : {}),
      ...(view.trackingCode ? { trackingCode: view.trackingCode } : {}),
    },
    address: content.address,
    refunds: view.refunds ?? [],
    ...(view.reason ? { reason: view.reason } : {}),
    placedAt: it.placedAt,
    updatedAt: it.updatedAt,
  };
}

/** What went back of the total so far. */
export function refundedOf({ content, view }: OrderRecord): Money {
  if (view.payment === 'refunded') return content.total;
  const done = (view.refunds ?? []).filter(({ state }) => state === 'refunded');
  return sumMoney(
    done.map(({ amount }) => amount),
    content.total.currency,
  );
}

/** The order as every service may know it: no address, no e-mail. */
export function toFact(it: OrderRecord, status: OrderStatus, version: number): OrderFact {
  const refunded = refundedOf(it);
  return {
    id: it.id,
    number: it.number,
    status,
    version,
    ...totalsOf(it),
    currency: it.content.total.currency,
    ...(refunded.amountMinor > 0 ? { refunded } : {}),
    ...(it.view.reason ? { reason: it.view.reason } : {}),
    placedAt: it.placedAt,
    updatedAt: it.updatedAt,
    ...(it.userId === undefined ? {} : { userId: it.userId }),
    cartId: it.cartId,
    cartVersion: it.cartVersion,
    deliveryCountry: it.content.address.country,
  };
}
