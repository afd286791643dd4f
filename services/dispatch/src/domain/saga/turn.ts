import type { OrderStep } from '@shopstack/contracts/order';
import type { Asking, Effect, OrderView, ReasonCode, Saga, SagaState, Template } from './saga.ts';
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

export function send(turn: Turn, command: Asking['command'], part?: string): void {
  turn.effects.push(sendingOf(turn.saga, part === undefined ? { command } : { command, part }));
}

/** The same question in the same round. */
export function sendAgain(turn: Turn, asking: Asking): void {
  turn.effects.push({ ...sendingOf(turn.saga, asking), again: true });
}

function sendingOf(saga: Saga, asking: Asking): Extract<Effect, { kind: 'send' }> {
  const isWholeRefund = asking.command === 'payment.refund' && asking.part === undefined;
  const amount = isWholeRefund ? { amountMinor: saga.refundMinor ?? saga.terms.totalMinor } : {};
  return { kind: 'send', ...asking, round: roundOf(saga, asking), ...amount };
}

/** Most is asked for once per order; a command that is sent again keeps its round. */
function roundOf(saga: Saga, { command, part }: Asking): number {
  if (part !== undefined) return saga.parts?.find(({ id }) => id === part)?.round ?? 1;
  if (command === 'payment.void') return roundOfVoid(saga);
  if (command === 'payment.refund') return roundOfRefund(saga);
  return command.startsWith('stock.') ? roundOfStock(saga) : 1;
}
export const roundOfStock = ({ stockRound }: Saga): number => stockRound ?? 1;
export const roundOfVoid = ({ voidRound }: Saga): number => voidRound ?? 1;
export const roundOfRefund = ({ refundRound }: Saga): number => refundRound ?? 1;

export function notify(turn: Turn, template: Template, about?: string): void {
  turn.effects.push({ kind: 'notify', template, ...(about === undefined ? {} : { about }) });
}

/** A step is told when it first happened, and when it `happenedAgain`. */
export function addStep(turn: Turn, step: OrderStep, happenedAgain = false): void {
  const { steps } = turn.saga.view;
  if (happenedAgain || !steps.some((it) => it.step === step)) steps.push({ step, at: turn.at });
}

/**
 * The only place where state and status change, beside the way back from ATTENTION; a status of a lower rank is never
 * shown after a higher one.
 */
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
  const { saga } = turn;
  if (saga.state === 'ATTENTION') return;
  const { status, reason } = saga.view;
  saga.attention = { from: saga.state, status, ...(reason ? { reason } : {}) };
  saga.view.reason = { code, message: reasonText[code] };
  enter(turn, 'ATTENTION');
  addStep(turn, 'attention-required');
}
