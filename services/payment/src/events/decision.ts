import type { OutgoingMessage } from '@shopstack/bus/message';
import { uuidv7 } from '@shopstack/kit/uuid';
import type { Transaction } from 'kysely';
import type { Decision } from '../domain/payment.ts';
import { attempts } from '../store/attempts.ts';
import { type PaymentRecord, payments } from '../store/payments.ts';
import type { Schema } from '../store/schema.ts';
import { type Asked, messageOf } from './replies.ts';

/** Writes what was decided about a locked payment and answers with the message to send, if any. */
export async function carryOut(
  trx: Transaction<Schema>,
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
      ...(asked.refund ? { refundId: asked.refund.refundId, token: asked.refund.receipt ?? null } : {}),
    });
  }
  return decision.reply && messageOf(payment, decision.reply, asked);
}
