import { cancelOrder, getOrder, listOrders, refundOrder, returnGoods } from '@shopstack/contracts/dispatch';
import { type Api, type Call, ok } from '@shopstack/kit/api';
import { decodeCursor, pageOf } from '@shopstack/kit/page';
import { problem } from '@shopstack/kit/problem';
import { uuidv7 } from '@shopstack/kit/uuid';
import { z } from 'zod';
import type { FollowTokens } from '../domain/follow-token.ts';
import { planRefund, planReturn } from '../domain/giving-back.ts';
import { toOrder } from '../domain/order.ts';
import { readOrderNumber } from '../domain/order-number.ts';
import { cancellability } from '../domain/saga/decide.ts';
import type { Input, Saga } from '../domain/saga/saga.ts';
import type { Orders, Wish } from '../store/orders.ts';
import type { Held } from '../store/transitions.ts';
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
    return act(deps, call, { by, note: call.body.reason, means: ({ saga }) => meansCancelling(saga, by) });
  });

  api.on(returnGoods, async (call) => {
    const { as } = await readFor(deps, call, call.params.id);
    const { lines, reason } = call.body;
    const id = uuidv7();
    return act(deps, call, {
      by: as === 'support' ? 'support' : 'customer',
      note: reason,
      means: (held, at) => planReturn(held, lines, { id, at, reason }),
    });
  });

  api.on(refundOrder, async (call) => {
    const { amount, reason } = call.body;
    const id = uuidv7();
    const means: Wish['means'] = (held, at) => planRefund(held, amount, { id, at, reason });
    return act(deps, call, { by: 'support', note: reason, means });
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

type Acting = Pick<Call<typeof cancelOrder>, 'params' | 'idempotency'>;
async function act(deps: OrdersDeps, { params, idempotency }: Acting, wish: Wish) {
  const answer = ({ order }: Held) => ({ status: 202, body: toOrder(order) });
  const held = await deps.orders.act(params.id, wish, { ref: idempotency, answer });
  deps.changed();
  return answer(held);
}

/** @throws Problem `already-shipped` or `order-final`; asking again while it is being undone changes nothing. */
function meansCancelling({ state }: Saga, by: 'customer' | 'support'): Input | undefined {
  const may = cancellability(state);
  switch (may) {
    case 'shipped':
      throw problem('already-shipped');
    case 'ended':
      throw problem('order-final');
    case 'turned':
      return undefined;
    case 'open':
      return { kind: 'cancel', by };
    default:
      return may satisfies never;
  }
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
