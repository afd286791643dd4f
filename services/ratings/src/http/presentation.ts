import type { Review } from '@shopstack/contracts/ratings';
import { etag } from '@shopstack/kit/etag';
import type { Answer } from '@shopstack/kit/idempotency';
import type { ReviewRecord } from '../store/reviews.ts';

/** What anybody may see of a review: its author's account is not among it. */
export const present = ({ userId: _, createdAt, updatedAt, ...it }: ReviewRecord): Review => ({
  ...it,
  verified: true,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

export const answerReview = (status: 200 | 201, it: ReviewRecord): Answer => ({
  status,
  body: present(it),
  headers: { etag: etag(it.version) },
});
