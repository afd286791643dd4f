import { type Hearing, hear } from './hearing.ts';
import type { Reply } from './messages.ts';
import type { OrderView } from './saga.ts';
import { addStep, callForAttention, notify, roundOfStock, send, type Turn } from './turn.ts';

/** An answer to an earlier reservation says nothing about this one. */
const isFresh = ({ saga }: Turn, { round }: { round: number }): boolean => round >= roundOfStock(saga);

const stock: Hearing = {
  'stock.reserved.v1': (turn, data) => {
    if (turn.saga.stock !== 'reserving' || !isFresh(turn, data)) return;
    turn.saga.stock = 'held';
    addStep(turn, 'stock-held');
  },
  'stock.rejected.v1': (turn, data) => {
    if (turn.saga.stock === 'reserving' && isFresh(turn, data)) turn.saga.stock = 'clean';
  },
  'stock.committed.v1': (turn) => {
    const { saga } = turn;
    // Goods that were sold on an earlier request are sold, also while they are being asked for again.
    if (saga.stock !== 'committing' && !(saga.stock === 'reserving' && roundOfStock(saga) > 1)) return;
    saga.stock = 'committed';
    saga.once.committed = true;
    addStep(turn, 'committed');
  },
  'stock.commit-rejected.v1': (turn, data) => {
    if (turn.saga.stock === 'committing' && isFresh(turn, data)) turn.saga.stock = 'clean';
  },
  /** A hold older than its lease is kept while the order is alive. */
  'stock.lease-expired.v1': (turn) => {
    if (turn.saga.stock === 'held') send(turn, 'stock.renew');
  },
};

const isBeingPaid = ({ saga }: Turn): boolean =>
  saga.payment === 'authorising' || saga.payment === 'charging' || saga.payment === 'waiting';

function moneyIsTaken(turn: Turn): void {
  const { saga } = turn;
  if (!isBeingPaid(turn) && saga.payment !== 'capturing') return;
  saga.payment = 'captured';
  saga.once.captured = true;
  saga.view.payment = 'captured';
  addStep(turn, 'captured');
}

/** One letter is enough, and whoever is asked on the phone is asked already. */
function askCustomer(turn: Turn, nextAction: NonNullable<OrderView['nextAction']>): void {
  const { saga } = turn;
  const isTold = saga.view.nextAction !== undefined && saga.view.nextAction.kind !== 'confirm-on-phone';
  saga.payment = 'waiting';
  saga.view.nextAction = nextAction;
  if (!isTold && nextAction.kind !== 'confirm-on-phone') notify(turn, 'payment-action');
}

const payment: Hearing = {
  'payment.action-required.v1': (turn, { nextAction }) => {
    if (!isBeingPaid(turn)) return;
    turn.saga.view.payment = 'action-required';
    askCustomer(turn, nextAction);
    addStep(turn, 'action-required');
  },
  'payment.declined.v1': (turn, { final, reason, tries = 1 }) => {
    if (!isBeingPaid(turn)) return;
    const { triesDeclined = 0 } = turn.saga;
    turn.saga.view.payment = 'declined';
    addStep(turn, 'payment-declined', tries > triesDeclined);
    turn.saga.triesDeclined = Math.max(tries, triesDeclined);
    if (final) turn.saga.payment = 'clean';
    else askCustomer(turn, { kind: 'choose-another-method', detail: reason });
  },
  'payment.expired.v1': (turn, { reason }) => {
    if (!isBeingPaid(turn)) return;
    turn.saga.view.payment = 'expired';
    askCustomer(turn, { kind: 'choose-another-method', detail: reason });
  },
  'payment.authorised.v1': (turn) => {
    if (!isBeingPaid(turn)) return;
    turn.saga.payment = 'authorised';
    turn.saga.view.payment = 'authorised';
    addStep(turn, 'authorised');
  },
  'payment.captured.v1': moneyIsTaken,
  'payment.late-success.v1': moneyIsTaken,
  'payment.capture-failed.v1': ({ saga }) => {
    if (saga.payment !== 'capturing') return;
    saga.payment = 'authorised';
    saga.view.payment = 'failed';
  },
};

function parcelHasLeft(turn: Turn, { trackingCode }: { trackingCode: string }): void {
  const { saga } = turn;
  if (saga.shipment !== 'confirming' && saga.shipment !== 'confirmed') return;
  saga.shipment = 'shipped';
  saga.view.trackingCode ??= trackingCode;
}

/** News of the parcel that overtook the confirmation implies it. */
const shipment: Hearing = {
  'shipment.held.v1': (turn, { shipmentId }) => {
    if (turn.saga.shipment !== 'holding') return;
    turn.saga.shipment = 'held';
    turn.saga.view.shipmentId = shipmentId;
    addStep(turn, 'delivery-booked');
  },
  'shipment.hold-rejected.v1': ({ saga }) => {
    if (saga.shipment === 'holding') saga.shipment = 'clean';
  },
  'shipment.confirmed.v1': ({ saga }, { trackingCode }) => {
    if (saga.shipment !== 'confirming') return;
    saga.shipment = 'confirmed';
    saga.view.trackingCode = trackingCode;
  },
  'shipment.dispatched.v1': parcelHasLeft,
  'shipment.in-transit.v1': parcelHasLeft,
  'shipment.delivered.v1': (turn, data) => {
    parcelHasLeft(turn, data);
    if (turn.saga.shipment === 'shipped') turn.saga.shipment = 'delivered';
  },
  'shipment.lost.v1': ({ saga }, { trackingCode }) => {
    if (saga.shipment !== 'confirming') return;
    saga.shipment = 'confirmed';
    saga.view.trackingCode ??= trackingCode;
  },
};

const knowing: Hearing = { ...stock, ...payment, ...shipment };

/** Writes down what a participant told while the order goes forward; what nobody waits for changes nothing. */
export function writeDown(turn: Turn, message: Reply): void {
  hear(knowing, turn, message);
}

/** What is told to the customer after everything else that follows from the message. */
const afterwards: Hearing = {
  'shipment.in-transit.v1': (turn) => {
    if (turn.saga.shipment === 'shipped') addStep(turn, 'in-transit');
  },
  'shipment.lost.v1': (turn) => {
    const { shipment: known } = turn.saga;
    if (known === 'confirmed' || known === 'shipped') callForAttention(turn, 'shipment-lost');
  },
};
export function writeDownAfterwards(turn: Turn, message: Reply): void {
  hear(afterwards, turn, message);
}
