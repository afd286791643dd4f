import type { Body, Reply } from '@shopstack/contracts/operation';
import type { getMyReview, getRating, listReviews, putMyReview, Review } from '@shopstack/contracts/ratings';
import { http } from './client.ts';

export type ReviewSort = 'newest' | 'helpful' | 'rating-desc' | 'rating-asc';
export type ReviewInput = Body<typeof putMyReview>;

const product = (id: string) => `/ratings/products/${encodeURIComponent(id)}`;

export const fetchRating = (productId: string, signal?: AbortSignal) =>
  http.json<Reply<typeof getRating>>('GET', `${product(productId)}/rating`, { signal });
export const fetchReviews = (productId: string, sort: ReviewSort, cursor?: string) =>
  http.json<Reply<typeof listReviews>>('GET', `${product(productId)}/reviews`, {
    query: { sort, limit: 6, cursor },
  });
export const fetchMyReview = (productId: string, signal?: AbortSignal) =>
  http.json<Reply<typeof getMyReview>>('GET', `${product(productId)}/reviews/mine`, { auth: true, signal });
export const saveMyReview = (productId: string, body: ReviewInput, version?: number) =>
  http.json<Review>('PUT', `${product(productId)}/reviews/mine`, {
    auth: true,
    body,
    ...(version === undefined ? {} : { ifMatch: version }),
  });
export const removeMyReview = (productId: string, version: number) =>
  http.nothing('DELETE', `${product(productId)}/reviews/mine`, { auth: true, ifMatch: version });
export const voteForReview = (id: string, helpful: boolean) =>
  http.json<Review>('POST', `/ratings/reviews/${id}/votes`, { auth: true, body: { helpful } });
