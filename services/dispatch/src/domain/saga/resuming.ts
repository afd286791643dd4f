import type { OrderStatus } from '@shopstack/contracts/order';
import { goOn } from './advancing.ts';
import { outstandingCommands } from './outstanding.ts';
import { askForPartsAnew } from './parts.ts';
import type { Saga, SagaState } from './saga.ts';
import { statusOfState } from './status.ts';
import { roundOfRefund, sendAgain, type Turn } from './turn.ts';
import { unwind } from './unwinding.ts';

/**
 * Back from ATTENTION to where the saga was: what is unanswered is asked again, what was refused is asked anew, and what
 * was answered in the meantime takes effect.
 */
export function resume(turn: Turn): void {
  const { saga } = turn;
  if (saga.state !== 'ATTENTION') return;
  leaveAttention(turn);
  for (const asking of outstandingCommands(saga)) sendAgain(turn, asking);
  askForPartsAnew(turn);
  if (saga.undoing) undoAnew(turn);
  else goOn(turn);
}

function undoAnew(turn: Turn): void {
  const { saga } = turn;
  if (saga.payment === 'stuck') {
    saga.payment = 'captured';
    saga.refundRound = roundOfRefund(saga) + 1;
  }
  if (saga.shipment === 'stuck') saga.shipment = 'confirmed';
  unwind(turn);
}

/** The shopper sees again what was seen before, the one time that a status is followed by one of a lower rank. */
function leaveAttention(turn: Turn): void {
  const { saga } = turn;
  const { from, status, reason } = saga.attention ?? guess(saga);
  const isTaken = from === 'CANCELLING' && saga.once.captured;
  saga.state = isTaken ? 'REFUNDING' : from;
  saga.view.status = isTaken ? 'refunding' : status;
  if (reason) saga.view.reason = reason;
  else delete saga.view.reason;
  delete saga.attention;
  turn.effects.push({ kind: 'status', status: saga.view.status });
}

/** For sagas from before it was written down where they came from. */
function guess(saga: Saga): NonNullable<Saga['attention']> {
  const from = stateByKnowledge(saga);
  const status: OrderStatus = statusOfState[from] ?? 'stock-reserved';
  return { from, status };
}

function stateByKnowledge({ undoing, once, shipment, stock }: Saga): SagaState {
  if (undoing) return once.captured ? 'REFUNDING' : 'CANCELLING';
  if (shipment === 'shipped' || shipment === 'delivered') return 'SHIPPED';
  if (shipment === 'confirmed') return 'CONFIRMED';
  if (shipment === 'confirming') return 'CONFIRMING';
  if (stock === 'committed') return 'CAPTURING';
  return stock === 'committing' ? 'COMMITTING' : 'PAYING';
}
