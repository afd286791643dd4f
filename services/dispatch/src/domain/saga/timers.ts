import { outstandingCommands } from './outstanding.ts';
import type { Saga, TimerName } from './saga.ts';
import { callForAttention, send, type Turn } from './turn.ts';
import { startCancelling } from './unwinding.ts';

const later = (turn: Turn, ms: number) => new Date(Date.parse(turn.at) + ms).toISOString();

/** A timer that fell due; one set in an earlier state means nothing any more. */
export function fallDue(turn: Turn, timer: TimerName): void {
  const { saga } = turn;
  if (timer === 'resend') {
    for (const command of outstandingCommands(saga)) send(turn, command);
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
      if (turn.timing.deadlineMs[saga.state] !== undefined) callForAttention(turn, 'needs-support');
  }
}

/** Sets and clears the two timers of a saga by what changed in this turn. */
export function arm(turn: Turn, before: Saga, resent: boolean): void {
  const waitsFor = outstandingCommands(turn.saga);
  if (resent || waitsFor.join() !== outstandingCommands(before).join())
    armResend(turn, waitsFor.length, resent);
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

/** A finished saga has a deadline only while a late answer is being undone. */
const finished = ['REJECTED', 'CANCELLED', 'EXPIRED', 'REFUNDED'];
const deadlineKey = (saga: Saga) =>
  `${saga.state} ${finished.includes(saga.state) && outstandingCommands(saga).length > 0}`;

function armDeadline(turn: Turn): void {
  const { saga, timing, effects } = turn;
  const idle = finished.includes(saga.state) && outstandingCommands(saga).length === 0;
  const ms = idle ? undefined : timing.deadlineMs[saga.state];
  if (saga.state === 'AWAITING_CUSTOMER' && saga.customerUntil !== undefined)
    effects.push({ kind: 'set-timer', timer: 'deadline', at: saga.customerUntil });
  else if (ms === undefined) effects.push({ kind: 'clear-timer', timer: 'deadline' });
  else effects.push({ kind: 'set-timer', timer: 'deadline', at: later(turn, ms) });
}
