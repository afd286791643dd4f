import type { Bus, Consumer } from '@shopstack/bus/connection';
import { on } from '@shopstack/bus/handler';
import { orderPlaced, productDiscontinued, productPriceChanged } from '@shopstack/contracts/messages';
import { userHolder } from '../domain/holder.ts';
import type { Carts } from '../store/carts.ts';

/** Takes ordered quantities out of carts, once per order; what was added since stays. */
export function consume(bus: Bus, deps: { carts: Carts; ready: () => Promise<boolean> }): Consumer {
  const { carts } = deps;
  const { ttlSeconds } = userHolder('');
  return bus.consume({
    queue: 'cart.events',
    prefetch: 20,
    ready: deps.ready,
    handlers: [
      on(orderPlaced, async (order) => {
        await carts.change(
          { id: order.cartId, ttlSeconds },
          { op: 'ordered', orderId: order.id, lines: order.lines },
          { request: { id: order.id, digest: '' } },
        );
      }),
      on(productDiscontinued, ({ skus }) => carts.markDiscontinued(skus)),
      on(productPriceChanged, ({ sku, price }) => carts.notePrice(sku, price.amountMinor)),
    ],
  });
}
