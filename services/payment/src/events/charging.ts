import { appendOutbox } from '@shopstack/bus/mysql';
import type { Transaction } from 'kysely';
import { backoffMs } from '../domain/backoff.ts';
import { afterCharge, type ChargeEnd, whileWaiting } from '../domain/charge.ts';
import { captureEntries } from '../domain/ledger.ts';
import type { Decision, Outcome } from '../domain/payment.ts';
import { asking, type TakenAttempt } from '../store/asking.ts';
import { attempts } from '../store/attempts.ts';
import { type PaymentRecord, payments } from '../store/payments.ts';
import type { Schema } from '../store/schema.ts';
import { carryOut } from './decision.ts';
import { askedBy } from './settlement.ts';

type Waiting = Extract<Outcome, { kind: 'waiting' }>;
type Trx = Transaction<Schema>;

/** M-Pesa's word on a charge, once: attempt, payment, ledger and message in one transaction. */
export async function settleCharge(
  trx: Trx,
  attempt: TakenAttempt,
  outcome: ChargeEnd | Waiting,
): Promise<void> {
  const payment = await payments.lock(trx, attempt.paymentId);
  const now = await attempts.byId(trx, attempt.id);
  if (!payment || !now) return;
  if (outcome.kind === 'waiting') {
    await asking.markWaiting(trx, attempt, outcome);
    if (now.state === 'intent' || now.state === 'unknown')
      await tell(trx, payment, { attempt, decision: whileWaiting(payment) });
    return;
  }
  if (outcome.kind === 'done' && (await isAnothers(trx, attempt, outcome.providerId)))
    return asking.markUnknown(trx, attempt);
  if (!(await asking.settle(trx, attempt.id, endOf(attempt, outcome)))) return;
  // It was given up before: only money is news.
  if (now.state === 'failed' && outcome.kind !== 'done') return;
  const decision = afterCharge(payment, attempt.amountMinor, outcome);
  await tell(trx, await booked(trx, payment, { attempt, outcome, decision }), { attempt, decision });
}

async function tell(
  trx: Trx,
  payment: PaymentRecord,
  { attempt, decision }: { attempt: TakenAttempt; decision: Decision },
): Promise<void> {
  const message = await carryOut(trx, payment, decision, askedBy(payment, attempt));
  if (message) await appendOutbox(trx, [message]);
}

/** Our reference is the order's: money that another try brought is not found a second time. */
async function isAnothers(trx: Trx, attempt: TakenAttempt, receipt: string | undefined): Promise<boolean> {
  const known = receipt && (await attempts.ofReceipt(trx, receipt));
  return known ? known.id !== attempt.id : false;
}

function endOf(attempt: TakenAttempt, outcome: ChargeEnd): Parameters<typeof asking.settle>[2] {
  if (outcome.kind === 'done') return { state: 'succeeded', receipt: outcome.providerId };
  const watched = outcome.kind === 'expired' && outcome.watch;
  const watchFrom = new Date(Date.now() + backoffMs(attempt.tries));
  return { state: 'failed', reason: outcome.reason, ...(watched ? { watchFrom } : {}) };
}

async function booked(
  trx: Trx,
  payment: PaymentRecord,
  { attempt, outcome, decision }: { attempt: TakenAttempt; outcome: ChargeEnd; decision: Decision },
): Promise<PaymentRecord> {
  if (outcome.kind !== 'done') {
    const tries = outcome.kind === 'declined' && outcome.final ? payment.maxTries : payment.tries;
    return { ...payment, tries, lastReason: outcome.reason.slice(0, 200) };
  }
  const { id: attemptId, amountMinor } = attempt;
  await payments.book(trx, payment, { attemptId, entries: captureEntries(amountMinor) });
  return {
    ...payment,
    capturedMinor: payment.capturedMinor + amountMinor,
    providerId: outcome.providerId ?? payment.providerId,
    late: payment.late || decision.reply?.type === 'late-success',
  };
}
