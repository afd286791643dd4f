import { z } from 'zod';
import { operation } from './operation.ts';
import { NextAction, PaymentState } from './order.ts';
import { Country, Currency, Id, Money, PageQuery, page, Time, text } from './primitives.ts';
import { anyone, follower, webhook } from './roles.ts';

/** What a provider's page or field gave the browser; never a card number. */
export const PaymentToken = z.string().regex(/^[A-Za-z0-9_-]{3,200}$/);
export const PaymentMethod = z.object({
  id: z.string(),
  kind: z.enum(['card', 'mobile-money']),
  name: z.string(),
  provider: z.string(),
  /** Only with the simulator: tokens to try, each with what it does. */
  testTokens: z.array(z.object({ token: z.string(), effect: z.string() })).optional(),
});
export const listPaymentMethods = operation({
  id: 'listPaymentMethods',
  method: 'get',
  path: '/payment-methods',
  policy: anyone,
  summary: 'How one can pay',
  query: z.strictObject({ currency: Currency, country: Country }),
  answers: { 200: z.object({ items: z.array(PaymentMethod) }) },
});
export const PaymentAttempt = z.object({
  id: Id,
  number: z.int(),
  method: z.string(),
  state: z.enum(['intent', 'succeeded', 'failed', 'unknown', 'action-required']),
  reason: z.string().optional(),
  at: Time,
});
export const Payment = z.object({
  id: Id,
  orderId: Id,
  amount: Money,
  captured: Money,
  refunded: Money,
  method: z.string(),
  state: PaymentState,
  nextAction: NextAction.optional(),
  attempts: z.array(PaymentAttempt),
  version: z.int(),
  createdAt: Time,
  updatedAt: Time,
});
export type Payment = z.infer<typeof Payment>;
const byId = z.strictObject({ id: Id });
export const listPayments = operation({
  id: 'listPayments',
  method: 'get',
  path: '/payments',
  policy: follower,
  summary: "An order's payments",
  query: PageQuery.extend({ orderId: Id }),
  answers: { 200: page(Payment) },
});
export const getPayment = operation({
  id: 'getPayment',
  method: 'get',
  path: '/payments/{id}',
  policy: follower,
  summary: 'A payment',
  params: byId,
  answers: { 200: Payment },
});
export const actOnPayment = operation({
  id: 'actOnPayment',
  method: 'post',
  path: '/payments/{id}/actions',
  policy: follower,
  params: byId,
  idempotent: true,
  summary: 'Answer the confirmation the bank asks for',
  body: z.strictObject({ outcome: z.enum(['approve', 'fail']) }),
  answers: { 202: Payment },
  problems: ['no-action-pending'],
});
export const attemptPayment = operation({
  id: 'attemptPayment',
  method: 'post',
  path: '/payments/{id}/attempts',
  policy: follower,
  params: byId,
  idempotent: true,
  summary: 'Try again with another method after a decline',
  body: z.strictObject({ paymentMethod: text(40), paymentToken: PaymentToken }),
  answers: { 202: Payment },
  problems: ['payment-not-open', 'payment-method-unavailable'],
});
export const receiveSimulatorWebhook = operation({
  id: 'receiveSimulatorWebhook',
  method: 'post',
  path: '/webhooks/simulator',
  policy: webhook,
  summary: "The card simulator's events, signed over the raw body",
  rawBody: { contentType: 'application/json', maxBytes: 102_400 },
  answers: { 200: z.object({ received: z.literal(true) }) },
  problems: ['signature-invalid'],
});
/** The body is M-Pesa's own; the token in the path is made for one attempt and is all that is believed of it. */
export const receiveMpesaCallback = operation({
  id: 'receiveMpesaCallback',
  method: 'post',
  path: '/webhooks/mpesa/{attemptToken}',
  policy: webhook,
  summary: "M-Pesa's word on one attempt: a hint to look it up",
  params: z.strictObject({ attemptToken: z.string().regex(/^[A-Za-z0-9_-]{22,86}$/) }),
  rawBody: { contentType: 'application/json', maxBytes: 102_400 },
  answers: { 200: z.object({ received: z.literal(true) }) },
});
