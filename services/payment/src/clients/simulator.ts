import { createHmac, timingSafeEqual } from 'node:crypto';
import { createOutbound } from '@shopstack/kit/outbound';
import { isProblem } from '@shopstack/kit/problem';
import { z } from 'zod';
import type { Outcome } from '../domain/payment.ts';

const ProviderPayment = z.object({
  id: z.string().max(100),
  status: z.enum(['pending', 'authorised', 'declined', 'action_required', 'captured', 'voided']),
  declineReason: z.string().nullish(),
  final: z.boolean().nullish(),
});
type ProviderPayment = z.infer<typeof ProviderPayment>;
const Found = z.object({ items: z.array(ProviderPayment) });
const SIGNATURE_AGE_SECONDS = 300;

/** The card provider's HTTP interface. No answer is an outcome too: `unknown`. */
export function createCardProvider(options: { baseUrl: string; key: string; webhookSecret: string }) {
  const outbound = createOutbound({
    name: 'card-provider',
    baseUrl: options.baseUrl,
    timeoutMs: 3000,
    retries: 0,
    headers: { authorization: `Bearer ${options.key}` },
  });
  /** Sends with the attempt's id as key: the provider does it once, however often it is sent. */
  const post = async (attemptId: string, path: string, body: unknown) => {
    try {
      return await outbound.call({
        method: 'POST',
        path,
        body,
        headers: { 'idempotency-key': attemptId },
        answer: z.unknown(),
      });
    } catch (error) {
      if (isProblem(error, 'unavailable')) return undefined;
      throw error;
    }
  };
  const act = async (attemptId: string, path: string, body: unknown = {}): Promise<Outcome> => {
    const reply = await post(attemptId, path, body);
    if (!reply) return { kind: 'unknown' };
    return reply.ok ? { kind: 'done' } : { kind: 'refused', reason: reply.code || `status ${reply.status}` };
  };

  const find = async (providerId: string): Promise<ProviderPayment | undefined> => {
    const reply = await outbound.call({
      method: 'GET',
      path: `/v1/payments/${providerId}`,
      answer: ProviderPayment,
    });
    return reply.ok ? reply.body : undefined;
  };

  return {
    async authorise(it: {
      attemptId: string;
      reference: string;
      amountMinor: number;
      currency: string;
      token: string;
    }): Promise<Outcome> {
      const { attemptId, ...body } = it;
      const reply = await post(attemptId, '/v1/payments', body);
      if (!reply) return { kind: 'unknown' };
      if (!reply.ok) return { kind: 'declined', final: false, reason: reply.code || 'refused' };
      return outcomeOf(ProviderPayment.parse(reply.body));
    },
    async confirm(it: { attemptId: string; providerId: string; outcome: string }): Promise<Outcome> {
      const reply = await post(it.attemptId, `/v1/payments/${it.providerId}/confirm`, {
        outcome: it.outcome,
      });
      if (!reply) return { kind: 'unknown' };
      if (!reply.ok) return { kind: 'refused', reason: reply.code || `status ${reply.status}` };
      return outcomeOf(ProviderPayment.parse(reply.body));
    },
    capture: (it: { attemptId: string; providerId: string; amountMinor: number }): Promise<Outcome> =>
      act(it.attemptId, `/v1/payments/${it.providerId}/capture`, { amountMinor: it.amountMinor }),
    /** Lets the amount go. Refused only when it was taken already; what is declined or let go before is done. */
    async release(it: { attemptId: string; providerId: string }): Promise<Outcome> {
      const outcome = await act(it.attemptId, `/v1/payments/${it.providerId}/void`);
      if (outcome.kind !== 'refused') return outcome;
      const status = (await find(it.providerId))?.status;
      return status === 'captured' ? outcome : { kind: 'done' };
    },
    refund: (it: { attemptId: string; providerId: string; amountMinor: number }): Promise<Outcome> =>
      act(it.attemptId, `/v1/payments/${it.providerId}/refunds`, { amountMinor: it.amountMinor }),
    /** What became of an authorisation we lost the answer of; `none` when the provider never heard of it. */
    async findByKey(attemptId: string): Promise<Outcome | { kind: 'none' }> {
      const reply = await outbound.call({
        method: 'GET',
        path: `/v1/payments?idempotencyKey=${attemptId}`,
        answer: Found,
      });
      const found = reply.ok ? reply.body.items[0] : undefined;
      return found ? outcomeOf(found) : { kind: 'none' };
    },
    find,
    /** Whether `t=<unix seconds>,v1=<hex hmac of t.body>` was made with our secret, not long ago. */
    verifies(signature: string | undefined, body: Buffer): boolean {
      const [, time = '', shown = ''] = signature?.match(/^t=(\d{1,12}),v1=([a-f0-9]{64})$/) ?? [];
      if (Math.abs(Date.now() / 1000 - Number(time)) > SIGNATURE_AGE_SECONDS) return false;
      const made = createHmac('sha256', options.webhookSecret).update(`${time}.`).update(body).digest();
      return timingSafeEqual(made, Buffer.from(shown.padEnd(64, '0'), 'hex'));
    },
    close: outbound.close,
  };
}
export type CardProvider = ReturnType<typeof createCardProvider>;

function outcomeOf(it: ProviderPayment): Outcome {
  switch (it.status) {
    case 'authorised':
    case 'captured':
      return { kind: 'authorised', providerId: it.id };
    case 'action_required':
      return { kind: 'action-required', providerId: it.id };
    case 'declined':
      return {
        kind: 'declined',
        final: it.final ?? false,
        reason: it.declineReason ?? 'declined',
        providerId: it.id,
      };
    case 'voided':
      return { kind: 'declined', final: true, reason: 'voided', providerId: it.id };
    case 'pending':
      return { kind: 'unknown', providerId: it.id };
    default:
      return it.status satisfies never;
  }
}
