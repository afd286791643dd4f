import type { SagaState } from './saga.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export interface Timing {
  /** Waits before an unanswered command is sent again; the last one repeats. */
  resendMs: readonly number[];
  /** The wait between re-sends once a person was called. */
  attentionResendMs: number;
  /** How long a state may last. States without one wait for the world outside. */
  deadlineMs: Readonly<Partial<Record<SagaState, number>>>;
  /** From the first decline or request for confirmation until the order is given up. */
  customerWindowMs: number;
  /** The same for mobile wallets: whoever confirms on the phone does it soon or not at all. */
  mobileWindowMs: number;
  /** How often a customer may try to pay. */
  paymentAttempts: number;
}

export const defaultTiming: Timing = {
  resendMs: [2 * SECOND, 5 * SECOND, 15 * SECOND, 30 * SECOND, 60 * SECOND],
  attentionResendMs: 15 * MINUTE,
  deadlineMs: {
    RESERVING: 10 * MINUTE,
    HOLDING: 10 * MINUTE,
    PAYING: 24 * HOUR,
    COMMITTING: 24 * HOUR,
    CAPTURING: 24 * HOUR,
    CONFIRMING: HOUR,
    CONFIRMED: 24 * HOUR,
    SHIPPED: 24 * HOUR,
    COMPLETED: 24 * HOUR,
    CANCELLING: HOUR,
    REFUNDING: 24 * HOUR,
    REJECTED: HOUR,
    CANCELLED: HOUR,
    EXPIRED: HOUR,
    REFUNDED: HOUR,
  },
  customerWindowMs: 30 * MINUTE,
  mobileWindowMs: 5 * MINUTE,
  paymentAttempts: 3,
};
