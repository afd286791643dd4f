import { draft } from '@shopstack/bus/message';
import { appendOutbox } from '@shopstack/bus/mysql';
import { paymentDisputed } from '@shopstack/contracts/messages';
import { uuidv7 } from '@shopstack/kit/uuid';
import type { Transaction } from 'kysely';
import { afterDispute, isNews } from '../domain/dispute.ts';
import { lostEntries } from '../domain/ledger.ts';
import type { Dispute } from '../domain/payment.ts';
import { asking } from '../store/asking.ts';
import { type AttemptRecord, attempts } from '../store/attempts.ts';
import { disputes as store } from '../store/disputes.ts';
import { type PaymentRecord, payments } from '../store/payments.ts';
import type { Schema } from '../store/schema.ts';

type Trx = Transaction<Schema>;

/** Looks at the provider's payment for disputes, when there can be any. */
export async function askAboutDisputes(trx: Trx, paymentId: string): Promise<void> {
  const payment = await payments.lock(trx, paymentId);
  if (!payment?.providerId) return;
  const { round } = payment;
  await attempts.insert(trx, { id: uuidv7(), paymentId, kind: 'dispute', amountMinor: 0, round });
}

/** What banks ask back of a payment, each piece of news once: stored, booked when lost, and told. */
export async function settleDisputes(
  trx: Trx,
  attempt: AttemptRecord,
  disputes: readonly Dispute[],
): Promise<void> {
  const payment = await payments.lock(trx, attempt.paymentId);
  if (!payment || !(await asking.settle(trx, attempt.id, { state: 'succeeded' }))) return;
  let after = payment;
  for (const it of disputes) {
    if (!isNews(await store.stateOf(trx, it.id), it.state)) continue;
    await store.put(trx, payment.id, it);
    if (it.state === 'lost')
      await payments.book(trx, payment, { attemptId: attempt.id, entries: lostEntries(it.amountMinor) });
    after = { ...after, ...afterDispute(after, it) };
    await appendOutbox(trx, [newsOf(payment, it)]);
  }
  if (after !== payment) await payments.save(trx, after);
}

function newsOf({ id: paymentId, orderId, currency, round }: PaymentRecord, it: Dispute) {
  const amount = { amountMinor: it.amountMinor, currency };
  const data = { orderId, round, paymentId, disputeId: it.id, amount, state: it.state };
  return draft(paymentDisputed, { subject: orderId, data });
}
