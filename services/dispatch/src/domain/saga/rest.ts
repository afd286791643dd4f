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
