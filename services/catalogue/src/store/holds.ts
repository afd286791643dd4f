import { uuidv7 } from '@shopstack/kit/uuid';
import { trusted } from 'mongoose';
import type { Line } from '../domain/lines.ts';
import type { Movement, Stock, StockRecord } from './stock.ts';

/** What an order does to the stock of one SKU. Each is one guarded write, and nothing when it was done already. */
export function openHolds(stock: Stock) {
  const { model } = stock;
  const now = () => new Date();
  const movement = (kind: Movement['kind'], delta: number, it: Line & { orderId: string }): Movement => ({
    _id: uuidv7(),
    sku: it.sku,
    kind,
    delta,
    reason: `order ${it.orderId}`,
    orderId: it.orderId,
    at: now(),
  });

  return {
    /** True when the units are held, by this call or an earlier one. */
    async hold(orderId: string, { sku, quantity }: Line): Promise<boolean> {
      const done = await model.updateOne(
        { _id: sku, available: trusted({ $gte: quantity }), 'holds.orderId': trusted({ $ne: orderId }) },
        {
          $inc: { available: -quantity },
          $push: { holds: { orderId, q: quantity, at: now() } },
          $set: { updatedAt: now() },
        },
      );
      if (done.modifiedCount === 1) return true;
      return (await model.countDocuments({ _id: sku, 'holds.orderId': orderId })) > 0;
    },
    async release(orderId: string, { sku, quantity }: Line): Promise<void> {
      await model.updateOne(
        { _id: sku, holds: trusted({ $elemMatch: { orderId, q: quantity } }) },
        { $inc: { available: quantity }, $pull: { holds: { orderId } }, $set: { updatedAt: now() } },
      );
    },
    async sell(orderId: string, { sku, quantity }: Line): Promise<void> {
      const done = await model.updateOne(
        { _id: sku, holds: trusted({ $elemMatch: { orderId, q: quantity } }) },
        {
          $inc: { sold: quantity },
          $pull: { holds: { orderId } },
          $push: { movements: movement('sold', -quantity, { sku, quantity, orderId }) },
          $set: { updatedAt: now() },
        },
      );
      if (done.modifiedCount === 1) await stock.settleMovements(sku);
    },
    /** Once per order and key: another order may use the same words. */
    async restock(orderId: string, key: string, { sku, quantity }: Line): Promise<void> {
      const marker = `${orderId} ${key}`;
      const done = await model.updateOne(
        { _id: sku, 'restocks.key': trusted({ $ne: marker }) },
        {
          $inc: { available: quantity, sold: -quantity },
          $push: {
            restocks: { key: marker, q: quantity, at: now() },
            movements: movement('restocked', quantity, { sku, quantity, orderId }),
          },
          $set: { updatedAt: now() },
        },
      );
      if (done.modifiedCount === 1) await stock.settleMovements(sku);
    },
    async available(skus: readonly string[]): Promise<Map<string, number>> {
      return stock.availability(skus);
    },
    /** Holds older than a minute, to be compared with their reservations. */
    aged: (olderThan: Date) =>
      model
        .find({ holds: trusted({ $elemMatch: { at: { $lt: olderThan } } }) }, { holds: 1 })
        .limit(500)
        .lean<Pick<StockRecord, '_id' | 'holds'>[]>()
        .exec(),
  };
}
export type Holds = ReturnType<typeof openHolds>;
