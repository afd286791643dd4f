import type { Order, OrderRefund, OrderStatus, OrderStep } from '@shopstack/contracts/order';
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
  | 'shipped'
  | 'delivered'
  | 'cancelling'
  | 'clean'
  | 'stuck';
export type PaymentKnowledge =
  | 'idle'
  | 'authorising'
  | 'charging'
  | 'waiting'
  | 'authorised'
  | 'capturing'
  | 'captured'
  | 'voiding'
  | 'refunding'
  | 'clean'
  | 'stuck';

export type Reason = NonNullable<Order['reason']>;
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
  /** Parts of the money that go back, oldest first; none when left out. */
  refunds?: OrderRefund[];
}

/** What was agreed and decides how the saga goes; it never changes. */
export interface Terms {
  /** With `mobile-money` the money is taken at once; a card is captured when the goods are sold. */
  plan: 'card' | 'mobile-money';
  totalMinor: number;
  /** Names the refund of what is left when the order is undone; a part that goes back has an id of its own. */
  refundId: string;
}

/** A part that goes back: what is known of it. What was agreed about it is in the view, by the same id. */
export interface Part {
  id: string;
  stock: 'none' | 'restocking' | 'done';
  money: 'refunding' | 'done' | 'failed';
  /** Which asking for the money this is; after a refusal it is asked for anew. */
  round: number;
}

export interface Saga {
  orderId: string;
  terms: Terms;
  state: SagaState;
  /** Set when the direction turned: from then on every positive answer is undone. Never unset. */
  undoing: boolean;
  stock: StockKnowledge;
  shipment: ShipmentKnowledge;
  payment: PaymentKnowledge;
  /** Facts that stay true whatever follows; they tell a stale answer from a late one. */
  once: { committed: boolean; captured: boolean; refunded: boolean };
  /** Which reservation is meant: goods that got lost after the money was taken are asked for again. 1 when left out. */
  stockRound?: number;
  /** Which void is waited for: money that was reserved after an earlier one needs another. 1 when left out. */
  voidRound?: number;
  /** Which asking for the refund is waited for: one that failed is asked for anew. 1 when left out. */
  refundRound?: number;
  /** What that refund is about: it stays the same however often it is asked. */
  refundMinor?: number;
  /** What went back as a whole. */
  refundedMinor?: number;
  /** Parts that go back while the order is kept, oldest first. */
  parts?: Part[];
  dispute?: { id: string; state: 'opened' | 'won' | 'lost'; amountMinor: number };
  /** How often the outstanding commands were sent again. */
  resends: number;
  /** Of how many tries to pay we heard that they were declined; none when left out. */
  triesDeclined?: number;
  /** Until when the customer may confirm or pay another way; set when they are first asked. */
  customerUntil?: string;
  /** In ATTENTION: where a resumed saga goes on, and what the shopper saw there. */
  attention?: { from: SagaState; status: OrderStatus; reason?: Reason };
  view: OrderView;
}

export type TimerName = 'resend' | 'deadline';
export type Input =
  | { kind: 'message'; message: Reply }
  | { kind: 'cancel'; by: 'customer' | 'support' }
  | { kind: 'give-back'; refund: OrderRefund; isLast: boolean }
  | { kind: 'resume' }
  | { kind: 'timer'; timer: TimerName; state: SagaState };

export type Template =
  | 'order-confirmed'
  | 'order-rejected'
  | 'order-cancelled'
  | 'order-refunded'
  | 'order-shipped'
  | 'order-delivered'
  | 'payment-action'
  | 'return-requested'
  | 'refund-made';

/** `part` is the id of the part that goes back, when the command is about one. */
export interface Asking {
  command: CommandName;
  part?: string;
}
export type Effect =
  | (Asking & { kind: 'send'; round: number; again?: true; amountMinor?: number })
  | { kind: 'status'; status: OrderStatus }
  | { kind: 'refund-changed'; status: OrderStatus }
  | { kind: 'notify'; template: Template; about?: string }
  | { kind: 'set-timer'; timer: TimerName; at: string }
  | { kind: 'clear-timer'; timer: TimerName };

export interface Decision {
  saga: Saga;
  effects: Effect[];
}
