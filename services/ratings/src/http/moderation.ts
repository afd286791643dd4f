import { Id } from '@shopstack/contracts/primitives';
import { listModeration, moderateReview } from '@shopstack/contracts/ratings';
import { type Api, ok } from '@shopstack/kit/api';
import { checkIfMatch } from '@shopstack/kit/etag';
import { decodeCursor, pageOf } from '@shopstack/kit/page';
import { problem } from '@shopstack/kit/problem';
import type { Database } from '@shopstack/sql/database';
import { z } from 'zod';
import { publishChange } from '../events/publication.ts';
import { reviews } from '../store/reviews.ts';
import type { Schema } from '../store/schema.ts';
import { tallies } from '../store/tallies.ts';
import { answerReview, present } from './presentation.ts';

/** Support decides what is shown. */
export function moderation(api: Api, deps: { database: Database<Schema>; wake: () => void }): void {
  const { database } = deps;

  api.on(listModeration, async ({ query: { state, limit, cursor } }) => {
    const at = decodeCursor(z.tuple([Id]), cursor);
    const rows = await reviews.all(database.db, { state, limit: limit + 1, afterId: at?.[0] });
    const { items, next } = pageOf(rows, limit, (it) => [it.id]);
    return ok({ items: items.map(present), next });
  });

  api.on(moderateReview, async ({ params, body, ifMatch }) => {
    const known = await reviews.byId(database.db, params.id);
    if (!known) throw problem('not-found');
    const review = await database.transaction(async (trx) => {
      const tally = await tallies.next(trx, known.productId);
      const before = await reviews.lock(trx, params.id);
      if (!before) throw problem('not-found');
      checkIfMatch(ifMatch, before.version);
      const after = { ...before, state: body.state, version: tally.revision, updatedAt: new Date() };
      await reviews.update(trx, after);
      await publishChange(trx, tally, { before, after });
      return after;
    });
    deps.wake();
    return answerReview(200, review);
  });
}
