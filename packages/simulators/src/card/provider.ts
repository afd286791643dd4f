import { createHmac, randomUUID } from 'node:crypto';
import { openDatabase } from '../database.ts';
import { deliveriesSchema, openDeliveries } from '../deliveries.ts';
import { Refusal, refusalBody } from '../refusal.ts';
import { openTicking } from '../ticking.ts';
import { CardBehaviour } from './behaviour.ts';
import { ledgerSchema, openLedger } from './ledger.ts';
import { type Change, decidePayment, type Payment, type Refused } from './payment.ts';

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

const reorderedDelayMs = 1_500;

/** The provider behind its HTTP interface: ledger, kept answers and webhooks, all in one file. */
export function openCardProvider(file: string, options: { webhookUrl: string; webhookSecret: string }) {
  const db = openDatabase(file, ledgerSchema + deliveriesSchema);
  const ledger = openLedger(db);
  const webhooks = openDeliveries(db, (body) => ({
    'simulator-signature': sign(body, options.webhookSecret),
  }));
  let behaviour = CardBehaviour.parse({});
  let announced = 0;

  const announce = (payment: Payment) => {
    if (behaviour.webhook === 'never') return;
    const id = `evt_${randomUUID()}`;
    const body = JSON.stringify({
      id,
      type: `payment.${payment.status}`,
      createdAt: payment.updatedAt,
      payment,
    });
    const late = behaviour.webhook === 'reorder' && announced++ % 2 === 0;
    const delivery = { url: options.webhookUrl, body, delayMs: late ? reorderedDelayMs : 0 };
    webhooks.add({ lane: id, ...delivery });
    if (behaviour.webhook === 'duplicate') webhooks.add({ lane: `${id}-again`, ...delivery });
  };
  const record = (change: Change, key: string | null) => {
    const { payment, entry } = change;
    const decideAt = payment.status === 'pending' ? Date.now() + behaviour.decideAfterMs : null;
    ledger.record(change, key, decideAt);
    const unheard =
      key === null || (payment.token === 'sim_action_required' && entry.kind !== 'action_required');
    if (unheard || behaviour.webhookEvents === 'all') announce(payment);
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
    nextAnswer: () => behaviour.nextAnswers.shift() ?? 'normal',
    waitingWebhooks: () => webhooks.waiting(),
    /** Does what `decide` says once per key and keeps the answer in the same transaction. */
    perform(key: string, request: string, decide: () => Decision) {
      return db.transaction((): Answer => {
        const kept = ledger.answerOf(key);
        if (kept && kept.request !== request)
          throw new Refusal(422, 'idempotency-key-reused', 'The key belongs to another request');
        if (kept) return { ...kept, replayed: true };
        const decision = decide();
        const { change } = decision;
        const answer = answerTo(decision);
        if (change.kind === 'changed') record(change, key);
        const paymentId = change.kind === 'changed' ? change.payment.id : null;
        ledger.keepAnswer(key, { request, paymentId, ...answer });
        return { ...answer, replayed: false };
      });
    },
    forget: () => db.transaction(() => ledger.forget()),
    async close() {
      await Promise.all([deciding.close(), webhooks.close()]);
      db.close();
    },
  };
}

function answerTo({ change, status, shown }: Decision) {
  if (change.kind === 'refused') {
    const refusal = new Refusal(change.status, change.code, change.detail);
    return { status: change.status, body: JSON.stringify(refusalBody(refusal)) };
  }
  const accepted = change.entry.kind === 'pending';
  return { status: accepted ? 202 : status, body: JSON.stringify(shown(change.payment)) };
}

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">` */
function sign(body: string, secret: string): string {
  const time = Math.floor(Date.now() / 1000);
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}
