import { draft, type OutgoingMessage } from '@shopstack/bus/message';
import {
  paymentActionRequired,
  paymentAuthorised,
  paymentCaptured,
  paymentCaptureFailed,
  paymentDeclined,
  paymentExpired,
  paymentLateSuccess,
  paymentRefunded,
  paymentRefundFailed,
  paymentVoided,
  paymentVoidFailed,
} from '@shopstack/contracts/messages';
import type { Reply } from '../domain/payment.ts';
import type { PaymentRecord } from '../store/payments.ts';

/** Which command is answered: its round, its id, and for refunds which one. */
export interface Asked {
  round: number;
  cause: string | null;
  /** `receipt` when it is not the money of the payment that goes back. */
  refund?: { refundId: string; amountMinor: number; receipt?: string };
}

/** The message that tells the saga. */
export function messageOf(payment: PaymentRecord, reply: Reply, asked: Asked): OutgoingMessage {
  const { orderId, currency } = payment;
  const head = { subject: orderId, causationId: asked.cause ?? undefined };
  const saga = { orderId, round: asked.round, paymentId: payment.id };
  const refund = { refundId: asked.refund?.refundId ?? '', amountMinor: asked.refund?.amountMinor ?? 0 };
  // What a phone paid twice is not the order's: it is on its way back.
  const taken = { amountMinor: Math.min(payment.capturedMinor, payment.amountMinor), currency };
  switch (reply.type) {
    case 'authorised':
      return draft(paymentAuthorised, {
        ...head,
        data: { ...saga, amount: { amountMinor: payment.amountMinor, currency } },
      });
    case 'action-required':
      return draft(paymentActionRequired, { ...head, data: { ...saga, nextAction: reply.nextAction } });
    case 'declined':
      return draft(paymentDeclined, {
        ...head,
        data: { ...saga, final: reply.final, reason: reply.reason, tries: payment.tries },
      });
    case 'captured':
      return draft(paymentCaptured, {
        ...head,
        data: { ...saga, amount: taken },
      });
    case 'expired':
      return draft(paymentExpired, { ...head, data: { ...saga, reason: reply.reason } });
    case 'late-success':
      return draft(paymentLateSuccess, {
        ...head,
        data: { ...saga, amount: { amountMinor: reply.amountMinor, currency } },
      });
    case 'capture-failed':
      return draft(paymentCaptureFailed, { ...head, data: { ...saga, reason: reply.reason } });
    case 'voided':
      return draft(paymentVoided, { ...head, data: saga });
    case 'void-failed':
      return draft(paymentVoidFailed, {
        ...head,
        data: { ...saga, captured: taken },
      });
    case 'refunded':
      return draft(paymentRefunded, {
        ...head,
        data: { ...saga, refundId: refund.refundId, amount: { amountMinor: refund.amountMinor, currency } },
      });
    case 'refund-failed':
      return draft(paymentRefundFailed, {
        ...head,
        data: { ...saga, refundId: refund.refundId, reason: reply.reason },
      });
    default:
      return reply satisfies never;
  }
}
