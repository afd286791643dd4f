import { appendOutbox } from '@shopstack/bus/mysql';
import type { Transaction } from 'kysely';
import { captureEntries, refundEntries } from '../domain/ledger.ts';
import {
  afterAuthorisation,
  afterCapture,
  afterRefund,
  afterVoid,
  type Decision,
  type Resolved,
} from '../domain/payment.ts';
import { asking } from '../store/asking.ts';
import type { AttemptRecord } from '../store/attempts.ts';
import { type PaymentRecord, payments } from '../store/payments.ts';
import type { Schema } from '../store/schema.ts';
import { carryOut } from './decision.ts';
import type { Asked } from './replies.ts';

/** The provider's word, once: attempt, payment, ledger and message in one transaction. */
export async function settle(
  trx: Transaction<Schema>,
  attempt: AttemptRecord,
  outcome: Resolved,
): Promise<void> {
  const payment = await payments.lock(trx, attempt.paymentId);
  if (!payment) return;
  const reason = 'reason' in outcome ? outcome.reason : undefined;
  if (!(await asking.settle(trx, attempt.id, { state: stateOf(outcome), reason }))) return;
  const decision = decide(payment, attempt, outcome);
  const after = await booked(trx, payment, { attempt, outcome });
  const told = { ...after, lastReason: reason?.slice(0, 200) ?? payment.lastReason };
  const message = await carryOut(trx, told, decision, askedBy(payment, attempt));
  if (message) await appendOutbox(trx, [message]);
}

/** The command that is answered: with a void waiting, that one. */
export function askedBy(payment: PaymentRecord, attempt: AttemptRecord): Asked {
  if (attempt.refundId) {
    const refund = { refundId: attempt.refundId, amountMinor: attempt.amountMinor };
    return { round: attempt.round, cause: attempt.cause, refund };
  }
  return payment.voidRequested
    ? { round: payment.voidRound ?? attempt.round, cause: payment.voidCause }
    : { round: attempt.round, cause: attempt.cause };
}

const stateOf = (outcome: Resolved): AttemptRecord['state'] => {
  if (outcome.kind === 'authorised' || outcome.kind === 'done') return 'succeeded';
  return outcome.kind === 'action-required' ? 'action-required' : 'failed';
};

function decide(payment: PaymentRecord, attempt: AttemptRecord, outcome: Resolved): Decision {
  switch (attempt.kind) {
    case 'authorise':
    case 'confirm':
      return afterAuthorisation(payment, outcome);
    case 'capture':
      return afterCapture(payment, outcome);
    case 'void':
      return afterVoid(outcome);
    case 'refund':
      return afterRefund(payment, attempt.amountMinor, outcome);
    case 'charge':
    case 'dispute':
      throw new Error(`a ${attempt.kind} is settled elsewhere`);
    default:
      return attempt.kind satisfies never;
  }
}

/** What the outcome does to amounts and ledger. A final decline uses up the tries. */
async function booked(
  trx: Transaction<Schema>,
  payment: PaymentRecord,
  { attempt, outcome }: { attempt: AttemptRecord; outcome: Resolved },
): Promise<PaymentRecord> {
  const { id: attemptId, amountMinor } = attempt;
  if (tookMoney(payment, attempt, outcome)) {
    await payments.book(trx, payment, { attemptId, entries: captureEntries(amountMinor) });
    return { ...payment, capturedMinor: payment.capturedMinor + amountMinor };
  }
  if (outcome.kind === 'done' && attempt.kind === 'refund') {
    await payments.book(trx, payment, { attemptId, entries: refundEntries(amountMinor) });
    return { ...payment, refundedMinor: payment.refundedMinor + amountMinor };
  }
  const providerId = ('providerId' in outcome && outcome.providerId) || payment.providerId;
  const tries = outcome.kind === 'declined' && outcome.final ? payment.maxTries : payment.tries;
  return { ...payment, providerId, tries };
}

/** A capture, or a void that is refused because the provider took the money although we never heard of it. */
const tookMoney = (payment: PaymentRecord, attempt: AttemptRecord, outcome: Resolved): boolean =>
  attempt.kind === 'capture'
    ? outcome.kind === 'done'
    : attempt.kind === 'void' && outcome.kind === 'refused' && payment.capturedMinor === 0;
