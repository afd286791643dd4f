import { type Hearing, hear } from './hearing.ts';
import type { Reply } from './messages.ts';
import type { SagaState } from './saga.ts';
import { addStep, callForAttention, enter, giveReason, notify, send, type Turn } from './turn.ts';
import { startCancelling } from './unwinding.ts';

/** A hold older than its lease is kept while the order is alive. */
const renewing: Hearing = {
  'stock.lease-expired.v1': (turn) => {
    if (turn.saga.stock === 'held') send(turn, 'stock.renew');
  },
};

const reserving: Hearing = {
  'stock.reserved.v1': (turn) => {
    turn.saga.stock = 'held';
    addStep(turn, 'stock-held');
    enter(turn, 'HOLDING');
    turn.saga.shipment = 'holding';
    send(turn, 'shipment.hold');
  },
  'stock.rejected.v1': (turn) => {
    const { saga } = turn;
    saga.undoing = true;
    saga.stock = 'clean';
    saga.shipment = 'clean';
    saga.payment = 'clean';
    giveReason(saga.view, 'out-of-stock');
    enter(turn, 'REJECTED');
    addStep(turn, 'rejected');
    notify(turn, 'order-rejected');
  },
};

const holding: Hearing = {
  ...renewing,
  'shipment.held.v1': (turn, { shipmentId }) => {
    const { saga } = turn;
    saga.shipment = 'held';
    saga.view.shipmentId = shipmentId;
    addStep(turn, 'delivery-booked');
    enter(turn, 'PAYING');
    saga.payment = 'authorising';
    saga.view.payment = 'authorising';
    send(turn, 'payment.authorise');
  },
  'shipment.hold-rejected.v1': (turn) => {
    turn.saga.shipment = 'clean';
    startCancelling(turn, 'delivery-unavailable');
  },
};

const paying: Hearing = {
  ...renewing,
  'payment.action-required.v1': (turn, { nextAction }) => {
    turn.saga.view.payment = 'action-required';
    addStep(turn, 'action-required');
    awaitCustomer(turn);
    turn.saga.view.nextAction = nextAction;
  },
  'payment.declined.v1': (turn, { final, reason }) => {
    const { saga } = turn;
    saga.view.payment = 'declined';
    addStep(turn, 'payment-declined');
    if (final) {
      saga.payment = 'clean';
      startCancelling(turn, 'payment-declined');
    } else {
      awaitCustomer(turn);
      saga.view.nextAction = { kind: 'choose-another-method', detail: reason };
    }
  },
  'payment.authorised.v1': (turn) => {
    turn.saga.payment = 'authorised';
    turn.saga.view.payment = 'authorised';
    addStep(turn, 'authorised');
    enter(turn, 'COMMITTING');
    turn.saga.stock = 'committing';
    send(turn, 'stock.commit');
  },
};

/** The window opens when the customer is first asked and is not extended by further tries. */
function awaitCustomer(turn: Turn): void {
  const { saga, timing } = turn;
  saga.payment = 'waiting';
  if (saga.customerUntil === undefined) {
    saga.customerUntil = new Date(Date.parse(turn.at) + timing.customerWindowMs).toISOString();
    notify(turn, 'payment-action');
  }
  enter(turn, 'AWAITING_CUSTOMER');
}

const committing: Hearing = {
  'stock.committed.v1': (turn) => {
    turn.saga.stock = 'committed';
    turn.saga.once.committed = true;
    addStep(turn, 'committed');
    enter(turn, 'CAPTURING');
    turn.saga.payment = 'capturing';
    send(turn, 'payment.capture');
  },
  'stock.commit-rejected.v1': (turn) => {
    turn.saga.stock = 'clean';
    startCancelling(turn, 'stock-lost');
  },
};

const capturing: Hearing = {
  'payment.captured.v1': (turn) => {
    const { saga } = turn;
    saga.payment = 'captured';
    saga.once.captured = true;
    saga.view.payment = 'captured';
    addStep(turn, 'captured');
    enter(turn, 'CONFIRMING');
    saga.shipment = 'confirming';
    send(turn, 'shipment.confirm');
  },
  'payment.capture-failed.v1': (turn) => {
    turn.saga.payment = 'authorised';
    turn.saga.view.payment = 'failed';
    startCancelling(turn, 'capture-failed');
  },
};

function ship(turn: Turn): void {
  if (turn.saga.state === 'SHIPPED') return;
  enter(turn, 'SHIPPED');
  addStep(turn, 'shipped');
  notify(turn, 'order-shipped');
}

const travelling: Hearing = {
  'shipment.dispatched.v1': ship,
  'shipment.in-transit.v1': (turn) => {
    ship(turn);
    addStep(turn, 'in-transit');
  },
  'shipment.delivered.v1': (turn) => {
    ship(turn);
    addStep(turn, 'delivered');
    enter(turn, 'COMPLETED');
    notify(turn, 'order-delivered');
  },
  'shipment.lost.v1': (turn) => callForAttention(turn, 'shipment-lost'),
};

function confirm(turn: Turn, { trackingCode }: { trackingCode: string }): void {
  turn.saga.shipment = 'confirmed';
  turn.saga.view.trackingCode = trackingCode;
  enter(turn, 'CONFIRMED');
  addStep(turn, 'confirmed');
  notify(turn, 'order-confirmed');
}

/** News of the parcel that overtook the confirmation implies it. */
const confirming: Hearing = {
  'shipment.confirmed.v1': confirm,
  'shipment.dispatched.v1': (turn, data) => {
    confirm(turn, data);
    hear(travelling, turn, { type: 'shipment.dispatched.v1', data });
  },
  'shipment.in-transit.v1': (turn, data) => {
    confirm(turn, data);
    hear(travelling, turn, { type: 'shipment.in-transit.v1', data });
  },
  'shipment.delivered.v1': (turn, data) => {
    confirm(turn, data);
    hear(travelling, turn, { type: 'shipment.delivered.v1', data });
  },
  'shipment.lost.v1': (turn, data) => {
    confirm(turn, data);
    hear(travelling, turn, { type: 'shipment.lost.v1', data });
  },
};

const byState: Readonly<Partial<Record<SagaState, Hearing>>> = {
  RESERVING: reserving,
  HOLDING: holding,
  PAYING: paying,
  AWAITING_CUSTOMER: paying,
  COMMITTING: committing,
  CAPTURING: capturing,
  CONFIRMING: confirming,
  CONFIRMED: travelling,
  SHIPPED: travelling,
};

/** A message while the saga goes forward. */
export function learnGoingForward(turn: Turn, message: Reply): void {
  hear(byState[turn.saga.state] ?? {}, turn, message);
}
