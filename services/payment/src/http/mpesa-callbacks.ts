import { receiveMpesaCallback } from '@shopstack/contracts/payment';
import { type Api, ok } from '@shopstack/kit/api';
import { problem } from '@shopstack/kit/problem';
import type { Database } from '@shopstack/sql/database';
import { z } from 'zod';
import type { AttemptTokens } from '../domain/attempt-token.ts';
import { attempts } from '../store/attempts.ts';
import type { Schema } from '../store/schema.ts';

/** Of M-Pesa's words only what helps to look it up: the prompt's id, and the code of a reversal. */
const Hint = z.object({
  Body: z
    .object({ stkCallback: z.object({ CheckoutRequestID: z.string().regex(/^[\w-]{1,100}$/) }) })
    .optional()
    .catch(undefined),
  Result: z
    .object({ ResultCode: z.coerce.string().regex(/^\w{1,20}$/) })
    .optional()
    .catch(undefined),
});

interface Deps {
  database: Database<Schema>;
  tokens: AttemptTokens;
  attempt: () => void;
}

/** A callback says that there is news of one attempt: what it is, M-Pesa is asked. */
export function mpesaCallbacks(api: Api, { database, tokens, attempt }: Deps): void {
  api.on(receiveMpesaCallback, async ({ params, req }) => {
    const attemptId = tokens.read(params.attemptToken);
    const known = attemptId && (await attempts.byId(database.db, attemptId));
    if (!known) throw problem('not-found');
    const { Body, Result } = hintIn(req.body);
    const checkoutId = known.kind === 'charge' ? Body?.stkCallback.CheckoutRequestID : undefined;
    const outcome = known.kind === 'refund' ? Result?.ResultCode : undefined;
    await database.transaction((trx) => attempts.hear(trx, known.id, { checkoutId, outcome }));
    attempt();
    return ok({ received: true });
  });
}

/** An unreadable body is a hint, too: that there is news. */
function hintIn(body: unknown): z.infer<typeof Hint> {
  try {
    return Hint.parse(JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : '{}'));
  } catch {
    return {};
  }
}
