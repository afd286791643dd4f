import type {
  AttemptRow,
  Case,
  Fault,
  Judge,
  Moment,
  OrderRow,
  PaymentRow,
  ProviderEntry,
  StockRow,
} from '../src/facts.ts';

/** All times of hand-made facts are long before this. */
export const now: Moment = { settledBefore: 1_000_000_000, atRest: false };
export const resting: Moment = { settledBefore: Number.MAX_SAFE_INTEGER, atRest: true };
const at = { createdAt: 1000, updatedAt: 2000 };

export const order = (more: Partial<OrderRow> = {}): OrderRow => ({
  userId: 'user',
  cartId: 'cart',
  cartVersion: 1,
  version: 7,
  status: 'confirmed',
  totalMinor: 500,
  placedAt: 1000,
  updatedAt: 2000,
  lines: [{ sku: 'MUG', quantity: 2 }],
  refunds: [],
  payment: 'captured',
  reason: null,
  ...more,
});
export const payment = (more: Partial<PaymentRow> = {}): PaymentRow => ({
  id: 'p1',
  state: 'captured',
  capturedMinor: 500,
  refundedMinor: 0,
  lostMinor: 0,
  ...at,
  ...more,
});
export const attempt = (more: Partial<AttemptRow> = {}): AttemptRow => ({
  id: 'a2',
  paymentId: 'p1',
  number: 2,
  kind: 'capture',
  state: 'succeeded',
  amountMinor: 500,
  createdAt: 1500,
  updatedAt: 1600,
  ...more,
});
export const booked = (attemptId: string, amountMinor: number) => [
  { attemptId, account: 'provider-receivable', debitMinor: amountMinor, creditMinor: 0 },
  { attemptId, account: 'customer-payments', debitMinor: 0, creditMinor: amountMinor },
];
export const givenBack = (attemptId: string, amountMinor: number) => [
  { attemptId, account: 'customer-payments', debitMinor: amountMinor, creditMinor: 0 },
  { attemptId, account: 'provider-receivable', debitMinor: 0, creditMinor: amountMinor },
];
export const entry = (kind: string, more: Partial<ProviderEntry> = {}): ProviderEntry => ({
  sequence: 1,
  provider: 'card',
  paymentId: 'pay_1',
  kind,
  amountMinor: 500,
  key: kind === 'captured' ? 'a2' : 'a1',
  updatedAt: 1600,
  ...more,
});
export const shipment = (state = 'confirmed') => ({ id: 's1', state, ...at });
const statuses = ['placed', 'stock-reserved', 'stock-reserved', 'confirmed'] as const;

/** A card order that went well, with whatever is wrong about it. */
export const confirmed = (more: Partial<Case> = {}): Case => ({
  id: 'order-1',
  order: order(),
  saga: { state: 'CONFIRMED', updatedAt: 2000 },
  events: statuses.map((status, index) => ({ status, version: index === 3 ? 7 : index + 1 })),
  payments: [payment()],
  attempts: [
    attempt({ id: 'a1', number: 1, kind: 'authorise', createdAt: 1100, updatedAt: 1200 }),
    attempt(),
  ],
  bookings: booked('a2', 500),
  provider: [entry('authorised'), entry('captured', { sequence: 2 })],
  shipments: [shipment()],
  reservation: { state: 'COMMITTED', ...at },
  history: { userId: 'user', version: 7, status: 'confirmed', totalMinor: 500, refundedMinor: 0 },
  cart: { version: 2, orders: ['order-1'] },
  twins: [],
  ...more,
});
const nothing: Partial<Case> = { payments: [], attempts: [], bookings: [], provider: [], shipments: [] };

/** The same without money, goods and shipment, ended in this status. */
export function ended(status: OrderRow['status'], more: Partial<Case> = {}): Case {
  const it = confirmed({ ...nothing, order: order({ status, payment: 'voided' }) });
  const events = [
    { status: 'placed' as const, version: 1 },
    { status, version: 7 },
  ];
  const history = it.history && { ...it.history, status };
  return {
    ...it,
    events,
    ...(history ? { history } : {}),
    reservation: { state: 'RELEASED', ...at },
    ...more,
  };
}
/** What other stores say of an order that dispatch does not have. */
export function orphan(more: Partial<Case>): Case {
  return {
    id: 'order-1',
    events: [],
    twins: [],
    payments: [],
    attempts: [],
    bookings: [],
    provider: [],
    shipments: [],
    ...more,
  };
}

export const stock = (more: Partial<StockRow> = {}): StockRow => ({
  sku: 'MUG',
  available: 6,
  adjusted: 10,
  sold: 2,
  holds: [{ orderId: 'order-2', quantity: 2, at: 1000 }],
  restocks: [],
  ...more,
});

/** The details of what a judge finds. */
export const details = (faults: readonly Fault[] | undefined): string[] =>
  (faults ?? []).map(({ detail }) => detail);
export const judged = (judge: Judge, it: Case, moment = now): string[] => details(judge(it, moment));
