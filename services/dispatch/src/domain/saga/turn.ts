import type { OrderStep } from '@shopstack/contracts/order';
import type { CommandName } from './messages.ts';
import type { Effect, OrderView, ReasonCode, Saga, SagaState, Template } from './saga.ts';
import { rankOf, reasonText, statusOfState } from './status.ts';
import type { Timing } from './timing.ts';

/** One decision in the making: `saga` is a copy that may be changed. */
export interface Turn {
  saga: Saga;
  effects: Effect[];
  /** RFC 3339. */
  at: string;
  timing: Timing;
}

/** The card plan asks for every step once, except for voids; a command that is sent again keeps its round. */
export function send(turn: Turn, command: CommandName): void {
  const round = command === 'payment.void' ? roundOfVoid(turn.saga) : 1;
  turn.effects.push({ kind: 'send', command, round });
}

export const roundOfVoid = ({ voidRound }: Saga): number => voidRound ?? 1;

export function notify(turn: Turn, template: Template): void {
  turn.effects.push({ kind: 'notify', template });
}

/** Each step is told once, when it first happened. */
export function addStep(turn: Turn, step: OrderStep): void {
  const { steps } = turn.saga.view;
  if (!steps.some((it) => it.step === step)) steps.push({ step, at: turn.at });
}

/** The only place where state and status change; a status of a lower rank is never shown after a higher one. */
export function enter(turn: Turn, state: SagaState): void {
  const { saga } = turn;
  saga.state = state;
  if (state !== 'AWAITING_CUSTOMER') delete saga.view.nextAction;
  const status = statusOfState[state];
  if (status === undefined || rankOf(status) <= rankOf(saga.view.status)) return;
  saga.view.status = status;
  turn.effects.push({ kind: 'status', status });
}

/** The first reason stays, except that a call for a person says why it is made. */
export function giveReason(view: OrderView, code: ReasonCode): void {
  view.reason ??= { code, message: reasonText[code] };
}

/** A person has to look at it. Nothing leaves this state by itself. */
export function callForAttention(turn: Turn, code: ReasonCode): void {
  if (turn.saga.state === 'ATTENTION') return;
  turn.saga.view.reason = { code, message: reasonText[code] };
  enter(turn, 'ATTENTION');
  addStep(turn, 'attention-required');
}
