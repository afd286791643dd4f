import { z } from 'zod';

export const Token = z.enum([
  'sim_ok',
  'sim_declined',
  'sim_insufficient_funds',
  'sim_action_required',
  'sim_timeout_after_commit',
  'sim_late_webhook',
  'sim_capture_fails',
]);
export type Token = z.infer<typeof Token>;

type Effect =
  | { first: 'authorised' | 'action_required' | 'pending' }
  | { first: 'declined'; reason: string; final: boolean };

/** What the first answer is. `sim_timeout_after_commit` keeps it for itself; see `app.ts`. */
export const tokenEffects: Record<Token, Effect> = {
  sim_ok: { first: 'authorised' },
  sim_declined: { first: 'declined', reason: 'card-declined', final: true },
  sim_insufficient_funds: { first: 'declined', reason: 'insufficient-funds', final: false },
  sim_action_required: { first: 'action_required' },
  sim_timeout_after_commit: { first: 'authorised' },
  sim_late_webhook: { first: 'pending' },
  sim_capture_fails: { first: 'authorised' },
};
