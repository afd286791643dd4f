import { draft } from '@shopstack/bus/message';
import { appendOutbox } from '@shopstack/bus/mysql';
import { ratingAggregateChanged } from '@shopstack/contracts/messages';
import type { Transaction } from 'kysely';
import { ratingOf, recount } from '../domain/rating.ts';
import type { ReviewRecord } from '../store/reviews.ts';
import type { Schema } from '../store/schema.ts';
import { type Tally, tallies } from '../store/tallies.ts';

const counted = (it: ReviewRecord | undefined): number | undefined =>
  it?.state === 'published' ? it.rating : undefined;

/** Counts one review's change and tells it, in the review's transaction; `tally` is from `tallies.next`. */
export async function publishChange(
  trx: Transaction<Schema>,
  tally: Tally,
  { before, after }: { before?: ReviewRecord | undefined; after?: ReviewRecord | undefined },
): Promise<void> {
  if (counted(before) === counted(after)) return;
  const { productId, revision: version } = tally;
  const histogram = recount(tally.histogram, counted(before), counted(after));
  await tallies.save(trx, { ...tally, histogram });
  await appendOutbox(trx, [
    draft(ratingAggregateChanged, {
      subject: productId,
      data: { productId, rating: ratingOf(histogram), version },
    }),
  ]);
}
