import type { Bus } from '@shopstack/bus/connection';
import { on } from '@shopstack/bus/handler';
import type { ReceivedMessage } from '@shopstack/bus/message';
import {
  ratingAggregateChanged,
  stockCommit,
  stockRelease,
  stockRenew,
  stockReserve,
  stockRestock,
} from '@shopstack/contracts/messages';
import type { Products } from '../store/products.ts';
import type { Ask } from '../store/reservation-records.ts';
import type { Reservations } from '../store/reservations.ts';

interface Deps {
  reservations: Reservations;
  products: Pick<Products, 'rate'>;
  /** Sends what the handlers left to send. */
  wake: () => void;
  /** False while our own store is away: no message is taken then. */
  ready: () => Promise<boolean>;
}

/** The orders' commands to the stock, and what ratings say. Every handler may be repeated. */
export function consume(bus: Bus, deps: Deps): void {
  const { reservations } = deps;
  const ask = (data: { orderId: string; round: number }, message: ReceivedMessage): Ask => ({
    orderId: data.orderId,
    round: data.round,
    causationId: message.id,
  });
  bus.consume({
    queue: 'catalogue.commands',
    prefetch: 20,
    ready: deps.ready,
    handlers: [
      on(stockReserve, async (data, message) => {
        await reservations.reserve(ask(data, message), data.lines);
        deps.wake();
      }),
      on(stockCommit, async (data, message) => {
        await reservations.commit(ask(data, message));
        deps.wake();
      }),
      on(stockRelease, async (data, message) => {
        await reservations.release(ask(data, message));
        deps.wake();
      }),
      on(stockRestock, async (data, message) => {
        await reservations.restock(ask(data, message), data.key, data.lines);
        deps.wake();
      }),
      on(stockRenew, (data, message) => reservations.renew(ask(data, message))),
    ],
  });
  bus.consume({
    queue: 'catalogue.ratings',
    prefetch: 10,
    ready: deps.ready,
    handlers: [
      on(ratingAggregateChanged, ({ productId, rating, version }) =>
        deps.products.rate(productId, { ...rating, version }),
      ),
    ],
  });
}
