import { appendOutbox } from '@shopstack/bus/mysql';
import type { Transaction } from 'kysely';
import { backoffMs } from '../domain/backoff.ts';
import { afterCharge, type ChargeEnd, whileWaiting } from '../domain/charge.ts';
import { captureEntries } from '../domain/ledger.ts';
import { type Decision, isTaken, type Outcome } from '../domain/payment.ts';
import { asking, type TakenAttempt } from '../store/asking.ts';
import { attempts } from '../store/attempts.ts';
import { type PaymentRecord, payments } from '../store/payments.ts';
import type { Schema } from '../store/schema.ts';
import { carryOut } from './decision.ts';
import type { Asked } from './replies.ts';
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
  const end = await identified(trx, attempt, outcome);
  if (!end) return asking.markUnknown(trx, attempt);
  if (!(await asking.settle(trx, attempt.id, endOf(attempt, end)))) return;
  // It was given up before: only money is news.
  if (now.state === 'failed' && end.kind !== 'done') return;
  const decision = afterCharge(payment, attempt.amountMinor, end);
  const after = await booked(trx, payment, { attempt, outcome: end, decision });
  if (decision.start === 'refund') await carryOut(trx, after, decision, surplus(attempt, end));
  else await tell(trx, after, { attempt, decision });
}

/** Paid a second time: that money goes back, whatever becomes of the order; once, because its refund is named after it. */
function surplus({ id, round, cause, amountMinor }: TakenAttempt, outcome: ChargeEnd): Asked {
  const receipt = outcome.kind === 'done' ? outcome.providerId : undefined;
  return { round, cause, refund: { refundId: id, amountMinor, ...(receipt ? { receipt } : {}) } };
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
async function identified(
  trx: Trx,
  attempt: TakenAttempt,
  outcome: ChargeEnd,
): Promise<ChargeEnd | undefined> {
  if (outcome.kind !== 'done' || !outcome.receipts?.length) return outcome;
  const taken = await attempts.withReceipts(trx, outcome.receipts);
  const providerId = outcome.receipts.findLast((it) => (taken.get(it) ?? attempt.id) === attempt.id);
  return providerId === undefined ? undefined : { kind: 'done', providerId };
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
    providerId: isTaken(payment) ? payment.providerId : (outcome.providerId ?? payment.providerId),
    late: payment.late || decision.reply?.type === 'late-success',
  };
}
