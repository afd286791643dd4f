import { listMyOrders } from '@shopstack/contracts/user';
import { type Api, ok } from '@shopstack/kit/api';
import type { Orders } from '../store/orders.ts';
import { callerOf } from './caller.ts';

export function orders(api: Api, deps: { orders: Pick<Orders, 'listOf'> }): void {
  api.on(listMyOrders, async ({ principal, query }) =>
    ok(await deps.orders.listOf(callerOf(principal).id, query), { 'cache-control': 'no-store' }),
  );
}
