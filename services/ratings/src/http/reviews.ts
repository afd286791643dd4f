import { Id } from '@shopstack/contracts/primitives';
import { getRating, listReviews } from '@shopstack/contracts/ratings';
import { type Api, ok } from '@shopstack/kit/api';
import { decodeCursor, pageOf } from '@shopstack/kit/page';
import type { Database } from '@shopstack/sql/database';
import { z } from 'zod';
import { ratingOf } from '../domain/rating.ts';
import { type ReviewRecord, type Sort, reviews as store } from '../store/reviews.ts';
import type { Schema } from '../store/schema.ts';
import { tallies } from '../store/tallies.ts';
import { present } from './presentation.ts';

const sortValue = (it: ReviewRecord, sort: Sort): number => {
  if (sort === 'newest') return 0;
  return sort === 'helpful' ? it.helpful : it.rating;
};

/** What everybody may read about a product. */
export function reviews(api: Api, { database }: { database: Database<Schema> }): void {
  api.on(getRating, async ({ params: { productId } }) => {
    const { histogram } = await tallies.read(database.db, productId);
    return ok({ productId, ...ratingOf(histogram), histogram });
  });

  api.on(listReviews, async ({ params: { productId }, query: { sort, limit, cursor } }) => {
    const at = decodeCursor(z.tuple([z.literal(sort), z.int(), Id]), cursor);
    const rows = await store.published(database.db, {
      productId,
      sort,
      limit: limit + 1,
      after: at && { value: at[1], id: at[2] },
    });
    const { items, next } = pageOf(rows, limit, (it) => [sort, sortValue(it, sort), it.id]);
    return ok({ items: items.map(present), next });
  });
}
