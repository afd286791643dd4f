import { type Hearing, hear } from './hearing.ts';
import type { Reply } from './messages.ts';
import { addStep, type Turn } from './turn.ts';

function waitsNoMore({ saga }: Turn): void {
  if (saga.payment === 'authorising') saga.payment = 'waiting';
}

/** Answers are written down, nothing new is begun: from here on a person decides. */
const recording: Hearing = {
  'payment.authorised.v1': ({ saga }) => {
    if (saga.payment === 'authorising') saga.payment = 'authorised';
  },
  'payment.action-required.v1': waitsNoMore,
  'payment.declined.v1': waitsNoMore,
  'stock.committed.v1': ({ saga }) => {
    saga.once.committed = true;
    if (saga.stock === 'committing') saga.stock = 'committed';
  },
  'stock.commit-rejected.v1': ({ saga }) => {
    if (saga.stock === 'committing') saga.stock = 'clean';
  },
  'payment.captured.v1': (turn) => {
    turn.saga.once.captured = true;
    if (turn.saga.payment === 'capturing') turn.saga.payment = 'captured';
    turn.saga.view.payment = 'captured';
    addStep(turn, 'captured');
  },
  'payment.capture-failed.v1': ({ saga }) => {
    if (saga.payment === 'capturing') saga.payment = 'authorised';
  },
  'shipment.confirmed.v1': ({ saga }, { trackingCode }) => {
    if (saga.shipment === 'confirming') saga.shipment = 'confirmed';
    saga.view.trackingCode ??= trackingCode;
  },
  'shipment.delivered.v1': (turn) => addStep(turn, 'delivered'),
};

/** A message after a person was called while the saga was going forward. */
export function recordForAttention(turn: Turn, message: Reply): void {
  hear(recording, turn, message);
}
