import type { Saga } from './saga.ts';

/**
 * Minor units that were taken and that nobody has asked back yet. A part whose refund failed is still owed; what a lost
 * dispute took is gone.
 */
export function restOf({ terms, view, dispute }: Saga): number {
  const asked = (view.refunds ?? []).reduce((sum, { amount }) => sum + amount.amountMinor, 0);
  const lost = dispute?.state === 'lost' ? dispute.amountMinor : 0;
  return Math.max(0, terms.totalMinor - asked - lost);
}

/** Minor units an undone order still owes as a whole: nothing twice, and more again when the bank gives back what it took. */
export function owedOf(saga: Saga): number {
  const refunded = saga.refundedMinor ?? (saga.once.refunded ? saga.terms.totalMinor : 0);
  return Math.max(0, restOf(saga) - refunded);
}
