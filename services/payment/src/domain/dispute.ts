import type { Dispute, PaymentFacts, State } from './payment.ts';

/** Whether a dispute's state is news. What was decided is not opened again. */
export const isNews = (known: Dispute['state'] | undefined, now: Dispute['state']): boolean =>
  known === undefined || (known === 'opened' && now !== 'opened');

/** The payment after the news: money lost stays lost, money won is ours as before. */
export function afterDispute(
  payment: PaymentFacts,
  { state, amountMinor }: Dispute,
): { state: State; lostMinor: number } {
  const { lostMinor } = payment;
  if (state === 'won') return { state: 'captured', lostMinor };
  return { state: 'disputed', lostMinor: state === 'lost' ? lostMinor + amountMinor : lostMinor };
}
