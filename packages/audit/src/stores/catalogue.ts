import type { mongo } from 'mongoose';
import { z } from 'zod';
import type { ReservationRow, StockRow } from '../facts.ts';
import { idFilter, type Range } from './range.ts';

const Reservation = z.object({
  _id: z.string(),
  state: z.string(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
const Stock = z
  .object({
    _id: z.string(),
    available: z.number(),
    adjusted: z.number(),
    sold: z.number(),
    holds: z.array(z.object({ orderId: z.string(), q: z.number(), at: z.date() })),
    restocks: z.array(z.object({ key: z.string() })).default([]),
  })
  .transform(
    ({ _id, available, adjusted, sold, holds, restocks }): StockRow => ({
      sku: _id,
      available,
      adjusted,
      sold,
      holds: holds.map(({ orderId, q, at }) => ({ orderId, quantity: q, at: at.getTime() })),
      restocks: restocks.map(({ key }) => key),
    }),
  );

export function openCatalogue(client: Pick<mongo.MongoClient, 'db'>) {
  const db = client.db('catalogue');
  const reservations = db.collection<{ _id: string }>('reservations');
  const stock = db.collection<{ _id: string }>('stock');
  return {
    async reservations(range: Range): Promise<Map<string, ReservationRow>> {
      const found = await reservations
        .find(idFilter(range))
        .project({ state: 1, createdAt: 1, updatedAt: 1 })
        .toArray();
      return new Map(
        z
          .array(Reservation)
          .parse(found)
          .map(({ _id, state, createdAt, updatedAt }) => [
            _id,
            { state, createdAt: createdAt.getTime(), updatedAt: updatedAt.getTime() },
          ]),
      );
    },
    /** The next `size` SKUs after one. */
    async stock(after: string, size: number): Promise<StockRow[]> {
      const found = await stock
        .find({ _id: { $gt: after } })
        .project({ available: 1, adjusted: 1, sold: 1, holds: 1, 'restocks.key': 1 })
        .sort({ _id: 1 })
        .limit(size)
        .toArray();
      return z.array(Stock).parse(found);
    },
  };
}
