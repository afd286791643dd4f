import type {
  PlacedOrder,
  placeOrder as placeOrderOperation,
  returnGoods as returnGoodsOperation,
} from '@shopstack/contracts/dispatch';
import type { Body } from '@shopstack/contracts/operation';
import type { Order } from '@shopstack/contracts/order';
import { http } from './client.ts';

export type OrderInput = Body<typeof placeOrderOperation>;

export const placeOrder = (body: OrderInput, idempotencyKey: string) =>
  http.json<PlacedOrder>('POST', '/dispatch/orders', { auth: true, body, idempotencyKey });
export const fetchOrder = (id: string, followToken?: string, signal?: AbortSignal) =>
  http.json<Order>('GET', `/dispatch/orders/${id}`, { auth: true, followToken, signal });
export const cancelOrder = (id: string, followToken: string | undefined, idempotencyKey: string) =>
  http.json<Order>('POST', `/dispatch/orders/${id}/cancellations`, {
    auth: true,
    body: {},
    followToken,
    idempotencyKey,
  });

export type ReturnInput = Body<typeof returnGoodsOperation>;
interface FollowedOrder {
  id: string;
  followToken: string | undefined;
  idempotencyKey: string;
}
export const returnGoods = ({ id, ...call }: FollowedOrder, body: ReturnInput) =>
  http.json<Order>('POST', `/dispatch/orders/${id}/returns`, { ...call, auth: true, body });
