import type { NextAction, PaymentState } from '@shopstack/contracts/order';
import type { z } from 'zod';

export type State = z.infer<typeof PaymentState>;
/** What we ask a provider to do; each attempt is one key at the provider. */
export type AttemptKind = 'authorise' | 'confirm' | 'capture' | 'void' | 'refund';

/** What a provider made of an attempt. `unknown`: nobody knows yet, ask again before doing anything else. */
export type Outcome =
  | { kind: 'authorised'; providerId: string }
  | { kind: 'action-required'; providerId: string }
  | { kind: 'declined'; final: boolean; reason: string; providerId?: string | undefined }
  | { kind: 'done' }
  | { kind: 'refused'; reason: string }
  | { kind: 'unknown'; providerId?: string | undefined };
export type Resolved = Exclude<Outcome, { kind: 'unknown' }>;

export interface PaymentFacts {
  state: State;
  /** The order does not want the money any more: nothing may begin, what is under way is undone when it is known. */
  voidRequested: boolean;
  /** Authorise attempts so far. */
  tries: number;
  maxTries: number;
  amountMinor: number;
  capturedMinor: number;
  refundedMinor: number;
}
export type Reply =
  | { type: 'authorised' }
  | { type: 'action-required'; nextAction: NextAction }
  | { type: 'declined'; final: boolean; reason: string }
  | { type: 'captured' }
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

const confirmAction: NextAction = { kind: 'confirm', detail: 'Your bank asks you to confirm this payment.' };
const otherMethod: NextAction = { kind: 'choose-another-method', detail: 'Try another card.' };

/** What the customer has to do, if anything. */
export function nextAction(payment: PaymentFacts): NextAction | undefined {
  if (payment.voidRequested) return undefined;
  if (payment.state === 'action-required') return confirmAction;
  return mayTryAgain(payment) ? otherMethod : undefined;
}
/** After a soft decline, while tries are left. A final decline leaves none. */
export const mayTryAgain = (payment: PaymentFacts): boolean =>
  payment.state === 'declined' && !payment.voidRequested && payment.tries < payment.maxTries;

/** A provider's word on an authorisation (or on its confirmation by the customer). */
export function afterAuthorisation(payment: PaymentFacts, outcome: Resolved): Decision {
  switch (outcome.kind) {
    case 'authorised':
      if (payment.voidRequested) return { state: 'authorised', start: 'void' };
      return { state: 'authorised', reply: { type: 'authorised' } };
    case 'action-required':
      if (payment.voidRequested) return { state: 'action-required', start: 'void' };
      return { state: 'action-required', reply: { type: 'action-required', nextAction: confirmAction } };
    case 'declined':
    case 'refused': {
      if (payment.voidRequested) return { state: 'voided', reply: { type: 'voided' } };
      const final = (outcome.kind === 'declined' && outcome.final) || payment.tries >= payment.maxTries;
      return { state: 'declined', reply: { type: 'declined', final, reason: outcome.reason } };
    }
    case 'done':
      throw new Error('an authorisation is not answered with done');
    default:
      return outcome satisfies never;
  }
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
  const whole = payment.refundedMinor + amountMinor >= payment.capturedMinor;
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
      return { type: 'captured' };
    case 'voided':
      return { type: 'voided' };
    case 'action-required':
      return { type: 'action-required', nextAction: confirmAction };
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
export const isTaken = ({ state }: PaymentFacts): boolean => state === 'captured' || state === 'refunded';

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
  if (payment.state === 'declined' || payment.state === 'pending')
    return { state: 'voided', reply: { type: 'voided' } };
  return { state: payment.state, start: 'void' };
}

/** Why a refund is refused, if it is. `openMinor` are refunds under way. */
export function refundFault(
  payment: PaymentFacts,
  amountMinor: number,
  openMinor: number,
): string | undefined {
  if (!isTaken(payment)) return `the payment is ${payment.state}`;
  if (amountMinor < 1) return 'there is nothing to refund';
  const left = payment.capturedMinor - payment.refundedMinor - openMinor;
  return amountMinor > left ? `only ${left} are left to refund` : undefined;
}
