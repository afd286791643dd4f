import { outstandingCommands } from './outstanding.ts';
import type { Saga, SagaState, TimerName } from './saga.ts';
import { callForAttention, sendAgain, type Turn } from './turn.ts';
import { startCancelling } from './unwinding.ts';

const later = (turn: Turn, ms: number) => new Date(Date.parse(turn.at) + ms).toISOString();

/** A timer that fell due; one set in an earlier state means nothing any more. */
export function fallDue(turn: Turn, timer: TimerName): void {
  const { saga } = turn;
  if (timer === 'resend') {
    for (const asking of outstandingCommands(saga)) sendAgain(turn, asking);
    saga.resends += 1;
    return;
  }
  switch (saga.state) {
    case 'RESERVING':
    case 'HOLDING':
      startCancelling(turn, 'timed-out');
      break;
    case 'AWAITING_CUSTOMER':
      startCancelling(turn, 'payment-expired');
      break;
    default:
      if (!isIdle(saga) && turn.timing.deadlineMs[saga.state] !== undefined)
        callForAttention(turn, 'needs-support');
  }
}

/** Sets and clears the two timers of a saga by what changed in this turn, or was sent again in it. */
export function arm(turn: Turn, before: Saga, again?: 'by timer' | 'by a person'): void {
  const waitsFor = outstandingCommands(turn.saga);
  if (again !== undefined || JSON.stringify(waitsFor) !== JSON.stringify(outstandingCommands(before)))
    armResend(turn, waitsFor.length, again === 'by timer');
  if (deadlineKey(turn.saga) !== deadlineKey(before)) armDeadline(turn);
}

function armResend(turn: Turn, outstanding: number, resent: boolean): void {
  const { saga, timing, effects } = turn;
  if (!resent) saga.resends = 0;
  if (outstanding === 0) {
    effects.push({ kind: 'clear-timer', timer: 'resend' });
    return;
  }
  const backoff = timing.resendMs[Math.min(saga.resends, timing.resendMs.length - 1)] ?? 60_000;
  const ms = saga.state === 'ATTENTION' ? timing.attentionResendMs : backoff;
  effects.push({ kind: 'set-timer', timer: 'resend', at: later(turn, ms) });
}

/** Such a saga has a deadline only while something is asked: a late answer is undone, or a part goes back. */
const resting: readonly SagaState[] = [
  'CONFIRMED',
  'SHIPPED',
  'COMPLETED',
  'REJECTED',
  'CANCELLED',
  'EXPIRED',
  'REFUNDED',
];
const isIdle = (saga: Saga): boolean =>
  resting.includes(saga.state) && outstandingCommands(saga).length === 0;
const deadlineKey = (saga: Saga) => `${saga.state} ${isIdle(saga)}`;

function armDeadline(turn: Turn): void {
  const { saga, timing, effects } = turn;
  const ms = isIdle(saga) ? undefined : timing.deadlineMs[saga.state];
  if (saga.state === 'AWAITING_CUSTOMER' && saga.customerUntil !== undefined)
    effects.push({ kind: 'set-timer', timer: 'deadline', at: saga.customerUntil });
  else if (ms === undefined) effects.push({ kind: 'clear-timer', timer: 'deadline' });
  else effects.push({ kind: 'set-timer', timer: 'deadline', at: later(turn, ms) });
}
