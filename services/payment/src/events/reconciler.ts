import { startLoop } from '@shopstack/bus/relay';
import type { Logger } from '@shopstack/kit/log';
import { counter } from '@shopstack/kit/metrics';
import { inTrace } from '@shopstack/kit/trace';
import { inWork } from '@shopstack/kit/work';
import type { Database } from '@shopstack/sql/database';
import type { Providers } from '../clients/provider.ts';
import type { Outcome } from '../domain/payment.ts';
import { asking, type TakenAttempt } from '../store/asking.ts';
import type { AttemptRecord } from '../store/attempts.ts';
import { type PaymentRecord, payments } from '../store/payments.ts';
import type { Schema } from '../store/schema.ts';
import { settleCharge } from './charging.ts';
import { settleDisputes } from './disputing.ts';
import { settle } from './settlement.ts';

interface Deps {
  database: Database<Schema>;
  providers: Pick<Providers, 'ask'>;
  /** Sends outgoing messages soon. */
  wake: () => void;
  log: Logger;
}
const POLL_MS = 1000;
const answers = counter('shop_payment_attempts_total');
const AT_ONCE = 50;

/**
 * Asks the provider about every open attempt: at once when it is new, then with growing pauses until there is an answer.
 * Attempts do not wait for each other: one without an answer holds up nobody else's payment.
 */
export function startReconciler(deps: Deps) {
  const running = new Map<string, Promise<void>>();
  const start = (attempt: AttemptRecord) => {
    const work = settleWhenKnown(deps, attempt)
      .catch((error: unknown) =>
        deps.log.warn({ err: error, attemptId: attempt.id }, 'attempt will be looked at again'),
      )
      .finally(() => {
        running.delete(attempt.id);
        // The outcome may have started the next attempt (a void), or a place became free.
        loop.wake();
      });
    running.set(attempt.id, work);
  };
  const step = async (): Promise<'idle'> => {
    const limit = AT_ONCE - running.size;
    if (limit === 0) return 'idle';
    const due = await asking.due(deps.database.db, { limit, except: [...running.keys()] });
    for (const it of due) start(it);
    return 'idle';
  };
  const loop = startLoop(step, {
    pollMs: POLL_MS,
    onError: (error, again) => {
      if (!again) deps.log.warn({ reason: String(error) }, 'attempts wait for the database');
    },
  });
  return {
    wake: loop.wake,
    close: async () => {
      await loop.close();
      await Promise.all(running.values());
    },
  };
}

async function settleWhenKnown(deps: Deps, due: AttemptRecord): Promise<void> {
  const { db } = deps.database;
  const attempt = await asking.take(db, due);
  const payment = attempt && (await payments.byId(db, attempt.paymentId));
  if (!attempt || !payment) return;
  const work = () => askAndTake(deps, { payment, attempt, due });
  await inTrace(attempt.traceparent ?? undefined, () => inWork({ orderId: payment.orderId }, work));
}

async function askAndTake(
  deps: Deps,
  { payment, attempt, due }: { payment: PaymentRecord; attempt: TakenAttempt; due: AttemptRecord },
): Promise<void> {
  const { log } = deps;
  const outcome = await outcomeOf(deps, payment, due);
  answers.inc({ kind: attempt.kind, outcome: outcome.kind });
  await take(deps, attempt, outcome);
  if (outcome.kind === 'unknown') return;
  const { id: paymentId, orderId } = payment;
  log.info({ orderId, paymentId, kind: attempt.kind, outcome: outcome.kind }, 'attempt looked at');
  deps.wake();
}

/** Writes down what the provider said. */
async function take({ database }: Deps, attempt: TakenAttempt, outcome: Outcome): Promise<void> {
  switch (outcome.kind) {
    case 'unknown':
      return asking.markUnknown(database.db, attempt, outcome.lookAgainAt);
    case 'unheard':
      return asking.askAfresh(database.db, attempt);
    case 'disputes':
      return database.transaction((trx) => settleDisputes(trx, attempt, outcome.disputes));
    case 'waiting':
    case 'expired':
      return database.transaction((trx) => settleCharge(trx, attempt, outcome));
    case 'done':
    case 'declined':
    case 'refused':
      return database.transaction((trx) =>
        attempt.kind === 'charge' ? settleCharge(trx, attempt, outcome) : settle(trx, attempt, outcome),
      );
    case 'authorised':
    case 'action-required':
      return database.transaction((trx) => settle(trx, attempt, outcome));
    default:
      return outcome satisfies never;
  }
}

async function outcomeOf(
  { providers, log }: Deps,
  payment: PaymentRecord,
  attempt: AttemptRecord,
): Promise<Outcome> {
  try {
    return await providers.ask(payment, attempt);
  } catch (error) {
    const about = { orderId: payment.orderId, attemptId: attempt.id, kind: attempt.kind };
    log.warn({ ...about, reason: String(error) }, 'outcome unknown');
    return { kind: 'unknown' };
  }
}
