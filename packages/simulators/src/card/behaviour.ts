import { z } from 'zod';

/** What happens to one of the next calls that change something; each is used once, in order. */
export const NextAnswer = z.enum([
  'normal',
  'error-500',
  'error-500-after-commit',
  'drop-before-commit',
  'drop-after-commit',
  'hang-after-commit',
]);
export type NextAnswer = z.infer<typeof NextAnswer>;

export const CardBehaviour = z.strictObject({
  /** Before every answer. */
  delayMs: z.int().min(0).max(60_000).default(0),
  nextAnswers: z.array(NextAnswer).max(10_000).default([]),
  /** Which calls `nextAnswers` are for. */
  nextAnswersTo: z.enum(['all', 'refunds']).default('all'),
  webhook: z.enum(['normal', 'never', 'duplicate', 'reorder']).default('normal'),
  /** `asynchronous`: only what no caller has learned from an answer. */
  webhookEvents: z.enum(['asynchronous', 'all']).default('asynchronous'),
  decideAfterMs: z.int().min(0).max(600_000).default(2_000),
});
export type CardBehaviour = z.infer<typeof CardBehaviour>;
