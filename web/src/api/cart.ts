import type { Cart, Destination } from '@shopstack/contracts/cart';
import type { SkuQuantity } from '@shopstack/contracts/primitives';
import { http } from './client.ts';

const item = (sku: string) => `/cart/items/${encodeURIComponent(sku)}`;

export const fetchCart = (signal?: AbortSignal) => http.json<Cart>('GET', '/cart', { auth: true, signal });
export const addToCart = (body: SkuQuantity, idempotencyKey: string) =>
  http.json<Cart>('POST', '/cart/items', { auth: true, body, idempotencyKey });
export const setCartItem = ({ sku, quantity }: SkuQuantity) =>
  http.json<Cart>('PATCH', item(sku), { auth: true, body: { quantity } });
export const removeCartItem = (sku: string) => http.json<Cart>('DELETE', item(sku), { auth: true });
export const setCartDestination = (body: Destination) =>
  http.json<Cart>('PUT', '/cart/destination', { auth: true, body });
export const mergeCart = () => http.json<Cart>('POST', '/cart/merge', { auth: true });
