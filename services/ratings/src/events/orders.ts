import type { Bus, Consumer } from '@shopstack/bus/connection';
import { on } from '@shopstack/bus/handler';
import { firstTime } from '@shopstack/bus/mysql';
import { orderCompleted } from '@shopstack/contracts/messages';
import type { Database } from '@shopstack/sql/database';
import { buyers } from '../store/buyers.ts';
import type { Schema } from '../store/schema.ts';

const QUEUE = 'ratings.events';

/** Whoever received a product may review it. Guests have no account to review with. */
export function consume(
  bus: Bus,
  { database, ready }: { database: Database<Schema>; ready: () => Promise<boolean> },
): Consumer {
  return bus.consume({
    queue: QUEUE,
    prefetch: 20,
    ready,
    handlers: [
      on(orderCompleted, async (order, message) => {
        const { id: orderId, userId, lines } = order;
        if (userId === undefined) return;
        const productIds = [...new Set(lines.map((line) => line.productId))].sort();
        await database.transaction(async (trx) => {
          if (!(await firstTime(trx, QUEUE, message.id))) return;
          await buyers.add(trx, { userId, orderId, productIds });
        });
      }),
    ],
  });
}
