import { learnGoingForward } from './advancing.ts';
import { learnAboutDispute } from './disputes.ts';
import type { Reply } from './messages.ts';
import { giveBack, learnAboutPart } from './parts.ts';
import { resume } from './resuming.ts';
import type { Decision, Input, Saga, SagaState, Terms } from './saga.ts';
import { arm, fallDue } from './timers.ts';
import type { Timing } from './timing.ts';
import { addStep, send, type Turn } from './turn.ts';
import { learnWhileUndoing } from './undoing.ts';
import { startCancelling, startRefunding, unwind } from './unwinding.ts';

export interface Moment {
  /** RFC 3339. */
  at: string;
  timing: Timing;
}

/** A saga at its beginning and the first command. */
export function beginSaga(begun: { orderId: string; terms: Terms }, moment: Moment): Decision {
  const saga: Saga = {
    ...begun,
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
  arm(turn, { ...saga, state: 'COMPLETED' });
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
    case 'give-back':
      giveBack(turn, input.refund, input.isLast);
      if (turn.saga.undoing) unwind(turn);
      break;
    case 'resume':
      resume(turn);
      break;
    case 'timer':
      if (input.timer === 'deadline' && input.state !== before.state) return { saga: before, effects: [] };
      fallDue(turn, input.timer);
      break;
    default:
      input satisfies never;
  }
  arm(turn, before, sentAgain(turn, input));
  return { saga: turn.saga, effects: turn.effects };
}

function sentAgain({ effects }: Turn, input: Input): 'by timer' | 'by a person' | undefined {
  if (input.kind === 'timer') return input.timer === 'resend' ? 'by timer' : undefined;
  return effects.some((it) => it.kind === 'send' && it.again) ? 'by a person' : undefined;
}

function learn(turn: Turn, message: Reply): void {
  if (message.type === 'payment.disputed.v1') {
    learnAboutDispute(turn, message.data);
    if (turn.saga.undoing) unwind(turn);
  } else if (learnAboutPart(turn, message)) {
    if (turn.saga.undoing) unwind(turn);
  } else if (turn.saga.undoing) learnWhileUndoing(turn, message);
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
  const { state, payment } = turn.saga;
  const captureSent = state === 'CAPTURING' || payment === 'captured';
  const reason = by === 'customer' ? 'cancelled-by-customer' : 'cancelled-by-support';
  if (captureSent) startRefunding(turn, reason);
  else startCancelling(turn, reason);
}
