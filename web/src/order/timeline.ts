import type { Order, OrderStatus, OrderStep } from '@shopstack/contracts/order';
import { isByPhone } from './phone-words.ts';

export type StepState = 'done' | 'current' | 'waiting' | 'trouble';
export interface TimelineEntry {
  step: OrderStep;
  state: StepState;
  at?: string;
}

const path: readonly OrderStep[] = [
  'placed',
  'stock-held',
  'delivery-booked',
  'authorised',
  'captured',
  'confirmed',
  'shipped',
  'delivered',
];
const forward: readonly OrderStatus[] = [
  'placed',
  'stock-reserved',
  'awaiting-payment',
  'confirmed',
  'shipped',
];
const trouble: readonly OrderStep[] = ['payment-declined', 'disputed', 'rejected', 'attention-required'];
/** Bookkeeping that says nothing new to a shopper. */
const hidden: readonly OrderStep[] = ['committed'];
const endOf: Partial<Record<OrderStatus, OrderStep>> = { cancelling: 'cancelled', refunding: 'refunded' };

/** What happened, in order, then what is still to come. */
export function timelineOf(
  order: Pick<Order, 'status' | 'steps' | 'reason'> & { payment: Pick<Order['payment'], 'method'> },
): TimelineEntry[] {
  const happened = order.steps
    .filter(({ step }) => !hidden.includes(step))
    .map(({ step, at }): TimelineEntry => ({ step, at, state: trouble.includes(step) ? 'trouble' : 'done' }));
  return [...happened, ...toCome(order)];
}

function toCome(order: Parameters<typeof timelineOf>[0]): TimelineEntry[] {
  const { status, steps, reason } = order;
  const end = endOf[status];
  if (end) return [{ step: end === 'cancelled' && reason ? 'rejected' : end, state: 'current' }];
  if (!forward.includes(status)) return [];
  const reached = new Set(steps.map(({ step }) => step));
  // A phone pays in one step: nothing is approved before it is received.
  const way = isByPhone(order) ? path.filter((step) => step !== 'authorised') : path;
  const last = way.findLastIndex((step) => reached.has(step));
  return way.slice(last + 1).map((step, index) => ({ step, state: index === 0 ? 'current' : 'waiting' }));
}

const ended: readonly OrderStatus[] = ['completed', 'rejected', 'cancelled', 'refunded'];
const cancellable: readonly OrderStatus[] = ['placed', 'stock-reserved', 'awaiting-payment', 'confirmed'];

export const isFinal = ({ status }: Pick<Order, 'status'>): boolean => ended.includes(status);
export const mayCancel = ({ status }: Pick<Order, 'status'>): boolean => cancellable.includes(status);
/** The order bought nothing: its lines may go back into the cart. */
export const mayBuyAgain = ({ status }: Pick<Order, 'status'>): boolean =>
  status === 'rejected' || status === 'cancelled';
export const mayBeReviewed = ({ status }: Pick<Order, 'status'>): boolean => status === 'completed';
export const isMoving = ({ status }: Pick<Order, 'status'>): boolean =>
  ['placed', 'stock-reserved', 'cancelling', 'refunding'].includes(status);

/** What the bank or the shop needs from the person, if anything. */
export const neededAction = (order: Pick<Order, 'status' | 'payment'>) =>
  order.status === 'awaiting-payment' ? order.payment.nextAction?.kind : undefined;

/** While an order waits for the person, its version moves only when they are asked anew. */
export const occasionOf = (order: Pick<Order, 'status' | 'payment' | 'version'>): string =>
  `${neededAction(order)} ${order.version}`;

export type Mood = 'good' | 'busy' | 'you' | 'bad';
export function moodOf(status: OrderStatus): Mood {
  switch (status) {
    case 'confirmed':
    case 'shipped':
    case 'completed':
      return 'good';
    case 'awaiting-payment':
      return 'you';
    case 'rejected':
    case 'cancelled':
    case 'attention-required':
      return 'bad';
    case 'placed':
    case 'stock-reserved':
    case 'cancelling':
    case 'refunding':
    case 'refunded':
      return 'busy';
  }
}

/** Events may arrive twice or late: only a newer version replaces what is shown. */
export const newer = (shown: Order | undefined, arrived: Order): Order =>
  shown && shown.version > arrived.version ? shown : arrived;
