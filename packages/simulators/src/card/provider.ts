import { openDatabase } from '../database.ts';
import { deliveriesSchema } from '../deliveries.ts';
import { Refusal, refusalBody } from '../refusal.ts';
import { openTicking } from '../ticking.ts';
import { CardBehaviour } from './behaviour.ts';
import { type Ledger, ledgerSchema, openLedger } from './ledger.ts';
import {
  type Change,
  type DisputeState,
  decidePayment,
  disputePayment,
  type Payment,
  type Refused,
} from './payment.ts';
import { openWebhooks } from './webhooks.ts';

export type CardProvider = ReturnType<typeof openCardProvider>;
export interface Decision {
  change: Change | Refused;
  /** Of a success. */
  status: 200 | 201;
  shown: (payment: Payment) => unknown;
}
export interface Answer {
  status: number;
  body: string;
  replayed: boolean;
}

/** The provider behind its HTTP interface: ledger, kept answers and webhooks, all in one file. */
export function openCardProvider(file: string, options: { webhookUrl: string; webhookSecret: string }) {
  const db = openDatabase(file, ledgerSchema + deliveriesSchema);
  const ledger = openLedger(db);
  const webhooks = openWebhooks(db, options);
  let behaviour = CardBehaviour.parse({});

  const record = (change: Change, key: string | null) => {
    const { payment, entry } = change;
    const decideAt = payment.status === 'pending' ? Date.now() + behaviour.decideAfterMs : null;
    ledger.record(change, key, decideAt);
    const unheard =
      key === null || (payment.token === 'sim_action_required' && entry.kind !== 'action_required');
    const type = entry.kind.startsWith('dispute-')
      ? entry.kind.replace('-', '.')
      : `payment.${payment.status}`;
    if (unheard || behaviour.webhookEvents === 'all') webhooks.announce(payment, type, behaviour.webhook);
  };
  const deciding = openTicking(() => {
    for (const payment of ledger.undecided(Date.now()))
      db.transaction(() => {
        const change = decidePayment(payment);
        if (change.kind === 'changed') record(change, null);
      });
  }, 100);

  return {
    ledger,
    behaviour: () => behaviour,
    behave(next: CardBehaviour) {
      behaviour = next;
    },
    nextAnswer: (isRefund: boolean) => {
      const isMeant = isRefund || behaviour.nextAnswersTo === 'all';
      return (isMeant ? behaviour.nextAnswers.shift() : undefined) ?? 'normal';
    },
    waitingWebhooks: () => webhooks.waiting(),
    /** Does what `decide` says once per key and keeps the answer in the same transaction. */
    perform: (key: string, request: string, decide: () => Decision): Answer =>
      db.transaction(() => {
        const kept = keptAnswer(ledger, key, request);
        if (kept) return { ...kept, replayed: true };
        const decision = decide();
        const { change } = decision;
        const answer = answerTo(decision);
        if (change.kind === 'changed') record(change, key);
        const paymentId = change.kind === 'changed' ? change.payment.id : null;
        ledger.keepAnswer(key, { request, paymentId, ...answer });
        return { ...answer, replayed: false };
      }),
    /** What the cardholder's bank does about the newest captured payment of a reference. */
    dispute: (reference: string, state: DisputeState): Payment =>
      db.transaction(() => {
        const payment = ledger.findByReference(reference).findLast(({ status }) => status === 'captured');
        if (!payment) throw new Refusal(404, 'payment-unknown', 'There is no such captured payment');
        const change = disputePayment(payment, state);
        if (change.kind === 'refused') throw new Refusal(change.status, change.code, change.detail);
        record(change, null);
        return change.payment;
      }),
    forget: () =>
      db.transaction(() => {
        ledger.forget();
        webhooks.forget();
      }),
    async close() {
      await Promise.all([deciding.close(), webhooks.close()]);
      db.close();
    },
  };
}

function keptAnswer(ledger: Ledger, key: string, request: string) {
  const kept = ledger.answerOf(key);
  if (kept && kept.request !== request)
    throw new Refusal(422, 'idempotency-key-reused', 'The key belongs to another request');
  return kept;
}

function answerTo({ change, status, shown }: Decision) {
  if (change.kind === 'refused') {
    const refusal = new Refusal(change.status, change.code, change.detail);
    return { status: change.status, body: JSON.stringify(refusalBody(refusal)) };
  }
  const accepted = change.entry.kind === 'pending';
  return { status: accepted ? 202 : status, body: JSON.stringify(shown(change.payment)) };
}
