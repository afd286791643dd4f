import { areSettled } from './parts.ts';
import { owedOf } from './rest.ts';
import type { ReasonCode, Saga } from './saga.ts';
import { endOf } from './status.ts';
import { addStep, enter, giveReason, notify, roundOfRefund, send, type Turn } from './turn.ts';

/** Turns the saga round before the money was asked for: everything can be undone for free. */
export function startCancelling(turn: Turn, reason: ReasonCode): void {
  giveReason(turn.saga.view, reason);
  turn.saga.undoing = true;
  enter(turn, 'CANCELLING');
  unwind(turn);
}

/** Turns the saga round after the money was asked for. */
export function startRefunding(turn: Turn, reason: ReasonCode): void {
  giveReason(turn.saga.view, reason);
  turn.saga.undoing = true;
  enter(turn, 'REFUNDING');
  unwind(turn);
}

/** The parcel left and arrived, or will. */
export const isWithCustomer = ({ shipment }: Saga): boolean =>
  shipment === 'shipped' || shipment === 'delivered';

/** The parcel never left, or everything in it was returned. */
const areGoodsBack = (saga: Saga): boolean =>
  saga.shipment === 'clean' || (isWithCustomer(saga) && saga.stock === 'clean');

/** Sends every undo that may be sent now and ends the saga when nothing is left to undo. */
export function unwind(turn: Turn): void {
  unwindShipment(turn);
  unwindStock(turn);
  unwindPayment(turn);
  finish(turn);
}

function unwindShipment(turn: Turn): void {
  const { saga } = turn;
  if (saga.shipment === 'idle') saga.shipment = 'clean';
  if (['holding', 'held', 'confirming', 'confirmed'].includes(saga.shipment)) {
    saga.shipment = 'cancelling';
    send(turn, 'shipment.cancel');
  }
}

/**
 * An unanswered commit is asked again instead of released: the answer decides between release and restock.
 * Goods come back, and money goes back, only when the parcel is known not to leave.
 */
function unwindStock(turn: Turn): void {
  const { saga } = turn;
  if (saga.stock === 'idle') saga.stock = 'clean';
  if (saga.stock === 'reserving' || saga.stock === 'held') {
    saga.stock = 'releasing';
    send(turn, 'stock.release');
  }
  if (saga.stock === 'committed' && saga.shipment === 'clean') {
    saga.stock = 'restocking';
    send(turn, 'stock.restock');
  }
}

/** An unanswered capture is asked again instead of voided: the answer decides between void and refund. */
function unwindPayment(turn: Turn): void {
  const { saga } = turn;
  if (saga.payment === 'idle') saga.payment = 'clean';
  if (['authorising', 'charging', 'waiting', 'authorised'].includes(saga.payment)) {
    saga.payment = 'voiding';
    send(turn, 'payment.void');
  }
  if (saga.payment === 'clean' && saga.once.refunded && owedOf(saga) > 0) {
    saga.payment = 'captured';
    saga.once.refunded = false;
    saga.refundRound = roundOfRefund(saga) + 1;
  }
  if (saga.payment !== 'captured' || !areGoodsBack(saga)) return;
  saga.refundMinor = owedOf(saga);
  if (saga.refundMinor === 0) {
    saga.payment = 'clean';
    saga.once.refunded = true;
    saga.refundedMinor ??= 0;
  } else {
    saga.payment = 'refunding';
    send(turn, 'payment.refund');
  }
}

function finish(turn: Turn): void {
  const { saga } = turn;
  const parcel = saga.shipment === 'clean' || isWithCustomer(saga);
  const clean = saga.stock === 'clean' && parcel && saga.payment === 'clean' && areSettled(saga);
  if (!clean) return;
  if (saga.state === 'REFUNDING') {
    if (saga.view.payment !== 'disputed') saga.view.payment = 'refunded';
    addStep(turn, 'refunded');
    enter(turn, 'REFUNDED');
    notify(turn, 'order-refunded');
  } else if (saga.state === 'CANCELLING') {
    const end = endOf(saga.view.reason?.code);
    enter(turn, end);
    addStep(turn, end === 'REJECTED' ? 'rejected' : 'cancelled');
    notify(turn, end === 'REJECTED' ? 'order-rejected' : 'order-cancelled');
  }
}
