import type { Bus } from '@shopstack/bus/connection';
import { on } from '@shopstack/bus/handler';
import type { OutgoingMessage, ReceivedMessage } from '@shopstack/bus/message';
import { appendOutbox, firstTime } from '@shopstack/bus/mysql';
import type { DataOf } from '@shopstack/contracts/message';
import { paymentAuthorise, paymentCapture, paymentRefund, paymentVoid } from '@shopstack/contracts/messages';
import { uuidv7 } from '@shopstack/kit/uuid';
import type { Database } from '@shopstack/sql/database';
import type { Transaction } from 'kysely';
import { type Decision, onCapture, onVoid, refundFault, standing } from '../domain/payment.ts';
import { attempts } from '../store/attempts.ts';
import { type PaymentRecord, payments } from '../store/payments.ts';
import type { Schema } from '../store/schema.ts';
import { type Asked, messageOf } from './replies.ts';

interface Deps {
  database: Database<Schema>;
  /** Asks providers about open attempts soon. */
  attempt: () => void;
  /** Sends outgoing messages soon. */
  wake: () => void;
  ready: () => Promise<boolean>;
}
type Trx = Transaction<Schema>;
const QUEUE = 'payment.commands';

/** The saga's commands. What a provider must do is written as an attempt first; nobody is called in a transaction. */
export async function consume(bus: Bus, deps: Deps): Promise<void> {
  const handle = async (
    message: ReceivedMessage,
    work: (trx: Trx) => Promise<OutgoingMessage | undefined>,
  ) => {
    await deps.database.transaction(async (trx) => {
      if (!(await firstTime(trx, QUEUE, message.id))) return;
      const answer = await work(trx);
      if (answer) await appendOutbox(trx, [answer]);
    });
    deps.attempt();
    deps.wake();
  };
  await bus.consume({
    queue: QUEUE,
    prefetch: 20,
    ready: deps.ready,
    handlers: [
      on(paymentAuthorise, (data, message) => handle(message, (trx) => authorise(trx, data, message.id))),
      on(paymentCapture, (data, message) => handle(message, (trx) => capture(trx, data, message.id))),
      on(paymentVoid, (data, message) => handle(message, (trx) => letGo(trx, data, message.id))),
      on(paymentRefund, (data, message) => handle(message, (trx) => refund(trx, data, message.id))),
    ],
  });
}

async function authorise(trx: Trx, data: DataOf<typeof paymentAuthorise>, cause: string) {
  const isNew = await payments.insert(trx, {
    id: data.paymentId,
    orderId: data.orderId,
    amountMinor: data.amount.amountMinor,
    currency: data.amount.currency,
    method: data.method,
    country: data.country,
    state: 'authorising',
    maxTries: data.maxAttempts,
    userId: data.userId ?? null,
    followTokenHash: data.followTokenHash ?? null,
    round: data.round,
  });
  const payment = await payments.lock(trx, data.paymentId);
  if (!payment) return undefined;
  if (!isNew) {
    const reply = standing(payment, payment.lastReason);
    if (!reply) await attempts.hurry(trx, payment.id);
    return reply && messageOf(payment, reply, { round: data.round, cause });
  }
  await payments.save(trx, { ...payment, tries: 1 });
  await attempts.insert(trx, {
    id: uuidv7(),
    paymentId: payment.id,
    kind: 'authorise',
    amountMinor: payment.amountMinor,
    token: data.token,
    round: data.round,
    cause,
  });
  return undefined;
}

async function capture(trx: Trx, data: DataOf<typeof paymentCapture>, cause: string) {
  const payment = await payments.lock(trx, data.paymentId);
  if (!payment) return undefined;
  const open = await openAttempts(trx, payment.id);
  const decision = onCapture(
    payment,
    open.some(({ kind }) => kind === 'capture'),
  );
  return carryOut(trx, payment, decision, { round: data.round, cause });
}

async function letGo(trx: Trx, data: DataOf<typeof paymentVoid>, cause: string) {
  await payments.insert(trx, {
    id: data.paymentId,
    orderId: data.orderId,
    amountMinor: 0,
    currency: 'XXX',
    method: 'none',
    country: 'XX',
    state: 'voided',
    maxTries: 0,
    userId: null,
    followTokenHash: null,
    round: data.round,
  });
  const payment = await payments.lock(trx, data.paymentId);
  if (!payment) return undefined;
  const open = await openAttempts(trx, payment.id);
  const wanted = { ...payment, voidRequested: true, voidRound: data.round, voidCause: cause };
  return carryOut(trx, wanted, onVoid(payment, open.length > 0), { round: data.round, cause });
}

async function refund(trx: Trx, data: DataOf<typeof paymentRefund>, cause: string) {
  const payment = await payments.lock(trx, data.paymentId);
  if (!payment) return undefined;
  const { amountMinor } = data.amount;
  const asked = { round: data.round, cause, refund: { refundId: data.refundId, amountMinor } };
  const all = await attempts.of(trx, payment.id);
  const known = all.find(({ refundId }) => refundId === data.refundId);
  if (known?.state === 'succeeded') return messageOf(payment, { type: 'refunded' }, asked);
  if (known?.state === 'failed') {
    return messageOf(payment, { type: 'refund-failed', reason: known.reason ?? 'refused' }, asked);
  }
  if (known) return undefined;
  const openMinor = all
    .filter((it) => it.kind === 'refund' && ['intent', 'unknown'].includes(it.state))
    .reduce((sum, it) => sum + it.amountMinor, 0);
  const fault = refundFault(payment, amountMinor, openMinor);
  if (fault) return messageOf(payment, { type: 'refund-failed', reason: fault }, asked);
  await attempts.insert(trx, {
    id: uuidv7(),
    paymentId: payment.id,
    kind: 'refund',
    amountMinor,
    refundId: data.refundId,
    round: data.round,
    cause,
  });
  return undefined;
}

const openAttempts = async (trx: Trx, paymentId: string) =>
  (await attempts.of(trx, paymentId)).filter(({ state }) => state === 'intent' || state === 'unknown');

/** Writes what was decided and answers with the message to send, if any. */
export async function carryOut(
  trx: Trx,
  payment: PaymentRecord,
  decision: Decision,
  asked: Asked,
): Promise<OutgoingMessage | undefined> {
  await payments.save(trx, { ...payment, state: decision.state });
  if (decision.start) {
    await attempts.insert(trx, {
      id: uuidv7(),
      paymentId: payment.id,
      kind: decision.start,
      amountMinor: payment.amountMinor,
      round: asked.round,
      cause: asked.cause,
    });
  }
  return decision.reply && messageOf(payment, decision.reply, asked);
}
