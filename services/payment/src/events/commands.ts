import type { Bus } from '@shopstack/bus/connection';
import { on } from '@shopstack/bus/handler';
import type { OutgoingMessage, ReceivedMessage } from '@shopstack/bus/message';
import { appendOutbox, firstTime } from '@shopstack/bus/mysql';
import type { DataOf } from '@shopstack/contracts/message';
import {
  paymentAuthorise,
  paymentCapture,
  paymentCharge,
  paymentRefund,
  paymentVoid,
} from '@shopstack/contracts/messages';
import { uuidv7 } from '@shopstack/kit/uuid';
import type { Database } from '@shopstack/sql/database';
import type { Transaction } from 'kysely';
import { isTaken, onCapture, onVoid, type Reply, refundFault, standing } from '../domain/payment.ts';
import { type AttemptRecord, attempts } from '../store/attempts.ts';
import { type PaymentRecord, payments } from '../store/payments.ts';
import type { Schema } from '../store/schema.ts';
import { carryOut } from './decision.ts';
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
export function consume(bus: Bus, deps: Deps): void {
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
  bus.consume({
    queue: QUEUE,
    prefetch: 20,
    ready: deps.ready,
    handlers: [
      on(paymentAuthorise, (data, message) =>
        handle(message, (trx) => begin(trx, 'authorise', asking(data, message.id))),
      ),
      on(paymentCharge, (data, message) =>
        handle(message, (trx) => begin(trx, 'charge', asking(data, message.id))),
      ),
      on(paymentCapture, (data, message) => handle(message, (trx) => capture(trx, data, message.id))),
      on(paymentVoid, (data, message) => handle(message, (trx) => letGo(trx, data, message.id))),
      on(paymentRefund, (data, message) => handle(message, (trx) => refund(trx, data, message.id))),
    ],
  });
}

/** A command without an effect: what it finds is told again, and what is under way is asked about at once. */
async function again(trx: Trx, payment: PaymentRecord, reply: Reply | undefined, asked: Asked) {
  if (reply) return messageOf(payment, reply, asked);
  await attempts.hurry(trx, payment.id);
  return undefined;
}

type Wish = DataOf<typeof paymentAuthorise> | DataOf<typeof paymentCharge>;
const asking = (data: Wish, cause: string) => ({ data, asked: { round: data.round, cause } });

/** The first try of a payment, with a card or a phone. */
async function begin(
  trx: Trx,
  kind: 'authorise' | 'charge',
  { data, asked }: { data: Wish; asked: { round: number; cause: string } },
) {
  const { payment, isNew } = await payments.lockOrInsert(trx, {
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
  if (!isNew) return again(trx, payment, standing(payment, payment.lastReason), asked);
  await payments.save(trx, { ...payment, tries: 1 });
  const { amountMinor } = payment;
  const attempt = { id: uuidv7(), paymentId: payment.id, kind, amountMinor, token: data.token };
  await attempts.insert(trx, { ...asked, ...attempt });
  return undefined;
}

async function capture(trx: Trx, data: DataOf<typeof paymentCapture>, cause: string) {
  const asked = { round: data.round, cause };
  const payment = await payments.lock(trx, data.paymentId);
  if (!payment) return undefined;
  const { amountMinor, currency } = data.amount;
  if (amountMinor !== payment.amountMinor || currency !== payment.currency) {
    const reason = 'another amount was authorised';
    return messageOf(payment, { type: 'capture-failed', reason }, asked);
  }
  const under = await attempts.open(trx, payment.id);
  const open = under.some(({ kind }) => kind === 'capture');
  const decision = onCapture(payment, { open, lastReason: payment.lastReason });
  if (!decision.start) return again(trx, payment, decision.reply, asked);
  return carryOut(trx, payment, decision, asked);
}

async function letGo(trx: Trx, data: DataOf<typeof paymentVoid>, cause: string) {
  const { payment } = await payments.lockOrInsert(trx, {
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
  const asked = { round: data.round, cause };
  const open = await attempts.open(trx, payment.id);
  const decision = onVoid(payment, open.length > 0);
  if (isTaken(payment)) return again(trx, payment, decision.reply, asked);
  if (!decision.reply) await attempts.hurry(trx, payment.id);
  const wanted = { ...payment, voidRequested: true, voidRound: data.round, voidCause: cause };
  return carryOut(trx, wanted, decision, asked);
}

async function refund(trx: Trx, data: DataOf<typeof paymentRefund>, cause: string) {
  const payment = await payments.lock(trx, data.paymentId);
  if (!payment) return undefined;
  const { amountMinor, currency } = data.amount;
  const { refundId } = data;
  const asked = { round: data.round, cause, refund: { refundId, amountMinor } };
  const known = await attempts.ofRefund(trx, refundId);
  if (known) return again(trx, payment, refundReply(payment, known, data), asked);
  const open = await attempts.open(trx, payment.id);
  if (open.some(({ kind }) => kind === 'capture')) return again(trx, payment, undefined, asked);
  const openMinor = open.filter(({ kind }) => kind === 'refund').reduce((sum, it) => sum + it.amountMinor, 0);
  const otherCurrency = currency !== payment.currency && `the payment is in ${payment.currency}`;
  const fault = otherCurrency || refundFault(payment, amountMinor, openMinor);
  if (fault) return messageOf(payment, { type: 'refund-failed', reason: fault }, asked);
  const { round } = data;
  await attempts.insert(trx, {
    id: uuidv7(),
    paymentId: payment.id,
    kind: 'refund',
    amountMinor,
    refundId,
    round,
    cause,
  });
  return undefined;
}

/** What became of a refund that is asked for again. */
function refundReply(
  payment: PaymentRecord,
  known: AttemptRecord,
  { amount }: DataOf<typeof paymentRefund>,
): Reply | undefined {
  if (known.paymentId !== payment.id || known.amountMinor !== amount.amountMinor)
    return { type: 'refund-failed', reason: 'another refund has this id' };
  if (known.state === 'succeeded') return { type: 'refunded' };
  if (known.state === 'failed') return { type: 'refund-failed', reason: known.reason ?? 'refused' };
  return undefined;
}
