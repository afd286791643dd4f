import { z } from 'zod';
import { operation } from './operation.ts';
import { Id, PageQuery, ProductId, page, prose, Time, text } from './primitives.ts';
import { anyone, roles, signedIn } from './roles.ts';

const Stars = z.int().min(1).max(5);
/** `histogram[0]` counts one star, `histogram[4]` five. */
export const RatingSummary = z.object({
  productId: ProductId,
  average: z.number(),
  count: z.int(),
  histogram: z.array(z.int()).length(5),
});
export const ReviewState = z.enum(['published', 'hidden', 'pending']);
export const Review = z.object({
  id: Id,
  productId: ProductId,
  rating: Stars,
  title: z.string(),
  body: z.string(),
  author: z.string(),
  verified: z.boolean(),
  helpful: z.int(),
  state: ReviewState,
  version: z.int(),
  createdAt: Time,
  updatedAt: Time,
});
export type Review = z.infer<typeof Review>;
const byProduct = z.strictObject({ productId: ProductId });

export const getRating = operation({
  id: 'getRating',
  method: 'get',
  path: '/products/{productId}/rating',
  policy: anyone,
  params: byProduct,
  summary: 'Average, count and histogram',
  answers: { 200: RatingSummary },
});
export const listReviews = operation({
  id: 'listReviews',
  method: 'get',
  path: '/products/{productId}/reviews',
  policy: anyone,
  params: byProduct,
  summary: 'Published reviews',
  query: PageQuery.extend({
    sort: z.enum(['newest', 'helpful', 'rating-desc', 'rating-asc']).default('newest'),
  }),
  answers: { 200: page(Review) },
});
export const getMyReview = operation({
  id: 'getMyReview',
  method: 'get',
  path: '/products/{productId}/reviews/mine',
  policy: signedIn,
  params: byProduct,
  summary: 'My review, and whether I may write one',
  answers: { 200: z.object({ mayReview: z.boolean(), review: Review.nullable() }) },
});
export const putMyReview = operation({
  id: 'putMyReview',
  method: 'put',
  path: '/products/{productId}/reviews/mine',
  policy: signedIn,
  params: byProduct,
  summary: 'Write my review, or change it (If-Match)',
  ifMatch: 'optional',
  body: z.strictObject({
    rating: Stars,
    title: text(120, 0).default(''),
    body: prose(4000).default(''),
    author: text(60),
  }),
  answers: { 200: Review, 201: Review },
  problems: ['not-verified-buyer', 'if-match-missing'],
});
export const removeMyReview = operation({
  id: 'removeMyReview',
  method: 'delete',
  path: '/products/{productId}/reviews/mine',
  policy: signedIn,
  params: byProduct,
  summary: 'Take my review back',
  answers: { 204: null },
  ifMatch: 'required',
});
export const voteReview = operation({
  id: 'voteReview',
  method: 'post',
  path: '/reviews/{id}/votes',
  policy: signedIn,
  params: z.strictObject({ id: Id }),
  summary: 'Helpful or not; one vote a person',
  body: z.strictObject({ helpful: z.boolean() }),
  answers: { 200: Review },
});
export const listModeration = operation({
  id: 'listModeration',
  method: 'get',
  path: '/reviews',
  policy: roles('support'),
  summary: 'Reviews by state',
  query: PageQuery.extend({ state: ReviewState.optional() }),
  answers: { 200: page(Review) },
});
export const moderateReview = operation({
  id: 'moderateReview',
  method: 'patch',
  path: '/reviews/{id}',
  policy: roles('support'),
  params: z.strictObject({ id: Id }),
  summary: 'Publish or hide',
  body: z.strictObject({ state: ReviewState }),
  answers: { 200: Review },
  ifMatch: 'required',
});
