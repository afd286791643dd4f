import type { Database } from '@shopstack/sql/database';
import { sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { Dispute } from '../domain/payment.ts';
import type { Schema } from './schema.ts';

const State = z.enum(['opened', 'won', 'lost']);

/** What cardholders' banks asked back. */
export const disputes = {
  /** How far a provider's list of disputes was read. */
  async position(db: Database<Schema>['db'], provider: string): Promise<number> {
    const table = db.selectFrom('dispute_positions').select('position');
    return (await table.where('provider', '=', provider).executeTakeFirst())?.position ?? 0;
  },
  /** Never goes back: another replica may have read further. */
  async moveTo(trx: Transaction<Schema>, provider: string, position: number): Promise<void> {
    await trx
      .insertInto('dispute_positions')
      .values({ provider, position })
      .onDuplicateKeyUpdate({ position: sql<number>`greatest(position, ${position})` })
      .execute();
  },
  /** Call it, like `put`, with the payment locked. */
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
