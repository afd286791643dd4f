import { accountReference, isOfferedIn, isPayable, isPhone, outcomeOfCode } from '../domain/mpesa.ts';
import type { Outcome } from '../domain/payment.ts';
import type { AttemptRecord } from '../store/attempts.ts';
import type { PaymentRecord } from '../store/payments.ts';
import type { MpesaOptions } from './mpesa-options.ts';

/** A success after the deadline is looked for this long; M-Pesa remembers 48 hours. */
const WATCH_MS = 24 * 3_600_000;
/** Clocks differ. */
const EARLIER_MS = 60_000;

/**
 * One push per attempt, ever: M-Pesa has no key that would make a second one harmless. What was asked before is only
 * looked up, by the prompt's id when we know it and else by our reference, and is given up when its time is over.
 */
export async function askToCharge(
  options: MpesaOptions,
  payment: PaymentRecord,
  attempt: AttemptRecord,
): Promise<Outcome> {
  if (attempt.tries === 0) return push(options, payment, attempt);
  const known = await lookUp(options, payment, attempt);
  if (known !== 'nothing-yet') return known;
  const sinceMs = Date.now() - (attempt.askedAt ?? attempt.createdAt).getTime();
  if (attempt.state === 'failed')
    return sinceMs > WATCH_MS ? { kind: 'refused', reason: 'no word from M-Pesa' } : { kind: 'unknown' };
  if (sinceMs >= options.confirmMs) return { kind: 'expired', reason: 'not-confirmed-in-time', watch: true };
  const lookAgainAt = deadline(options, attempt);
  if (attempt.checkoutId) return { kind: 'waiting', checkoutId: attempt.checkoutId, lookAgainAt };
  return { kind: 'unknown', lookAgainAt };
}

async function push(options: MpesaOptions, payment: PaymentRecord, attempt: AttemptRecord): Promise<Outcome> {
  const phone = attempt.token ?? '';
  if (payment.voidRequested) return { kind: 'refused', reason: 'not wanted any more' };
  if (!isPhone(phone)) return { kind: 'declined', final: false, reason: 'not-a-phone-number' };
  if (!isOfferedIn(payment, options.currency) || !isPayable(payment.amountMinor, payment.currency))
    return { kind: 'declined', final: true, reason: 'not-payable-with-mpesa' };
  const said = await options.daraja.push({
    phone,
    amountMinor: payment.amountMinor,
    reference: accountReference(payment.orderId),
    callbackUrl: `${options.callbackUrl}/${options.tokens.of(attempt.id)}`,
  });
  if (said.kind === 'refused') return { kind: 'declined', final: false, reason: said.reason };
  const lookAgainAt = deadline(options, attempt);
  return said.id ? { kind: 'waiting', checkoutId: said.id, lookAgainAt } : { kind: 'unknown', lookAgainAt };
}

async function lookUp(
  options: MpesaOptions,
  payment: PaymentRecord,
  attempt: AttemptRecord,
): Promise<Outcome | 'nothing-yet'> {
  const word = attempt.checkoutId ? await options.daraja.query(attempt.checkoutId) : 'unheard';
  if (word === 'at-work') return 'nothing-yet';
  if (word !== 'unheard' && word.code !== '0') return outcomeOfCode(word.code);
  const found = paidFor(options, payment, attempt);
  // The query's word is enough; the receipt is for refunds and can be found later.
  if (word !== 'unheard') return { kind: 'done', receipts: await found.catch(() => []) };
  const receipts = await found;
  return receipts.length > 0 ? { kind: 'done', receipts } : 'nothing-yet';
}

/** The receipts of the money that came for an order since an attempt was made. */
export async function paidFor(
  { daraja }: MpesaOptions,
  payment: PaymentRecord,
  { createdAt }: Pick<AttemptRecord, 'createdAt'>,
): Promise<string[]> {
  const since = new Date(createdAt.getTime() - EARLIER_MS);
  const found = await daraja.movements(accountReference(payment.orderId), since);
  const paid = found.filter((it) => !it.isReversal && it.amountMinor === payment.amountMinor);
  return paid.map(({ receipt }) => receipt);
}

const deadline = ({ confirmMs }: MpesaOptions, { askedAt }: AttemptRecord): Date =>
  new Date((askedAt?.getTime() ?? Date.now()) + confirmMs);
