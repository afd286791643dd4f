import { writeDown, writeDownAfterwards } from './knowledge.ts';
import type { Reply } from './messages.ts';
import type { SagaState } from './saga.ts';
import { addStep, enter, giveReason, notify, roundOfStock, send, type Turn } from './turn.ts';
import { startCancelling, startRefunding } from './unwinding.ts';

function afterReserving(turn: Turn): void {
  const { saga } = turn;
  if (saga.stock === 'clean') reject(turn);
  if (saga.stock !== 'held') return;
  enter(turn, 'HOLDING');
  saga.shipment = 'holding';
  send(turn, 'shipment.hold');
}

/** Nothing was done yet, so there is nothing to undo. */
function reject(turn: Turn): void {
  const { saga } = turn;
  saga.undoing = true;
  saga.shipment = 'clean';
  saga.payment = 'clean';
  giveReason(saga.view, 'out-of-stock');
  enter(turn, 'REJECTED');
  addStep(turn, 'rejected');
  notify(turn, 'order-rejected');
}

function afterHolding(turn: Turn): void {
  const { saga } = turn;
  if (saga.shipment === 'clean') startCancelling(turn, 'delivery-unavailable');
  if (saga.shipment !== 'held') return;
  enter(turn, 'PAYING');
  saga.view.payment = 'authorising';
  const takesAtOnce = saga.terms.plan === 'mobile-money';
  saga.payment = takesAtOnce ? 'charging' : 'authorising';
  send(turn, takesAtOnce ? 'payment.charge' : 'payment.authorise');
}

/** What was answered decides, not what was asked for: a customer may turn to another method. */
function afterPaying(turn: Turn): void {
  const { saga } = turn;
  if (saga.payment === 'clean') startCancelling(turn, 'payment-declined');
  else if (saga.payment === 'waiting') awaitCustomer(turn);
  else if (saga.payment === 'authorised' || saga.payment === 'captured') enter(turn, 'COMMITTING');
}

/** The window opens when the customer is first asked and is not extended by further tries. */
function awaitCustomer(turn: Turn): void {
  const { saga, timing } = turn;
  const windowMs = saga.terms.plan === 'card' ? timing.customerWindowMs : timing.mobileWindowMs;
  saga.customerUntil ??= new Date(Date.parse(turn.at) + windowMs).toISOString();
  enter(turn, 'AWAITING_CUSTOMER');
}

function whileCommitting(turn: Turn): void {
  const { saga } = turn;
  if (saga.stock === 'clean') afterLosingGoods(turn);
  else if (saga.stock === 'held') {
    saga.stock = 'committing';
    send(turn, 'stock.commit');
  } else if (saga.stock === 'committed') afterCommitting(turn);
}

function afterCommitting(turn: Turn): void {
  const { saga } = turn;
  if (saga.payment === 'captured') startConfirming(turn);
  else {
    enter(turn, 'CAPTURING');
    saga.payment = 'capturing';
    send(turn, 'payment.capture');
  }
}

/** Money that was taken is not given back before the goods were asked for once more. */
function afterLosingGoods(turn: Turn): void {
  const { saga } = turn;
  if (saga.payment !== 'captured') startCancelling(turn, 'stock-lost');
  else if (roundOfStock(saga) > 1) startRefunding(turn, 'stock-lost');
  else {
    saga.stockRound = 2;
    saga.stock = 'reserving';
    send(turn, 'stock.reserve');
  }
}

function afterCapturing(turn: Turn): void {
  if (turn.saga.payment === 'authorised') startCancelling(turn, 'capture-failed');
  else if (turn.saga.payment === 'captured') startConfirming(turn);
}

function startConfirming(turn: Turn): void {
  enter(turn, 'CONFIRMING');
  turn.saga.shipment = 'confirming';
  send(turn, 'shipment.confirm');
}

function afterConfirming(turn: Turn): void {
  if (turn.saga.shipment === 'confirming') return;
  enter(turn, 'CONFIRMED');
  addStep(turn, 'confirmed');
  notify(turn, 'order-confirmed');
}

function afterConfirmed(turn: Turn): void {
  if (turn.saga.shipment === 'confirmed') return;
  enter(turn, 'SHIPPED');
  addStep(turn, 'shipped');
  notify(turn, 'order-shipped');
}

function afterShipped(turn: Turn): void {
  if (turn.saga.shipment !== 'delivered') return;
  addStep(turn, 'delivered');
  enter(turn, 'COMPLETED');
  notify(turn, 'order-delivered');
}

const next: Readonly<Partial<Record<SagaState, (turn: Turn) => void>>> = {
  RESERVING: afterReserving,
  HOLDING: afterHolding,
  PAYING: afterPaying,
  AWAITING_CUSTOMER: afterPaying,
  COMMITTING: whileCommitting,
  CAPTURING: afterCapturing,
  CONFIRMING: afterConfirming,
  CONFIRMED: afterConfirmed,
  SHIPPED: afterShipped,
};

/** Goes as far as what is known allows. In ATTENTION nothing is begun: a person decides when to go on. */
export function goOn(turn: Turn): void {
  for (let before: SagaState | undefined; before !== turn.saga.state; ) {
    before = turn.saga.state;
    next[before]?.(turn);
  }
}

/** A message while the saga goes forward. */
export function learnGoingForward(turn: Turn, message: Reply): void {
  writeDown(turn, message);
  goOn(turn);
  writeDownAfterwards(turn, message);
}
