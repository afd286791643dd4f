import type { NextAction, PaymentState } from '@shopstack/contracts/order';
import type { z } from 'zod';

export type State = z.infer<typeof PaymentState>;
/** What we ask a provider to do; each attempt is one key at the provider. `dispute` only looks. */
export type AttemptKind = 'authorise' | 'confirm' | 'capture' | 'void' | 'charge' | 'refund' | 'dispute';
/** Cards are reserved first and taken later, mobile money is taken at once when the customer agrees on the phone. */
export type MethodKind = 'card' | 'mobile-money';

/**
 * What a provider made of an attempt. `unknown`: nobody knows yet, ask again before doing anything else. `waiting`: the
 * customer is being asked. `unheard`: the provider never heard of it and will not any more, ask afresh. `expired` with
 * `watch`: given up, but the provider may still say otherwise. `done` with `receipts`: one of them is this attempt's.
 */
export type Outcome =
  | { kind: 'authorised'; providerId: string }
  | { kind: 'action-required'; providerId: string }
  | { kind: 'declined'; final: boolean; reason: string; providerId?: string | undefined }
  | { kind: 'done'; providerId?: string | undefined; receipts?: readonly string[] }
  | { kind: 'refused'; reason: string }
  | { kind: 'expired'; reason: string; watch: boolean }
  | { kind: 'disputes'; disputes: readonly Dispute[] }
  | { kind: 'waiting'; checkoutId: string; lookAgainAt: Date }
  | { kind: 'unheard' }
  | { kind: 'unknown'; providerId?: string | undefined; lookAgainAt?: Date };
export type Resolved = Exclude<Outcome, { kind: 'unknown' | 'waiting' | 'unheard' | 'expired' | 'disputes' }>;
export interface Dispute {
  id: string;
  state: 'opened' | 'won' | 'lost';
  amountMinor: number;
}

export interface PaymentFacts {
  kind: MethodKind;
  state: State;
  /** The order does not want the money any more: nothing may begin, what is under way is undone when it is known. */
  voidRequested: boolean;
  /** Tries with a card or a phone so far. */
  tries: number;
  maxTries: number;
  amountMinor: number;
  capturedMinor: number;
  refundedMinor: number;
  /** What a bank took back after a dispute. */
  lostMinor: number;
  /** The money came after the payment had been given up. */
  late: boolean;
}
export type Reply =
  | { type: 'authorised' }
  | { type: 'action-required'; nextAction: NextAction }
  | { type: 'declined'; final: boolean; reason: string }
  | { type: 'captured' }
  | { type: 'expired'; reason: string }
  | { type: 'late-success'; amountMinor: number }
  | { type: 'capture-failed'; reason: string }
  | { type: 'voided' }
  | { type: 'void-failed' }
  | { type: 'refunded' }
  | { type: 'refund-failed'; reason: string };
export interface Decision {
  state: State;
  reply?: Reply;
  /** What to ask the provider next. */
  start?: AttemptKind;
}

const confirmActions: Record<MethodKind, NextAction> = {
  card: { kind: 'confirm', detail: 'Your bank asks you to confirm this payment.' },
  'mobile-money': { kind: 'confirm-on-phone', detail: 'Confirm the payment on your phone.' },
};
const otherMethods: Record<MethodKind, NextAction> = {
  card: { kind: 'choose-another-method', detail: 'Try another card.' },
  'mobile-money': { kind: 'choose-another-method', detail: 'Try again, with this phone or another.' },
};
const confirmAction = ({ kind }: PaymentFacts) => confirmActions[kind];
/** Asks the customer to confirm. */
export const actionRequired = (payment: PaymentFacts): Reply => ({
  type: 'action-required',
  nextAction: confirmAction(payment),
});

/** What the customer has to do, if anything. */
export function nextAction(payment: PaymentFacts): NextAction | undefined {
  if (payment.voidRequested) return undefined;
  if (payment.state === 'action-required') return confirmAction(payment);
  return mayTryAgain(payment) ? otherMethods[payment.kind] : undefined;
}
/** After a soft decline or an expiry, while tries are left. A final decline leaves none. */
export const mayTryAgain = (payment: PaymentFacts): boolean =>
  (payment.state === 'declined' || payment.state === 'expired') &&
  !payment.voidRequested &&
  payment.tries < payment.maxTries;

/** A provider's word on an authorisation (or on its confirmation by the customer). */
export function afterAuthorisation(payment: PaymentFacts, outcome: Resolved): Decision {
  switch (outcome.kind) {
    case 'authorised':
      if (payment.voidRequested) return { state: 'authorised', start: 'void' };
      return { state: 'authorised', reply: { type: 'authorised' } };
    case 'action-required':
      if (payment.voidRequested) return { state: 'action-required', start: 'void' };
      return { state: 'action-required', reply: actionRequired(payment) };
    case 'declined':
    case 'refused':
      return givenUp(payment, outcome);
    case 'done':
      throw new Error('an authorisation is not answered with done');
    default:
      return outcome satisfies never;
  }
}

