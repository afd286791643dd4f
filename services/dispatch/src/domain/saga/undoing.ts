import { type Hearing, hear } from './hearing.ts';
import type { Reply } from './messages.ts';
import { refundIdOf } from './refund-id.ts';
import {
  addStep,
  callForAttention,
  enter,
  roundOfRefund,
  roundOfStock,
  roundOfVoid,
  type Turn,
} from './turn.ts';
import { isWithCustomer, unwind } from './unwinding.ts';

/** Held again although it was clean; after a commit it is only an old answer told twice. */
function stockIsHeld({ saga }: Turn): void {
  if (saga.stock === 'clean' && !saga.once.committed) saga.stock = 'held';
}
function shipmentIsHeld({ saga }: Turn): void {
  if (saga.shipment === 'clean') saga.shipment = 'held';
}
/** The void under way may be older than this authorisation and its answer on its way already: only another one is sure. */
function paymentIsOpen({ saga }: Turn): void {
  if (saga.once.captured || (saga.payment !== 'clean' && saga.payment !== 'voiding')) return;
  saga.payment = 'authorised';
  saga.voidRound = roundOfVoid(saga) + 1;
}
/** The money was taken although we turned round: it goes back, whichever undo was under way. */
function paymentIsCaptured(turn: Turn): void {
  const { saga } = turn;
  if (saga.once.refunded || saga.payment === 'refunding' || saga.payment === 'stuck') return;
  saga.once.captured = true;
  saga.payment = 'captured';
  saga.view.payment = 'captured';
  addStep(turn, 'captured');
  if (saga.state === 'CANCELLING') enter(turn, 'REFUNDING');
}

const isTheRefund = ({ saga }: Turn, { refundId }: { refundId: string }): boolean =>
  refundId === refundIdOf(saga.terms.refundId, roundOfRefund(saga));

const stock: Hearing = {
  'stock.reserved.v1': stockIsHeld,
  'stock.lease-expired.v1': stockIsHeld,
  'stock.committed.v1': ({ saga }) => {
    saga.once.committed = true;
    if (saga.stock !== 'restocking') saga.stock = 'committed';
  },
  'stock.rejected.v1': ({ saga }) => {
    if (saga.stock === 'releasing') saga.stock = 'clean';
  },
  'stock.commit-rejected.v1': ({ saga }, { round }) => {
    if (saga.stock === 'committing' && round >= roundOfStock(saga)) saga.stock = 'clean';
  },
  'stock.released.v1': (turn) => {
    if (turn.saga.stock !== 'releasing') return;
    turn.saga.stock = 'clean';
    addStep(turn, 'stock-released');
  },
  'stock.restocked.v1': (turn) => {
    if (turn.saga.stock !== 'restocking') return;
    turn.saga.stock = 'clean';
    addStep(turn, 'stock-released');
  },
};

const shipment: Hearing = {
  'shipment.held.v1': shipmentIsHeld,
  'shipment.confirmed.v1': shipmentIsHeld,
  'shipment.dispatched.v1': shipmentIsHeld,
  'shipment.in-transit.v1': shipmentIsHeld,
  'shipment.delivered.v1': shipmentIsHeld,
  'shipment.hold-rejected.v1': ({ saga }) => {
    if (saga.shipment === 'cancelling') saga.shipment = 'clean';
  },
  'shipment.cancelled.v1': (turn) => {
    if (turn.saga.shipment !== 'cancelling') return;
    turn.saga.shipment = 'clean';
    addStep(turn, 'delivery-cancelled');
  },
  'shipment.cancel-rejected.v1': (turn) => {
    if (turn.saga.shipment !== 'cancelling') return;
    turn.saga.shipment = 'stuck';
    callForAttention(turn, 'needs-support');
  },
  'shipment.lost.v1': (turn) => callForAttention(turn, 'shipment-lost'),
};

const payment: Hearing = {
  'payment.action-required.v1': paymentIsOpen,
  'payment.authorised.v1': paymentIsOpen,
  'payment.captured.v1': paymentIsCaptured,
  'payment.late-success.v1': paymentIsCaptured,
  'payment.void-failed.v1': paymentIsCaptured,
  'payment.declined.v1': ({ saga }, { final }) => {
    if (final && saga.payment === 'voiding' && saga.voidRound === undefined) saga.payment = 'clean';
  },
  'payment.capture-failed.v1': ({ saga }) => {
    if (saga.payment !== 'capturing') return;
    saga.payment = 'authorised';
    saga.view.payment = 'failed';
  },
  'payment.voided.v1': (turn, { round }) => {
    if (turn.saga.payment !== 'voiding' || round < roundOfVoid(turn.saga)) return;
    turn.saga.payment = 'clean';
    turn.saga.view.payment = 'voided';
    addStep(turn, 'payment-voided');
  },
};

const refund: Hearing = {
  'payment.refunded.v1': (turn, data) => {
    if (turn.saga.payment !== 'refunding' || !isTheRefund(turn, data)) return;
    turn.saga.payment = 'clean';
    turn.saga.once.refunded = true;
    turn.saga.refundedMinor = (turn.saga.refundedMinor ?? 0) + data.amount.amountMinor;
    turn.saga.view.payment = 'refunded';
    addStep(turn, 'refunded');
  },
  'payment.refund-failed.v1': (turn, data) => {
    if (turn.saga.payment !== 'refunding' || !isTheRefund(turn, data)) return;
    turn.saga.payment = 'stuck';
    callForAttention(turn, 'refund-failed');
  },
};

const undoing: Hearing = { ...stock, ...shipment, ...payment, ...refund };
const returning: Hearing = {
  'shipment.lost.v1': (turn) => callForAttention(turn, 'shipment-lost'),
  ...refund,
};

/** A message after the saga turned round, at whatever time: acknowledgements count, positive answers are undone. */
export function learnWhileUndoing(turn: Turn, message: Reply): void {
  // What the customer got comes back by returns only: an old answer must not undo it a second time. Money that a bank gave
  // back after that is refunded as a whole.
  hear(isWithCustomer(turn.saga) ? returning : undoing, turn, message);
  unwind(turn);
}
