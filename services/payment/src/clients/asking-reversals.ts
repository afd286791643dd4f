import { problem } from '@shopstack/kit/problem';
import type { Outcome } from '../domain/payment.ts';
import type { AttemptRecord } from '../store/attempts.ts';
import type { PaymentRecord } from '../store/payments.ts';
import { paidFor } from './asking-charges.ts';
import type { MpesaOptions } from './mpesa-options.ts';

const EARLIER_MS = 60_000;

/**
 * Money back, once per attempt: what was asked before is looked up by the attempt's id, and only sent again when M-Pesa
 * has not heard of it for so long that it will not any more.
 */
export async function askToReverse(
  options: MpesaOptions,
  payment: PaymentRecord,
  attempt: AttemptRecord,
): Promise<Outcome> {
  if (attempt.tries === 0) return send(options, payment, attempt);
  const since = new Date(attempt.createdAt.getTime() - EARLIER_MS);
  const made = await options.daraja.movements(attempt.id, since);
  if (made.some((it) => it.isReversal)) return { kind: 'done' };
  if (attempt.outcome !== null && attempt.outcome !== '0')
    return { kind: 'refused', reason: `mpesa ${attempt.outcome}` };
  const again = (attempt.askedAt ?? attempt.createdAt).getTime() + options.reverseAgainMs;
  return Date.now() < again ? { kind: 'unknown', lookAgainAt: new Date(again) } : { kind: 'unheard' };
}

async function send(options: MpesaOptions, payment: PaymentRecord, attempt: AttemptRecord): Promise<Outcome> {
  const receipt = attempt.token ?? payment.providerId ?? (await paidFor(options, payment, payment)).at(-1);
  if (!receipt) throw problem('unavailable', 'The receipt of the payment is not known yet.');
  const said = await options.daraja.reverse({
    receipt,
    amountMinor: attempt.amountMinor,
    occasion: attempt.id,
    resultUrl: `${options.callbackUrl}/${options.tokens.of(attempt.id)}`,
  });
  return said.kind === 'refused' ? { kind: 'refused', reason: said.reason } : { kind: 'unknown' };
}
