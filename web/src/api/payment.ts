import type { Reply } from '@shopstack/contracts/operation';
import type { actOnPayment, attemptPayment, listPaymentMethods } from '@shopstack/contracts/payment';
import { http } from './client.ts';

export const fetchPaymentMethods = (country: string, currency: string, signal?: AbortSignal) =>
  http.json<Reply<typeof listPaymentMethods>>('GET', '/payment/payment-methods', {
    query: { country, currency },
    signal,
  });

export interface PaymentAnswer {
  paymentId: string;
  followToken: string | undefined;
  idempotencyKey: string;
}
export const attemptPaymentAgain = (
  { paymentId, ...call }: PaymentAnswer,
  body: { paymentMethod: string; paymentToken: string },
) =>
  http.json<Reply<typeof attemptPayment>>('POST', `/payment/payments/${paymentId}/attempts`, {
    ...call,
    auth: true,
    body,
  });
export const answerPaymentAction = (
  { paymentId, ...call }: PaymentAnswer,
  body: { outcome: 'approve' | 'fail' },
) =>
  http.json<Reply<typeof actOnPayment>>('POST', `/payment/payments/${paymentId}/actions`, {
    ...call,
    auth: true,
    body,
  });
