import type { Body } from '@shopstack/contracts/operation';
import { getMyReview, putMyReview, removeMyReview } from '@shopstack/contracts/ratings';
import { type Api, noContent, ok } from '@shopstack/kit/api';
import { checkIfMatch, etag } from '@shopstack/kit/etag';
import type { Principal } from '@shopstack/kit/principal';
import { problem } from '@shopstack/kit/problem';
import { uuidv7 } from '@shopstack/kit/uuid';
import type { Database } from '@shopstack/sql/database';
import type { Transaction } from 'kysely';
import { needsModeration, stateAfterWriting } from '../domain/moderation.ts';
import { publishChange } from '../events/publication.ts';
import { type Buyer, buyers } from '../store/buyers.ts';
import { type ReviewRecord, reviews } from '../store/reviews.ts';
import type { Schema } from '../store/schema.ts';
import { tallies } from '../store/tallies.ts';
import { answerReview, present } from './presentation.ts';

interface Deps {
  database: Database<Schema>;
  /** Sends outgoing messages soon. */
  wake: () => void;
}
type Written = Pick<ReviewRecord, 'rating' | 'title' | 'body' | 'author'>;

/** A buyer's own review of a product. */
export function myReview(api: Api, { database, wake }: Deps): void {
  api.on(getMyReview, async ({ params, principal }) => {
    const buyer = buyerOf(principal, params.productId);
    const [found, review] = await Promise.all([
      buyers.find(database.db, buyer),
      reviews.byAuthor(database.db, buyer),
    ]);
    const body = { mayReview: found !== undefined, review: review ? present(review) : null };
    return ok(body, review ? { etag: etag(review.version) } : {});
  });

  api.on(putMyReview, async ({ params, principal, body, ifMatch }) => {
    const buyer = buyerOf(principal, params.productId);
    const written = trimmed(body);
    const { before, after } = await database.transaction((trx) => write(trx, { buyer, written, ifMatch }));
    wake();
    return answerReview(before ? 200 : 201, after);
  });

  api.on(removeMyReview, async ({ params, principal, ifMatch }) => {
    const buyer = buyerOf(principal, params.productId);
    await database.transaction(async (trx) => {
      const tally = await tallies.next(trx, buyer.productId);
      const before = await reviews.byAuthor(trx, buyer);
      if (!before) throw problem('not-found', 'You have not reviewed this product.');
      checkIfMatch(ifMatch, before.version);
      await reviews.remove(trx, before.id);
      if (before.state !== 'published') await buyers.watch(trx, buyer);
      await publishChange(trx, tally, { before });
    });
    wake();
    return noContent;
  });
}

async function write(
  trx: Transaction<Schema>,
  { buyer, written, ifMatch }: { buyer: Buyer; written: Written; ifMatch: string | undefined },
): Promise<{ before: ReviewRecord | undefined; after: ReviewRecord }> {
  const tally = await tallies.next(trx, buyer.productId);
  const found = await buyers.find(trx, buyer);
  if (!found) throw problem('not-verified-buyer');
  const before = await reviews.byAuthor(trx, buyer);
  if (before) checkIfMatch(ifMatch, before.version);
  else if (ifMatch !== undefined) throw problem('etag-stale', 'You have not reviewed this product.');
  const now = new Date();
  const suspicious = needsModeration(written.title, written.body, written.author);
  const after: ReviewRecord = {
    ...(before ?? { ...buyer, id: uuidv7(), helpful: 0, createdAt: now }),
    ...written,
    state: stateAfterWriting(before?.state, { suspicious, watched: found.watched }),
    version: tally.revision,
    updatedAt: now,
  };
  await (before ? reviews.update(trx, after) : reviews.insert(trx, after));
  await publishChange(trx, tally, { before, after });
  return { before, after };
}

function trimmed({ rating, ...texts }: Body<typeof putMyReview>): Written {
  const author = texts.author.trim();
  if (author === '') {
    throw problem('validation-failed', undefined, { errors: [{ pointer: '/author', detail: 'is empty' }] });
  }
  return { rating, author, title: texts.title.trim(), body: texts.body.trim() };
}

function buyerOf(principal: Principal, productId: string): Buyer {
  if (principal.kind !== 'user') throw problem('unauthenticated');
  return { userId: principal.id, productId };
}
