import { OrderSummary } from '@shopstack/contracts/order';
import { decodeCursor, pageOf } from '@shopstack/kit/page';
import { type Connection, Schema, trusted } from 'mongoose';
import { z } from 'zod';
import { isDuplicate } from './database.ts';

interface OrderRecord {
  _id: string;
  userId: string;
  version: number;
  placedAt: Date;
  summary: OrderSummary;
}
const schema = new Schema<OrderRecord>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    version: { type: Number, required: true },
    placedAt: { type: Date, required: true },
    summary: { type: Schema.Types.Mixed, required: true },
  },
  { strict: 'throw', versionKey: false },
);
const Cursor = z.tuple([z.iso.datetime(), z.string()]);

/** The order history: what dispatch last told of each order. */
export function openOrders(connection: Connection) {
  const orders = connection.model<OrderRecord>('Order', schema, 'orders');
  return {
    createIndexes: async () => {
      await orders.collection.createIndexes([{ key: { userId: 1, placedAt: -1, _id: -1 }, name: 'history' }]);
    },
    /** Keeps the newest version, whatever comes twice or late. */
    async take(userId: string, order: OrderSummary): Promise<void> {
      const summary = OrderSummary.parse(order);
      try {
        await orders.updateOne(
          { _id: order.id, version: trusted({ $lt: order.version }) },
          { $set: { userId, version: order.version, placedAt: new Date(order.placedAt), summary } },
          { upsert: true },
        );
      } catch (error) {
        // The upsert of an older version meets the newer one's id.
        if (!isDuplicate(error)) throw error;
      }
    },
    /** Newest first. */
    async listOf(userId: string, page: { limit: number; cursor?: string | undefined }) {
      const after = decodeCursor(Cursor, page.cursor);
      const placedAt = after && new Date(after[0]);
      const rows = await orders
        .find({
          userId,
          ...(after && placedAt
            ? {
                $or: [
                  { placedAt: trusted({ $lt: placedAt }) },
                  { placedAt, _id: trusted({ $lt: after[1] }) },
                ],
              }
            : {}),
        })
        .sort({ placedAt: -1, _id: -1 })
        .limit(page.limit + 1)
        .lean<OrderRecord[]>()
        .exec();
      const { items, next } = pageOf(rows, page.limit, (last) => [last.placedAt.toISOString(), last._id]);
      return { items: items.map((it) => it.summary), next };
    },
  };
}
export type Orders = ReturnType<typeof openOrders>;
