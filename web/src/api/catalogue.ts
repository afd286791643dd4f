import type {
  getProduct,
  listCategories,
  listProducts,
  listRelated,
  suggest,
} from '@shopstack/contracts/catalogue';
import type { Reply } from '@shopstack/contracts/operation';
import { http } from './client.ts';
import type { Query } from './http.ts';

export type ProductPage = Reply<typeof listProducts>;
export type Suggestion = Reply<typeof suggest>['items'][number];

export const fetchProducts = (query: Query, signal?: AbortSignal) =>
  http.json<ProductPage>('GET', '/catalogue/products', { query, signal });
export const fetchProduct = (sku: string, signal?: AbortSignal) =>
  http.json<Reply<typeof getProduct>>('GET', `/catalogue/products/${encodeURIComponent(sku)}`, { signal });
export const fetchRelated = (sku: string, signal?: AbortSignal) =>
  http.json<Reply<typeof listRelated>>('GET', `/catalogue/products/${encodeURIComponent(sku)}/related`, {
    query: { limit: 4 },
    signal,
  });
export const fetchCategories = (signal?: AbortSignal) =>
  http.json<Reply<typeof listCategories>>('GET', '/catalogue/categories', { signal });
export const fetchSuggestions = (q: string, signal?: AbortSignal) =>
  http.json<Reply<typeof suggest>>('GET', '/catalogue/suggestions', { query: { q, limit: 6 }, signal });
