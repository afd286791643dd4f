import { sql } from 'kysely';
import { z } from 'zod';
import type { DeadLetter } from '../promises/messages.ts';
import { type AnyDatabase, readRows } from './rows.ts';

const Letter = z.object({
  id: z.string(),
  queue: z.string(),
  type: z.string(),
  messageId: z.string(),
  reason: z.string(),
});

/** The dead letters that dispatch wrote down; their bytes are not read. */
export function openDeadLetters(database: AnyDatabase) {
  return {
    /** Those that nobody has dealt with, the oldest first. */
    dead: (most: number): Promise<DeadLetter[]> =>
      readRows(
        database,
        Letter,
        sql`select * from (select id, queue, type, message_id as messageId, reason from dispatch.dead_letters
          where state = 'dead' order by id limit ${sql.lit(most)}) as letters`,
      ),
    /** Which of these queues have letters there, in whatever state. */
    async written(queues: readonly string[]): Promise<Set<string>> {
      if (queues.length === 0) return new Set();
      const rows = await readRows(
        database,
        z.object({ queue: z.string() }),
        sql`select distinct queue from dispatch.dead_letters where queue in (${sql.join([...queues])})`,
      );
      return new Set(rows.map(({ queue }) => queue));
    },
  };
}
