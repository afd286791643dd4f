import type { Order, OrderStatus, OrderStep } from '@shopstack/contracts/order';
import type { CommandName, Reply } from './messages.ts';

export const sagaStates = [
  'RESERVING',
  'HOLDING',
  'PAYING',
  'AWAITING_CUSTOMER',
  'COMMITTING',
  'CAPTURING',
  'CONFIRMING',
  'CONFIRMED',
  'SHIPPED',
  'COMPLETED',
  'CANCELLING',
  'REFUNDING',
  'REJECTED',
  'CANCELLED',
  'EXPIRED',
  'REFUNDED',
  'ATTENTION',
] as const;
export type SagaState = (typeof sagaStates)[number];

/**
 * What we know of each participant. A word in -ing is a command without its answer: it is sent again until it has one.
 * `clean` means the participant keeps nothing of this order; `stuck` that it refused to undo.
 */
export type StockKnowledge =
  | 'idle'
  | 'reserving'
  | 'held'
  | 'committing'
  | 'committed'
  | 'releasing'
  | 'restocking'
  | 'clean';
export type ShipmentKnowledge =
  | 'idle'
  | 'holding'
  | 'held'
  | 'confirming'
  | 'confirmed'
  | 'cancelling'
  | 'clean'
  | 'stuck';
export type PaymentKnowledge =
  | 'idle'
  | 'authorising'
  | 'waiting'
  | 'authorised'
  | 'capturing'
  | 'captured'
  | 'voiding'
  | 'refunding'
  | 'clean'
  | 'stuck';

type Reason = NonNullable<Order['reason']>;
export type ReasonCode = Reason['code'];

/** What a shopper sees of the saga. */
export interface OrderView {
  status: OrderStatus;
  steps: { step: OrderStep; at: string }[];
  payment: Order['payment']['state'];
  nextAction?: NonNullable<Order['payment']['nextAction']>;
  reason?: Reason;
  shipmentId?: string;
  trackingCode?: string;
}

export interface Saga {
  orderId: string;
  state: SagaState;
  /** Set when the direction turned: from then on every positive answer is undone. Never unset. */
  undoing: boolean;
  stock: StockKnowledge;
  shipment: ShipmentKnowledge;
  payment: PaymentKnowledge;
  /** Facts that stay true whatever follows; they tell a stale answer from a late one. */
  once: { committed: boolean; captured: boolean; refunded: boolean };
  /** Which void is waited for: money that was reserved after an earlier one needs another. 1 when left out. */
  voidRound?: number;
  /** How often the outstanding commands were sent again. */
  resends: number;
  /** Until when the customer may confirm or pay another way; set when they are first asked. */
  customerUntil?: string;
  view: OrderView;
}

export type TimerName = 'resend' | 'deadline';
export type Input =
  | { kind: 'message'; message: Reply }
  | { kind: 'cancel'; by: 'customer' | 'support' }
  | { kind: 'timer'; timer: TimerName; state: SagaState };

export type Template =
  | 'order-confirmed'
  | 'order-rejected'
  | 'order-cancelled'
  | 'order-refunded'
  | 'order-shipped'
  | 'order-delivered'
  | 'payment-action';

export type Effect =
  | { kind: 'send'; command: CommandName; round: number }
  | { kind: 'status'; status: OrderStatus }
  | { kind: 'notify'; template: Template }
  | { kind: 'set-timer'; timer: TimerName; at: string }
  | { kind: 'clear-timer'; timer: TimerName };

export interface Decision {
  saga: Saga;
  effects: Effect[];
}