/** Nothing was taken: another try, or the end. */
export function givenUp(payment: PaymentFacts, outcome: Extract<Outcome, { reason: string }>): Decision {
  if (payment.voidRequested) return { state: 'voided', reply: { type: 'voided' } };
  const { reason } = outcome;
  const final = (outcome.kind === 'declined' && outcome.final) || payment.tries >= payment.maxTries;
  if (outcome.kind !== 'expired' || final)
    return { state: 'declined', reply: { type: 'declined', final, reason } };
  return { state: 'expired', reply: { type: 'expired', reason } };
}

/** A provider's word on a capture. */
export function afterCapture(payment: PaymentFacts, outcome: Resolved): Decision {
  if (outcome.kind === 'done') {
    return {
      state: 'captured',
      reply: payment.voidRequested ? { type: 'void-failed' } : { type: 'captured' },
    };
  }
  const reason = 'reason' in outcome ? outcome.reason : outcome.kind;
  if (payment.voidRequested) return { state: 'failed', start: 'void' };
  return { state: 'failed', reply: { type: 'capture-failed', reason } };
}

/** A provider's word on letting go: refused means that the money was taken already. */
export const afterVoid = (outcome: Resolved): Decision =>
  outcome.kind === 'done'
    ? { state: 'voided', reply: { type: 'voided' } }
    : { state: 'captured', reply: { type: 'void-failed' } };

export function afterRefund(payment: PaymentFacts, amountMinor: number, outcome: Resolved): Decision {
  if (outcome.kind !== 'done') {
    return {
      state: payment.state,
      reply: { type: 'refund-failed', reason: 'reason' in outcome ? outcome.reason : outcome.kind },
    };
  }
  const whole = payment.refundedMinor + payment.lostMinor + amountMinor >= payment.capturedMinor;
  return { state: whole ? 'refunded' : payment.state, reply: { type: 'refunded' } };
}

/** What a repeated `authorise` finds: the answer that stands, or nothing while it is being worked out. */
export function standing(payment: PaymentFacts, lastReason: string | null): Reply | undefined {
  if (payment.voidRequested && payment.state !== 'voided' && !isTaken(payment)) return undefined;
  switch (payment.state) {
    case 'authorised':
      return { type: 'authorised' };
    case 'captured':
    case 'refunded':
    case 'disputed':
      return payment.late ? { type: 'late-success', amountMinor: payment.amountMinor } : { type: 'captured' };
    case 'voided':
      return { type: 'voided' };
    case 'expired':
      return { type: 'expired', reason: lastReason ?? 'expired' };
    case 'action-required':
      return actionRequired(payment);
    case 'declined':
      return { type: 'declined', final: !mayTryAgain(payment), reason: lastReason ?? 'declined' };
    case 'failed':
      return { type: 'capture-failed', reason: lastReason ?? 'capture failed' };
    case 'pending':
    case 'authorising':
      return undefined;
    default:
      return payment.state satisfies never;
  }
}

/** The money was taken, whether or not some of it went back. */
export const isTaken = ({ state }: PaymentFacts): boolean =>
  state === 'captured' || state === 'refunded' || state === 'disputed';

/** What a `capture` finds. `open` says whether one is under way. */
export function onCapture(
  payment: PaymentFacts,
  { open, lastReason }: { open: boolean; lastReason: string | null },
): Decision {
  if (isTaken(payment)) return { state: payment.state, reply: { type: 'captured' } };
  if (payment.state === 'authorised' && !payment.voidRequested) {
    return open ? { state: 'authorised' } : { state: 'authorised', start: 'capture' };
  }
  if (payment.state === 'authorising') return { state: payment.state };
  const reason = (payment.state === 'failed' && lastReason) || `the payment is ${payment.state}`;
  return { state: payment.state, reply: { type: 'capture-failed', reason } };
}

/** What a `void` finds. With an attempt under way it waits: an unknown outcome is looked up before it is undone. */
export function onVoid(payment: PaymentFacts, attemptOpen: boolean): Decision {
  if (isTaken(payment)) return { state: payment.state, reply: { type: 'void-failed' } };
  if (payment.state === 'voided') return { state: 'voided', reply: { type: 'voided' } };
  if (attemptOpen) return { state: payment.state };
  if (['declined', 'expired', 'pending'].includes(payment.state))
    return { state: 'voided', reply: { type: 'voided' } };
  return { state: payment.state, start: 'void' };
}

/** Why a refund is refused, if it is. `openMinor` are refunds under way. */
export function refundFault(
  payment: PaymentFacts,
  amountMinor: number,
  openMinor: number,
): string | undefined {
  if (!isTaken(payment) || payment.state === 'disputed') return `the payment is ${payment.state}`;
  if (amountMinor < 1) return 'there is nothing to refund';
  const left = payment.capturedMinor - payment.refundedMinor - payment.lostMinor - openMinor;
  return amountMinor > left ? `only ${left} are left to refund` : undefined;
}
