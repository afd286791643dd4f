import type { DeadLetter } from '@shopstack/bus/connection';
import type { DeadLetterView } from '@shopstack/contracts/operations-desk';
import { problem } from '@shopstack/kit/problem';
import { type Database, isDuplicate } from '@shopstack/sql/database';
import { type ExpressionBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { DeadLetterRecord, Deed } from '../domain/dead-letter.ts';
import { historyColumn, readRecord, recordColumns, rowOf } from './dead-letter-rows.ts';
import type { Schema, Trx } from './schema.ts';

const KEEP_DAYS = 90;
const PRUNED_AT_ONCE = 500;

export interface LetterFilter {
  state?: DeadLetterView['state'] | undefined;
  queue?: string | undefined;
  type?: string | undefined;
  /** An order's id, a message's id or part of the reason. */
  q?: string | undefined;
}

/** Every message that was given up, one row per death. */
export function openDeadLetters(database: Database<Schema>) {
  const { db } = database;
  return {
    /** False when this death has a row already: the letter came before. */
    async keep(letter: DeadLetter): Promise<boolean> {
      try {
        await db.insertInto('dead_letters').values(rowOf(letter)).execute();
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },

    /** Newest first; ids sort by time. */
    async list(filter: LetterFilter & { before: string | undefined; limit: number }) {
      let query = db.selectFrom('dead_letters').select(recordColumns).orderBy('id', 'desc');
      for (const column of ['state', 'queue', 'type'] as const) {
        const wanted = filter[column];
        if (wanted !== undefined) query = query.where(column, '=', wanted);
      }
      if (filter.q !== undefined) query = query.where(meaning(filter.q.trim()));
      if (filter.before !== undefined) query = query.where('id', '<', filter.before);
      return (await query.limit(filter.limit).execute()).map(readRecord);
    },

    async read(id: string): Promise<{ record: DeadLetterRecord; content: Buffer } | undefined> {
      const query = db.selectFrom('dead_letters').select(recordColumns).select('content');
      const row = await query.where('id', '=', id).executeTakeFirst();
      return row && { record: readRecord(row), content: row.content };
    },

    /** @throws Problem `not-found`, or `dead-letter-final` when it was dealt with or is being sent again. */
    discard: (id: string, deed: Omit<Deed, 'what' | 'at'>): Promise<DeadLetterRecord> =>
      database.transaction(async (trx) => {
        const row = await lockOpen(trx, id);
        if (row.replay_run !== null) throw problem('dead-letter-final', 'It is being sent again.');
        const record = withDeed(readRecord(row), { ...deed, what: 'discarded' });
        await trx
          .updateTable('dead_letters')
          .set({ state: 'discarded', settled_at: new Date(), history: historyColumn.write(record.history) })
          .where('id', '=', id)
          .execute();
        return { ...record, state: 'discarded' };
      }),

    /** From the index by queue alone: by state every row would be fetched. */
    async openByQueue(): Promise<{ queue: string; open: number }[]> {
      const { rows } = await sql<{ queue: string; open: number | string }>`
        select queue, count(*) as open from dead_letters ignore index (dead_letters_state)
        where state = 'dead' group by queue`.execute(db);
      return rows.map(({ queue, open }) => ({ queue, open: Number(open) }));
    },

    /** Removes a batch of those that were dealt with 90 days ago; resolves to how many. */
    async prune(): Promise<number> {
      const { numAffectedRows = 0n } = await sql`delete from dead_letters
        where settled_at < utc_timestamp(3) - interval ${sql.lit(KEEP_DAYS)} day
        limit ${sql.lit(PRUNED_AT_ONCE)}`.execute(db);
      return Number(numAffectedRows);
    },
  };
}
export type DeadLetterStore = ReturnType<typeof openDeadLetters>;

/** @throws Problem `not-found` or `dead-letter-final`. */
export async function lockOpen(trx: Trx, id: string) {
  const query = trx.selectFrom('dead_letters').selectAll().where('id', '=', id);
  const row = await query.forUpdate().executeTakeFirst();
  if (!row) throw problem('not-found');
  if (row.state !== 'dead') throw problem('dead-letter-final', `It was ${row.state} already.`);
  return row;
}

export const withDeed = (record: DeadLetterRecord, deed: Omit<Deed, 'at'>): DeadLetterRecord => ({
  ...record,
  history: [...record.history, { at: new Date().toISOString(), ...deed }],
});

const meaning = (q: string) => (eb: ExpressionBuilder<Schema, 'dead_letters'>) => {
  if (z.uuid().safeParse(q).success) {
    const ids = [q, q.toLowerCase()];
    return eb.or([eb('order_id', '=', q.toLowerCase()), eb('message_id', 'in', ids)]);
  }
  const part = `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return eb.or([eb('message_id', '=', q), eb('reason', 'like', part), eb('detail', 'like', part)]);
};
