import {
  actionRequired,
  type Decision,
  givenUp,
  isTaken,
  type Outcome,
  type PaymentFacts,
} from './payment.ts';

/** A provider's word on a charge that is not under way any more. */
export type ChargeEnd = Extract<Outcome, { kind: 'done' | 'declined' | 'refused' | 'expired' }>;

const isUnderWay = ({ state }: PaymentFacts): boolean =>
  state === 'authorising' || state === 'action-required';

/** The customer is asked on the phone. Said once, and to nobody who does not want the money any more. */
export function whileWaiting(payment: PaymentFacts): Decision {
  if (payment.state !== 'authorising') return { state: payment.state };
  if (payment.voidRequested) return { state: 'action-required' };
  return { state: 'action-required', reply: actionRequired(payment) };
}

/**
 * Money that comes after the payment was given up must go back: the order says when. What comes a second time is not the
 * order's at all and goes back by itself.
 */
export function afterCharge(payment: PaymentFacts, amountMinor: number, outcome: ChargeEnd): Decision {
  if (outcome.kind !== 'done')
    return isUnderWay(payment) ? givenUp(payment, outcome) : { state: payment.state };
  if (isTaken(payment)) return { state: payment.state, start: 'refund' };
  if (!isUnderWay(payment)) return { state: 'captured', reply: { type: 'late-success', amountMinor } };
  return { state: 'captured', reply: payment.voidRequested ? { type: 'void-failed' } : { type: 'captured' } };
}
