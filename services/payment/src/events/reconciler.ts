import { setTimeout as sleep } from 'node:timers/promises';
import { appendOutbox } from '@shopstack/bus/mysql';
import type { Logger } from '@shopstack/kit/log';
import type { Database } from '@shopstack/sql/database';
import type { Transaction } from 'kysely';
import type { CardProvider } from '../clients/simulator.ts';
import { captureEntries, refundEntries } from '../domain/ledger.ts';
import {
  afterAuthorisation,
  afterCapture,
  afterRefund,
  afterVoid,
  type Decision,
  type Outcome,
  type Resolved,
} from '../domain/payment.ts';
import { type AttemptRecord, attempts } from '../store/attempts.ts';
import { type PaymentRecord, payments } from '../store/payments.ts';
import type { Schema } from '../store/schema.ts';
import { carryOut } from './commands.ts';

interface Deps {
  database: Database<Schema>;
  provider: CardProvider;
  wake: () => void;
  log: Logger;
}
const POLL_MS = 1000;
const AT_ONCE = 20;

/**
 * Asks the provider about every open attempt: at once when it is new, then with growing pauses until there is an answer.
 * An attempt that was asked before is looked up first; only what the provider never heard of is sent again, with the
 * same key.
 */
export function startReconciler(deps: Deps) {
  const stop = new AbortController();
  let alarm = new AbortController();
  const wake = () => alarm.abort();

  const round = async (): Promise<number> => {
    const due = await attempts.due(deps.database.db, AT_ONCE);
    await Promise.all(due.map((it) => work(deps, it)));
    return due.length;
  };
  const running = (async () => {
    while (!stop.signal.aborted) {
      const worked = await round().catch((error: unknown) => {
        deps.log.warn({ err: error }, 'attempts will be looked at again');
        return 0;
      });
      if (worked === AT_ONCE) continue;
      await sleep(POLL_MS, undefined, { signal: alarm.signal }).catch(() => undefined);
      alarm = new AbortController();
    }
  })();
  return {
    wake,
    close: async () => {
      stop.abort();
      wake();
      await running;
    },
  };
}

async function work(deps: Deps, attempt: AttemptRecord): Promise<void> {
  if (!(await attempts.take(deps.database.db, attempt))) return;
  const payment = await payments.byId(deps.database.db, attempt.paymentId);
  if (!payment) return;
  const outcome = await ask(deps.provider, payment, attempt).catch((error: unknown): Outcome => {
    deps.log.warn(
      { err: error, paymentId: payment.id, attemptId: attempt.id },
      'the provider could not be asked',
    );
    return { kind: 'unknown' };
  });
  if (outcome.kind === 'unknown') return attempts.markUnknown(deps.database.db, attempt.id);
  await deps.database.transaction((trx) => settle(trx, attempt, outcome));
  deps.log.info(
    { orderId: payment.orderId, paymentId: payment.id, kind: attempt.kind, outcome: outcome.kind },
    'attempt settled',
  );
  deps.wake();
}

async function ask(provider: CardProvider, payment: PaymentRecord, attempt: AttemptRecord): Promise<Outcome> {
  const { id: attemptId, amountMinor } = attempt;
  const providerId = payment.providerId ?? '';
  const askedBefore = attempt.tries > 0;
  switch (attempt.kind) {
    case 'authorise': {
      const known = askedBefore ? await provider.findByKey(attemptId) : ({ kind: 'none' } as const);
      if (known.kind !== 'none') return known;
      const { currency, orderId } = payment;
      return provider.authorise({
        attemptId,
        reference: orderId,
        amountMinor,
        currency,
        token: attempt.token ?? '',
      });
    }
    case 'confirm':
      return provider.confirm({ attemptId, providerId, outcome: attempt.outcome ?? 'fail' });
    case 'capture':
      if (askedBefore && (await provider.find(providerId))?.status === 'captured') return { kind: 'done' };
      return provider.capture({ attemptId, providerId, amountMinor });
    case 'void':
      if (providerId === '' || (askedBefore && (await provider.find(providerId))?.status === 'voided'))
        return { kind: 'done' };
      return provider.release({ attemptId, providerId });
    case 'refund':
      return provider.refund({ attemptId, providerId, amountMinor });
    default:
      return attempt.kind satisfies never;
  }
}

/** The provider's word, once: attempt, payment, ledger and message in one transaction. */
async function settle(trx: Transaction<Schema>, attempt: AttemptRecord, outcome: Resolved): Promise<void> {
  const payment = await payments.lock(trx, attempt.paymentId);
  if (!payment) return;
  const reason = 'reason' in outcome ? outcome.reason : undefined;
  if (!(await attempts.settle(trx, attempt.id, { state: stateOf(outcome), reason }))) return;
  const decision = decide(payment, attempt, outcome);
  const after = await booked(trx, payment, { attempt, outcome });
  const forVoid = payment.voidRequested && attempt.kind !== 'refund';
  const message = await carryOut(
    trx,
    { ...after, lastReason: reason?.slice(0, 200) ?? payment.lastReason },
    decision,
    {
      round: forVoid ? (payment.voidRound ?? attempt.round) : attempt.round,
      cause: forVoid ? payment.voidCause : attempt.cause,
      ...(attempt.refundId
        ? { refund: { refundId: attempt.refundId, amountMinor: attempt.amountMinor } }
        : {}),
    },
  );
  if (message) await appendOutbox(trx, [message]);
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
  if (outcome.kind === 'done' && attempt.kind === 'capture') {
    await payments.book(trx, payment, {
      attemptId: attempt.id,
      entries: captureEntries(attempt.amountMinor),
    });
    return { ...payment, capturedMinor: payment.capturedMinor + attempt.amountMinor };
  }
  if (outcome.kind === 'done' && attempt.kind === 'refund') {
    await payments.book(trx, payment, { attemptId: attempt.id, entries: refundEntries(attempt.amountMinor) });
    return { ...payment, refundedMinor: payment.refundedMinor + attempt.amountMinor };
  }
  if (outcome.kind === 'declined' && outcome.final) return { ...payment, tries: payment.maxTries };
  return 'providerId' in outcome && outcome.providerId
    ? { ...payment, providerId: outcome.providerId }
    : payment;
}
