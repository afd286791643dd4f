import type { Outcome, Resolved } from '../domain/payment.ts';
import type { AttemptRecord } from '../store/attempts.ts';
import type { PaymentRecord } from '../store/payments.ts';
import type { CardProvider } from './simulator.ts';

const unwanted: Resolved = { kind: 'refused', reason: 'not wanted any more' };

/**
 * The provider's word on an attempt. What was asked before is looked up first; only what the provider never heard of is
 * sent again, with the same key. Throws when there is no usable answer: then nobody knows.
 */
export async function ask(
  provider: CardProvider,
  payment: PaymentRecord,
  attempt: AttemptRecord,
): Promise<Outcome> {
  const { id: attemptId, amountMinor } = attempt;
  const providerId = payment.providerId ?? '';
  const askedBefore = attempt.tries > 0;
  switch (attempt.kind) {
    case 'authorise':
      return authorise(provider, payment, attempt);
    case 'confirm': {
      const known = askedBefore ? await provider.confirmed(providerId) : undefined;
      return known ?? provider.confirm({ attemptId, providerId, outcome: attempt.outcome ?? 'fail' });
    }
    case 'capture':
      if (!askedBefore && payment.voidRequested) return unwanted;
      if (askedBefore && (await provider.captured(providerId))) return { kind: 'done' };
      return provider.capture({ attemptId, providerId, amountMinor });
    case 'void':
      if (askedBefore && (await provider.released(providerId))) return { kind: 'done' };
      return provider.release({ attemptId, providerId });
    case 'refund':
      return provider.refund({ attemptId, providerId, amountMinor });
    case 'dispute':
      return { kind: 'disputes', disputes: await provider.disputes(providerId) };
    case 'charge':
      return { kind: 'declined', final: true, reason: 'not with this method' };
    default:
      return attempt.kind satisfies never;
  }
}

/**
 * An authorisation that is not wanted any more is still sent again when it was asked before: the first request may yet
 * arrive, and with the same key its outcome is then known and can be undone.
 */
async function authorise(
  provider: CardProvider,
  payment: PaymentRecord,
  attempt: AttemptRecord,
): Promise<Outcome> {
  const askedBefore = attempt.tries > 0;
  if (!askedBefore && payment.voidRequested) return unwanted;
  const known = askedBefore ? await provider.findByKey(attempt.id) : ({ kind: 'none' } as const);
  if (known.kind !== 'none') return known;
  return provider.authorise({
    attemptId: attempt.id,
    reference: payment.orderId,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    token: attempt.token ?? '',
  });
}
