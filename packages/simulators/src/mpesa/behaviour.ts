import { z } from 'zod';
import { NextAnswer } from '../card/behaviour.ts';

export const mpesaBehaviour = (usual: { paceMs: number; lateMs: number }) =>
  z.strictObject({
    /** Before every push and reversal is done. */
    delayMs: z.int().min(0).max(60_000).default(0),
    /** After it is done, before it is answered: callbacks overtake the answer. */
    answerDelayMs: z.int().min(0).max(60_000).default(0),
    /** Of pushes and reversals; each is used once, in order. */
    nextAnswers: z.array(NextAnswer).max(10_000).default([]),
    callback: z.enum(['normal', 'never', 'duplicate']).default('normal'),
    /** Until a customer (01, 02) has decided. */
    decideAfterMs: z.int().min(0).max(600_000).default(usual.paceMs),
    /** Until a customer who comes late (04) approves. */
    lateAfterMs: z.int().min(0).max(86_400_000).default(usual.lateMs),
    /** When a prompt nobody answers (03) is given up with 1037; left out, there never is a word. */
    promptMs: z.int().min(0).max(86_400_000).optional(),
  });
export type MpesaBehaviour = z.infer<ReturnType<typeof mpesaBehaviour>>;
