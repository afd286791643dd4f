import { z } from 'zod';
import { operation } from './operation.ts';
import { OrderReason, OrderStatus } from './order.ts';
import { Id, PageQuery, page, Time, text } from './primitives.ts';
import { internal, roles } from './roles.ts';

const byId = z.strictObject({ id: Id });
const byOrder = z.strictObject({ orderId: Id });

/** One thing that happened to an order, whoever did it. */
export const JourneyEntry = z.object({
  at: Time,
  kind: z.enum(['step', 'status', 'sent', 'heard', 'resent', 'undone', 'timer', 'notified', 'person']),
  /** A step, a status, a message's type, a timer, a template or what a person did. */
  name: z.string(),
  detail: z.string().optional(),
  messageId: z.string().optional(),
  causationId: z.string().optional(),
  traceId: z.string().optional(),
});
export const Journey = z.object({ orderId: Id, state: z.string(), entries: z.array(JourneyEntry) });
export type Journey = z.infer<typeof Journey>;
export const getJourney = operation({
  id: 'getJourney',
  method: 'get',
  path: '/orders/{id}/journey',
  policy: roles('support'),
  params: byId,
  summary: 'Every step, message, retry and compensation of an order, oldest first',
  answers: { 200: Journey },
});

/** A saga as support sees it. The knowledge words are those of dispatch's README. */
export const SagaView = z.object({
  orderId: Id,
  number: z.string(),
  state: z.string(),
  status: OrderStatus,
  stock: z.string(),
  shipment: z.string(),
  payment: z.string(),
  undoing: z.boolean(),
  resends: z.int(),
  reason: OrderReason.optional(),
  updatedAt: Time,
});
export type SagaView = z.infer<typeof SagaView>;
export const listSagas = operation({
  id: 'listSagas',
  method: 'get',
  path: '/sagas',
  policy: roles('support'),
  summary: 'Sagas by state, the longest untouched first',
  query: PageQuery.extend({ state: text(32).optional() }),
  answers: { 200: page(SagaView) },
});
export const resumeSaga = operation({
  id: 'resumeSaga',
  method: 'post',
  path: '/sagas/{orderId}/resume',
  policy: roles('support'),
  params: byOrder,
  idempotent: true,
  summary: 'Let an order that called for a person go on: what is unanswered or was refused is asked again',
  body: z.strictObject({ note: text(300) }),
  answers: { 202: SagaView },
  problems: ['not-resumable'],
});

/** A message that was given up. `body` may hold personal data: only support sees it. */
export const DeadLetterView = z.object({
  id: Id,
  /** The queue it died in, where a replay goes. */
  queue: z.string(),
  type: z.string(),
  messageId: z.string(),
  orderId: z.string().optional(),
  reason: z.string(),
  detail: z.string(),
  state: z.enum(['dead', 'replayed', 'discarded']),
  diedAt: Time,
  bytes: z.int(),
  /** Who did what with it and when, oldest first. */
  history: z.array(
    z.object({
      at: Time,
      by: z.string(),
      /** `replay-failed`: accepted, then refused by the broker or because its order had ended; it is open again. */
      what: z.enum(['replayed', 'replay-failed', 'discarded']),
      note: z.string().optional(),
    }),
  ),
});
export type DeadLetterView = z.infer<typeof DeadLetterView>;
export const listDeadLetters = operation({
  id: 'listDeadLetters',
  method: 'get',
  path: '/dead-letters',
  policy: roles('support'),
  summary: 'Messages that were given up, newest first; q is an order, a message id or part of the reason',
  query: PageQuery.extend({
    state: z.enum(['dead', 'replayed', 'discarded']).optional(),
    queue: text(100).optional(),
    type: text(100).optional(),
    q: text(100).optional(),
  }),
  answers: { 200: page(DeadLetterView) },
});
export const getDeadLetter = operation({
  id: 'getDeadLetter',
  method: 'get',
  path: '/dead-letters/{id}',
  policy: roles('support'),
  params: byId,
  summary: 'One of them with its bytes as text',
  answers: { 200: DeadLetterView.extend({ body: z.string() }) },
});
export const replayDeadLetter = operation({
  id: 'replayDeadLetter',
  method: 'post',
  path: '/dead-letters/{id}/replays',
  policy: roles('support'),
  params: byId,
  idempotent: true,
  summary: 'The original bytes with the same message id to the queue it died in',
  body: z.strictObject({ note: text(300).optional() }),
  answers: { 202: DeadLetterView },
  problems: ['dead-letter-final', 'replay-refused'],
});
export const replayDeadLetters = operation({
  id: 'replayDeadLetters',
  method: 'post',
  path: '/dead-letters/replays',
  policy: roles('support'),
  idempotent: true,
  summary: 'Replay many, oldest first, no faster than asked',
  body: z.strictObject({
    queue: text(100).optional(),
    type: text(100).optional(),
    limit: z.int().min(1).max(1000),
    perSecond: z.int().min(1).max(100).default(10),
    note: text(300).optional(),
  }),
  answers: {
    202: z.object({ accepted: z.int(), refused: z.array(z.object({ id: Id, reason: z.string() })) }),
  },
});
export const discardDeadLetter = operation({
  id: 'discardDeadLetter',
  method: 'delete',
  path: '/dead-letters/{id}',
  policy: roles('support'),
  params: byId,
  query: z.strictObject({ reason: text(300) }),
  summary: 'Say why it need not be handled; it is kept and marked',
  answers: { 200: DeadLetterView },
  problems: ['dead-letter-final'],
});

/** One promise of the shop after a look into every store. */
export const AuditFinding = z.object({
  promise: z.string().regex(/^I([1-9]|1[0-5])$/),
  title: z.string(),
  /** How many things were looked at, and how many of them break the promise. */
  checked: z.int(),
  violations: z.int(),
  /** Some of the broken ones: ids and what is wrong, no personal data. */
  examples: z.array(z.object({ id: z.string(), detail: z.string() })).max(20),
  /** Why the promise could not be looked at, when it could not. */
  unchecked: z.string().optional(),
});
export const AuditReport = z.object({
  at: Time,
  tookMs: z.int(),
  findings: z.array(AuditFinding),
  violations: z.int(),
  /** Orders that were changing while it looked and were not judged. */
  moving: z.int().optional(),
});
export type AuditReport = z.infer<typeof AuditReport>;
export const submitAudit = operation({
  id: 'submitAudit',
  method: 'put',
  path: '/internal/audits/latest',
  policy: internal,
  summary: 'Keep the newest report for staff and as metrics',
  body: AuditReport,
  answers: { 204: null },
});
export const getLatestAudit = operation({
  id: 'getLatestAudit',
  method: 'get',
  path: '/audits/latest',
  policy: roles('support'),
  summary: 'The newest report',
  answers: { 200: AuditReport },
});
