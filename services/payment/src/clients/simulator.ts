import { Id } from '@shopstack/contracts/primitives';
import { createOutbound } from '@shopstack/kit/outbound';
import { problem } from '@shopstack/kit/problem';
import { z } from 'zod';
import type { Dispute, Outcome, Resolved } from '../domain/payment.ts';
import { createVerifier } from './signature.ts';

const ProviderPayment = z.object({
  id: z.string().max(100),
  status: z.enum(['pending', 'authorised', 'declined', 'action_required', 'captured', 'voided']),
  declineReason: z.string().nullish(),
  final: z.boolean().nullish(),
  disputes: z
    .array(
      z.object({
        id: z.string().max(100),
        state: z.enum(['opened', 'won', 'lost']),
        amountMinor: z.int().min(1),
      }),
    )
    .default([]),
});
type ProviderPayment = z.infer<typeof ProviderPayment>;
type Reply = { ok: true; body: unknown } | { ok: false; status: number; code: string };
const Found = z.object({ items: z.array(ProviderPayment) });
const DisputePage = z.object({
  items: z.array(z.object({ sequence: z.int(), reference: Id.or(z.null()).catch(null) })),
});

/** What says no for good. Everything else (a wrong key, too many requests, …) leaves the outcome open. */
const refusals = new Set([402, 404, 409, 422]);
const refused = ({ status, code }: { status: number; code: string }): Resolved => ({
  kind: 'refused',
  reason: code || `status ${status}`,
});

/**
 * The card provider's HTTP interface. Answers are the provider's word; whatever else happens is thrown, and then nobody
 * knows the outcome. A refusal is checked against the payment itself before it is believed.
 */
export function createCardProvider(options: { baseUrl: string; key: string; webhookSecret: string }) {
  const outbound = createOutbound({
    name: 'card-provider',
    foreign: true,
    baseUrl: options.baseUrl,
    timeoutMs: 3000,
    retries: 0,
    headers: { authorization: `Bearer ${options.key}` },
  });
  /** Sends with the attempt's id as key: the provider does it once, however often it is sent. */
  const post = async (attemptId: string, path: string, body: unknown): Promise<Reply> => {
    const reply = await outbound.call({
      method: 'POST',
      path,
      body,
      headers: { 'idempotency-key': attemptId },
      answer: z.unknown(),
    });
    if (!reply.ok && (!refusals.has(reply.status) || reply.code === 'idempotency-key-reused'))
      throw unusable(reply);
    return reply;
  };
  const find = async (providerId: string): Promise<ProviderPayment | undefined> => {
    const path = `/v1/payments/${encodeURIComponent(providerId)}`;
    const reply = await outbound.call({ method: 'GET', path, answer: ProviderPayment });
    if (reply.ok) return reply.body;
    if (reply.status === 404) return undefined;
    throw unusable(reply);
  };

  const captured = async (providerId: string) => (await find(providerId))?.status === 'captured';
  /** What the bank said to a confirmation, if it was made. */
  const confirmed = async (providerId: string): Promise<Outcome | undefined> => {
    const known = await find(providerId);
    return known && known.status !== 'action_required' ? outcomeOf(known) : undefined;
  };
  /** True when nothing is reserved (any more). */
  const released = async (providerId: string) => {
    const known = await find(providerId);
    return !known || known.status === 'voided' || known.status === 'declined';
  };

  return {
    captured,
    confirmed,
    released,
    async authorise(it: {
      attemptId: string;
      reference: string;
      amountMinor: number;
      currency: string;
      token: string;
    }): Promise<Outcome> {
      const { attemptId, ...body } = it;
      const reply = await post(attemptId, '/v1/payments', body);
      if (reply.ok) return outcomeOf(ProviderPayment.parse(reply.body));
      if (reply.status !== 402 && reply.status !== 422) throw unusable(reply);
      return { kind: 'declined', final: false, reason: reply.code || 'refused' };
    },
    async confirm(it: { attemptId: string; providerId: string; outcome: string }): Promise<Outcome> {
      const { attemptId, providerId, outcome } = it;
      const reply = await post(attemptId, `/v1/payments/${providerId}/confirm`, { outcome });
      if (reply.ok) return outcomeOf(ProviderPayment.parse(reply.body));
      return (await confirmed(providerId)) ?? refused(reply);
    },
    async capture(it: { attemptId: string; providerId: string; amountMinor: number }): Promise<Outcome> {
      const { attemptId, providerId, amountMinor } = it;
      const reply = await post(attemptId, `/v1/payments/${providerId}/capture`, { amountMinor });
      if (reply.ok || (await captured(providerId))) return { kind: 'done' };
      return refused(reply);
    },
    /** Lets the amount go. Refused only when it was taken already; what is declined or let go before is done. */
    async release(it: { attemptId: string; providerId: string }): Promise<Outcome> {
      const reply = await post(it.attemptId, `/v1/payments/${it.providerId}/void`, {});
      if (reply.ok || (await released(it.providerId))) return { kind: 'done' };
      if (await captured(it.providerId)) return refused(reply);
      throw unusable(reply);
    },
    async refund(it: { attemptId: string; providerId: string; amountMinor: number }): Promise<Outcome> {
      const { attemptId, providerId, amountMinor } = it;
      const reply = await post(attemptId, `/v1/payments/${providerId}/refunds`, { amountMinor });
      return reply.ok ? { kind: 'done' } : refused(reply);
    },
    /** What cardholders' banks ask back of a payment, oldest first. */
    disputes: async (providerId: string): Promise<readonly Dispute[]> =>
      (await find(providerId))?.disputes ?? [],
    /** The orders about which a bank did something after `position`, oldest first, and how far that reaches. */
    async disputedAfter(position: number, limit: number): Promise<{ orderIds: string[]; position: number }> {
      const path = `/v1/disputes?after=${position}&limit=${limit}`;
      const reply = await outbound.call({ method: 'GET', path, answer: DisputePage });
      if (!reply.ok) throw unusable(reply);
      const { items } = reply.body;
      const orderIds = items.flatMap(({ reference }) => reference ?? []);
      return { orderIds: [...new Set(orderIds)], position: items.at(-1)?.sequence ?? position };
    },
    /** What became of an authorisation we lost the answer of; `none` when the provider never heard of it. */
    async findByKey(attemptId: string): Promise<Outcome | { kind: 'none' }> {
      const path = `/v1/payments?idempotencyKey=${attemptId}`;
      const reply = await outbound.call({ method: 'GET', path, answer: Found });
      if (!reply.ok) throw unusable(reply);
      const found = reply.body.items[0];
      return found ? outcomeOf(found) : { kind: 'none' };
    },
    verifies: createVerifier(options.webhookSecret),
    close: outbound.close,
  };
}
export type CardProvider = ReturnType<typeof createCardProvider>;

const unusable = ({ status, code }: { status: number; code: string }) =>
  problem('unavailable', `The card provider answered ${status} ${code}.`);

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
