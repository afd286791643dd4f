import { cancelOrder, getOrder, listOrders } from '@shopstack/contracts/dispatch';
import { type Api, ok } from '@shopstack/kit/api';
import { decodeCursor, pageOf } from '@shopstack/kit/page';
import { z } from 'zod';
import type { FollowTokens } from '../domain/follow-token.ts';
import { type OrderRecord, toOrder } from '../domain/order.ts';
import { readOrderNumber } from '../domain/order-number.ts';
import type { Orders } from '../store/orders.ts';
import { readFor } from './access.ts';

export interface OrdersDeps {
  orders: Orders;
  followTokens: FollowTokens;
  changed: () => void;
}

export function orders(api: Api, deps: OrdersDeps): void {
  api.on(getOrder, async (call) => {
    const { order } = await readFor(deps, call, call.params.id);
    return ok(toOrder(order));
  });

  api.on(cancelOrder, async (call) => {
    const { as } = await readFor(deps, call, call.params.id);
    const by = as === 'support' ? 'support' : 'customer';
    const answer = (order: OrderRecord) => ({ status: 202, body: toOrder(order) });
    const wish = { by, note: call.body.reason } as const;
    const order = await deps.orders.cancel(call.params.id, wish, { ref: call.idempotency, answer });
    deps.changed();
    return answer(order);
  });

  api.on(listOrders, async ({ query }) => {
    const before = decodeCursor(z.uuid(), query.cursor);
    const where = query.q === undefined ? undefined : meant(query.q);
    if (where === 'nothing') return ok({ items: [], next: null });
    const limit = query.limit + 1;
    const rows = await deps.orders.list({ state: query.state, where, before, limit });
    const page = pageOf(rows, query.limit, (it) => it.id);
    return ok({ ...page, items: page.items.map(toOrder) });
  });
}

type Meant = { column: 'id' | 'number' | 'email'; value: string };
/** What support typed: an id, an e-mail address or an order number. */
function meant(typed: string): Meant | 'nothing' {
  const value = typed.trim();
  if (z.uuid().safeParse(value).success) return { column: 'id', value: value.toLowerCase() };
  if (value.includes('@')) return { column: 'email', value };
  const number = readOrderNumber(value);
  return number === undefined ? 'nothing' : { column: 'number', value: number };
}
