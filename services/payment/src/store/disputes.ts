import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { Dispute } from '../domain/payment.ts';
import type { Schema } from './schema.ts';

const State = z.enum(['opened', 'won', 'lost']);

/** What cardholders' banks asked back. Call it with the payment locked. */
export const disputes = {
  async stateOf(trx: Transaction<Schema>, id: string): Promise<Dispute['state'] | undefined> {
    const row = await trx.selectFrom('disputes').select('state').where('id', '=', id).executeTakeFirst();
    return row && State.parse(row.state);
  },
  async put(trx: Transaction<Schema>, paymentId: string, it: Dispute): Promise<void> {
    const now = new Date();
    await trx
      .insertInto('disputes')
      .values({
        id: it.id,
        payment_id: paymentId,
        state: it.state,
        amount_minor: it.amountMinor,
        created_at: now,
        updated_at: now,
      })
      .onDuplicateKeyUpdate({ state: it.state, amount_minor: it.amountMinor, updated_at: now })
      .execute();
  },
};
