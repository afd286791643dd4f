import type { Bus } from '@shopstack/bus/connection';
import { on } from '@shopstack/bus/handler';
import { orderEvents } from '@shopstack/contracts/messages';
import type { Orders } from '../store/orders.ts';

/** Keeps the order history. Messages may come twice and in any order; guests' orders belong to nobody here. */
export function followOrders(
  bus: Pick<Bus, 'consume'>,
  deps: { orders: Pick<Orders, 'take'>; ready: () => Promise<boolean> },
) {
  return bus.consume({
    queue: 'user.orders',
    prefetch: 20,
    ready: deps.ready,
    handlers: orderEvents.map((event) =>
      on(event, async (fact) => {
        if (fact.userId !== undefined) await deps.orders.take(fact.userId, fact);
      }),
    ),
  });
}
