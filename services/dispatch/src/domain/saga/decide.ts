import { learnGoingForward } from './advancing.ts';
import { recordForAttention } from './attention.ts';
import type { Reply } from './messages.ts';
import type { Decision, Input, Saga, SagaState } from './saga.ts';
import { arm, fallDue } from './timers.ts';
import type { Timing } from './timing.ts';
import { addStep, send, type Turn } from './turn.ts';
import { learnWhileUndoing } from './undoing.ts';
import { startCancelling, startRefunding } from './unwinding.ts';

export interface Moment {
  /** RFC 3339. */
  at: string;
  timing: Timing;
}

/** A saga at its beginning and the first command. */
export function beginSaga(orderId: string, moment: Moment): Decision {
  const saga: Saga = {
    orderId,
    state: 'RESERVING',
    undoing: false,
    stock: 'idle',
    shipment: 'idle',
    payment: 'idle',
    once: { committed: false, captured: false, refunded: false },
    resends: 0,
    view: { status: 'placed', steps: [{ step: 'placed', at: moment.at }], payment: 'pending' },
  };
  const turn: Turn = { saga: { ...saga, stock: 'reserving' }, effects: [], ...moment };
  turn.effects.push({ kind: 'status', status: 'placed' });
  send(turn, 'stock.reserve');
  arm(turn, { ...saga, state: 'COMPLETED' }, false);
  return { saga: turn.saga, effects: turn.effects };
}

/**
 * What follows from a message, a cancellation or a timer. Total: every input is legal in every state, and what a state
 * does not wait for changes nothing. Pure: the same arguments give the same decision.
 */
export function decide(before: Saga, input: Input, moment: Moment): Decision {
  const turn: Turn = { saga: structuredClone(before), effects: [], ...moment };
  switch (input.kind) {
    case 'message':
      learn(turn, input.message);
      break;
    case 'cancel':
      if (cancellability(before.state) === 'open') cancel(turn, input.by);
      break;
    case 'timer':
      if (input.timer === 'deadline' && input.state !== before.state) return { saga: before, effects: [] };
      fallDue(turn, input.timer);
      break;
    default:
      input satisfies never;
  }
  arm(turn, before, input.kind === 'timer' && input.timer === 'resend');
  return { saga: turn.saga, effects: turn.effects };
}

function learn(turn: Turn, message: Reply): void {
  if (turn.saga.undoing) learnWhileUndoing(turn, message);
  else if (turn.saga.state === 'ATTENTION') recordForAttention(turn, message);
  else learnGoingForward(turn, message);
}

const shipped: readonly SagaState[] = ['SHIPPED', 'COMPLETED'];
const turned: readonly SagaState[] = ['CANCELLING', 'REFUNDING'];
const ended: readonly SagaState[] = ['REJECTED', 'CANCELLED', 'EXPIRED', 'REFUNDED', 'ATTENTION'];

/** `turned`: it is being undone already, asking again changes nothing. */
export function cancellability(state: SagaState): 'open' | 'turned' | 'shipped' | 'ended' {
  if (shipped.includes(state)) return 'shipped';
  if (turned.includes(state)) return 'turned';
  return ended.includes(state) ? 'ended' : 'open';
}

function cancel(turn: Turn, by: 'customer' | 'support'): void {
  addStep(turn, 'cancel-requested');
  const captureSent = ['CAPTURING', 'CONFIRMING', 'CONFIRMED'].includes(turn.saga.state);
  const reason = by === 'customer' ? 'cancelled-by-customer' : 'cancelled-by-support';
  if (captureSent) startRefunding(turn, reason);
  else startCancelling(turn, reason);
}
