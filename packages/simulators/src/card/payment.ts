import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Token, tokenEffects } from './tokens.ts';

const Minor = z.int().min(0);
export const DisputeState = z.enum(['opened', 'won', 'lost']);
export type DisputeState = z.infer<typeof DisputeState>;
const Dispute = z.object({ id: z.string(), state: DisputeState, amountMinor: Minor, at: z.string() });
export const Payment = z.object({
  id: z.string(),
  reference: z.string(),
  status: z.enum(['pending', 'action_required', 'authorised', 'declined', 'captured', 'voided']),
  amountMinor: Minor,
  currency: z.string(),
  token: z.string(),
  capturedMinor: Minor,
  refundedMinor: Minor,
  declineReason: z.string().optional(),
  /** Declined for good: the same shopper need not try again. */
  final: z.boolean().optional(),
  refunds: z.array(z.object({ id: z.string(), amountMinor: Minor, at: z.string() })),
  disputes: z.array(Dispute).default([]),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Payment = z.infer<typeof Payment>;

export type EntryKind =
  | 'authorised'
  | 'declined'
  | 'captured'
  | 'voided'
  | 'refunded'
  | 'pending'
  | 'action_required'
  | `dispute-${DisputeState}`;
export interface Change {
  kind: 'changed';
  payment: Payment;
  entry: { kind: EntryKind; amountMinor: number };
}
export interface Refused {
  kind: 'refused';
  status: 402 | 409;
  code: string;
  detail: string;
}

const refused = (code: string, detail: string, status: 402 | 409 = 409): Refused => ({
  kind: 'refused',
  status,
  code,
  detail,
});
const changed = (payment: Payment, kind: EntryKind, amountMinor: number): Change => ({
  kind: 'changed',
  payment: { ...payment, updatedAt: new Date().toISOString() },
  entry: { kind, amountMinor },
});
const declined = (payment: Payment, declineReason: string, final: boolean) =>
  changed({ ...payment, status: 'declined', declineReason, final }, 'declined', payment.amountMinor);
const authorised = (payment: Payment) =>
  changed({ ...payment, status: 'authorised' }, 'authorised', payment.amountMinor);

export type Wish = Pick<Payment, 'reference' | 'amountMinor' | 'currency'> & { token: Token };

export function authorisePayment(wish: Wish): Change {
  const now = new Date().toISOString();
  const payment: Payment = {
    id: `pay_${randomUUID()}`,
    ...wish,
    status: 'pending',
    capturedMinor: 0,
    refundedMinor: 0,
    refunds: [],
    disputes: [],
    createdAt: now,
    updatedAt: now,
  };
  const effect = tokenEffects[wish.token];
  switch (effect.first) {
    case 'authorised':
      return authorised(payment);
    case 'declined':
      return declined(payment, effect.reason, effect.final);
    default:
      return changed({ ...payment, status: effect.first }, effect.first, payment.amountMinor);
  }
}

/** The bank has made up its mind about a payment that was pending. */
export function decidePayment(payment: Payment): Change | Refused {
  return payment.status === 'pending' ? authorised(payment) : notNow(payment, 'decided');
}

export function confirmPayment(payment: Payment, outcome: 'approve' | 'fail'): Change | Refused {
  if (payment.status !== 'action_required') return notNow(payment, 'confirmed');
  return outcome === 'approve' ? authorised(payment) : declined(payment, 'authentication-failed', false);
}

export function capturePayment(payment: Payment, amountMinor = payment.amountMinor): Change | Refused {
  if (payment.status !== 'authorised') return notNow(payment, 'captured');
  if (amountMinor > payment.amountMinor)
    return refused('capture-too-large', `Only ${payment.amountMinor} is authorised`);
  if (payment.token === 'sim_capture_fails')
    return refused('capture-failed', 'The bank refused the capture', 402);
  return changed({ ...payment, status: 'captured', capturedMinor: amountMinor }, 'captured', amountMinor);
}

export function voidPayment(payment: Payment): Change | Refused {
  if (!['pending', 'action_required', 'authorised'].includes(payment.status))
    return notNow(payment, 'voided');
  return changed({ ...payment, status: 'voided' }, 'voided', payment.amountMinor);
}

export function refundPayment(payment: Payment, amountMinor: number): Change | Refused {
  if (payment.status !== 'captured') return notNow(payment, 'refunded');
  if (openDispute(payment)) return refused('payment-disputed', 'The bank decides about this money first');
  const leftMinor = keptMinor(payment);
  if (amountMinor > leftMinor) return refused('refund-too-large', `Only ${leftMinor} is left to refund`);
  const refundedMinor = payment.refundedMinor + amountMinor;
  const refund = { id: `ref_${randomUUID()}`, amountMinor, at: new Date().toISOString() };
  const refunds = [...payment.refunds, refund];
  return changed({ ...payment, refundedMinor, refunds }, 'refunded', amountMinor);
}

/** The cardholder's bank asks for what is left of the money (`opened`), then keeps it (`lost`) or not (`won`). */
export function disputePayment(payment: Payment, state: DisputeState): Change | Refused {
  if (payment.status !== 'captured') return notNow(payment, 'disputed');
  const at = new Date().toISOString();
  const open = openDispute(payment);
  if (state === 'opened') {
    const amountMinor = keptMinor(payment);
    if (open || amountMinor === 0) return refused('nothing-to-dispute', 'There is nothing left to dispute');
    const made = { id: `dis_${randomUUID()}`, state, amountMinor, at };
    return changed({ ...payment, disputes: [...payment.disputes, made] }, 'dispute-opened', amountMinor);
  }
  if (!open) return refused('no-open-dispute', 'No dispute is open');
  const disputes = payment.disputes.map((it) => (it === open ? { ...it, state, at } : it));
  return changed({ ...payment, disputes }, `dispute-${state}`, open.amountMinor);
}

const openDispute = ({ disputes }: Payment) => disputes.find(({ state }) => state === 'opened');
const keptMinor = ({ capturedMinor, refundedMinor, disputes }: Payment) =>
  disputes
    .filter(({ state }) => state === 'lost')
    .reduce((left, { amountMinor }) => left - amountMinor, capturedMinor - refundedMinor);

const notNow = ({ status }: Payment, verb: string) =>
  refused(`payment-${status.replace('_', '-')}`, `A payment that is ${status} cannot be ${verb}`);
