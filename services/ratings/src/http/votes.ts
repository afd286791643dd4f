import { voteReview } from '@shopstack/contracts/ratings';
import type { Api } from '@shopstack/kit/api';
import { problem } from '@shopstack/kit/problem';
import type { Database } from '@shopstack/sql/database';
import { reviews } from '../store/reviews.ts';
import type { Schema } from '../store/schema.ts';
import { votes as store } from '../store/votes.ts';
import { answerReview } from './presentation.ts';

/** Whether a review helped. A vote is no change of the review: its version stays. */
export function votes(api: Api, { database }: { database: Database<Schema> }): void {
  api.on(voteReview, async ({ params, body, principal }) => {
    if (principal.kind !== 'user') throw problem('unauthenticated');
    const review = await database.transaction(async (trx) => {
      const found = await reviews.lock(trx, params.id);
      if (found?.state !== 'published') throw problem('not-found');
      if (found.userId === principal.id) throw problem('forbidden', 'Nobody votes on their own review.');
      const vote = { reviewId: found.id, userId: principal.id, helpful: body.helpful };
      const gained = await store.cast(trx, vote);
      if (gained !== 0) await reviews.countHelpful(trx, found.id, gained);
      return { ...found, helpful: found.helpful + gained };
    });
    return answerReview(200, review);
  });
}
