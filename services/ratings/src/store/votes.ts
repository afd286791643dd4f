import { sql, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/** One vote a person and review; whoever votes again changes the vote. */
export const votes = {
  /** How many helpful votes the review gains by it: 1, 0 or -1. The caller holds the review's lock. */
  async cast(
    trx: Transaction<Schema>,
    it: { reviewId: string; userId: string; helpful: boolean },
  ): Promise<number> {
    const before = await trx
      .selectFrom('votes')
      .select('helpful')
      .where('review_id', '=', it.reviewId)
      .where('user_id', '=', it.userId)
      .executeTakeFirst();
    const helpful = it.helpful ? 1 : 0;
    await sql`insert into votes (review_id, user_id, helpful, voted_at)
      values (${it.reviewId}, ${it.userId}, ${helpful}, utc_timestamp(3))
      on duplicate key update helpful = ${helpful}, voted_at = utc_timestamp(3)`.execute(trx);
    return helpful - (before?.helpful ?? 0);
  },
};
