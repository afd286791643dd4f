import type { OrderStatus } from '@shopstack/contracts/order';

/** Times are milliseconds since 1970, amounts are minor units. */
export interface OrderRow {
  userId: string | null;
  cartId: string;
  cartVersion: number;
  version: number;
  status: OrderStatus;
  totalMinor: number;
  placedAt: number;
  updatedAt: number;
  lines: readonly Units[];
  refunds: readonly RefundRow[];
  /** What its payment has come to, as the customer sees it. */
  payment: string | null;
  reason: string | null;
}
export interface Units {
  sku: string;
  quantity: number;
}
export interface RefundRow {
  kind: string;
  amountMinor: number;
  lines: readonly Units[];
  state: string;
}
export interface SagaRow {
  state: string;
  updatedAt: number;
}
export interface EventRow {
  version: number;
  status: OrderStatus;
}
export interface PaymentRow {
  id: string;
  state: string;
  capturedMinor: number;
  refundedMinor: number;
  /** Taken back by the customer's bank. */
  lostMinor: number;
  createdAt: number;
  updatedAt: number;
}
export interface AttemptRow {
  id: string;
  paymentId: string;
  number: number;
  kind: string;
  state: string;
  amountMinor: number;
  createdAt: number;
  updatedAt: number;
}
/** One side of a booking in payment's ledger. */
export interface BookingRow {
  attemptId: string;
  account: string;
  debitMinor: number;
  creditMinor: number;
}
/** What a provider's own ledger says it did. */
export interface ProviderEntry {
  sequence: number;
  provider: string;
  /** The provider's payment. */
  paymentId: string;
  kind: string;
  amountMinor: number;
  /** Our attempt. */
  key: string | null;
  updatedAt: number;
}
export interface ShipmentRow {
  id: string;
  state: string;
  createdAt: number;
  updatedAt: number;
}
export interface ReservationRow {
  state: string;
  createdAt: number;
  updatedAt: number;
}
export interface HistoryRow {
  userId: string;
  version: number;
  status: string;
  totalMinor: number;
  refundedMinor: number;
}
export interface CartRow {
  version: number;
  /** The last orders whose goods were taken out, at most 32. */
  orders: readonly string[];
}

/** Everything the stores say about one order; without `order` the others speak of one that dispatch does not have. */
export interface Case {
  id: string;
  order?: OrderRow;
  saga?: SagaRow;
  /** When the earliest timer of its saga is due. */
  timerAt?: number;
  /** Oldest first. */
  events: readonly EventRow[];
  payments: readonly PaymentRow[];
  /** By payment, in the order they were made. */
  attempts: readonly AttemptRow[];
  bookings: readonly BookingRow[];
  /** Oldest first. */
  provider: readonly ProviderEntry[];
  shipments: readonly ShipmentRow[];
  reservation?: ReservationRow;
  history?: HistoryRow;
  cart?: CartRow;
  /** Other orders of the same version of the same cart. */
  twins: readonly string[];
}

export interface StockRow {
  sku: string;
  available: number;
  adjusted: number;
  sold: number;
  holds: readonly { orderId: string; quantity: number; at: number }[];
  /** Keys under which sold units came back. */
  restocks: readonly string[];
}

/** Against what facts are judged. */
export interface Moment {
  /** What changed after this is still moving and is not judged. */
  settledBefore: number;
  /** Nothing moves any more: what has not ended is stuck. */
  atRest: boolean;
}

export interface Fault {
  id: string;
  detail: string;
}
/** Undefined when the promise says nothing about this case. */
export type Judge = (it: Case, at: Moment) => Fault[] | undefined;
