import type { OutgoingMessage } from '@shopstack/bus/message';
import { problem } from '@shopstack/kit/problem';
import { uuidv7 } from '@shopstack/kit/uuid';
import { type Connection, Schema, trusted } from 'mongoose';

export interface Movement {
  _id: string;
  sku: string;
  kind: 'adjustment' | 'import' | 'sold' | 'restocked';
  delta: number;
  reason: string;
  orderId?: string;
  by?: string;
  at: Date;
}
interface Hold {
  orderId: string;
  q: number;
  at: Date;
}
/**
 * Stock of one SKU. Invariant: adjusted = available + Σ holds.q + sold.
 * `movements` wait in the document that they changed until they are copied to the ledger; `keys` guard adjustments.
 */
export interface StockRecord {
  _id: string;
  productId: string;
  available: number;
  adjusted: number;
  sold: number;
  holds: Hold[];
  restocks: { key: string; q: number; at: Date }[];
  keys: { key: string; movementId: string; at: Date }[];
  movements: Movement[];
  outgoing: OutgoingMessage[];
  updatedAt: Date;
}

/** `key` names the adjustment: applied once. */
export interface Adjustment {
  sku: string;
  delta: number;
  reason: string;
  key: string;
  kind: 'adjustment' | 'import';
  by?: string | undefined;
}

const mixed = [Schema.Types.Mixed];
const schema = new Schema<StockRecord>(
  {
    _id: { type: String, required: true },
    productId: String,
    available: Number,
    adjusted: Number,
    sold: Number,
    holds: [new Schema({ orderId: String, q: Number, at: Date }, { _id: false })],
    restocks: [new Schema({ key: String, q: Number, at: Date }, { _id: false })],
    keys: mixed,
    movements: mixed,
    outgoing: mixed,
    updatedAt: Date,
  },
  { strict: 'throw', versionKey: false },
);
const KEYS_KEPT_MS = 72 * 3600_000;

/** Stock per SKU. Every write is one guarded change of one document and a no-op when repeated. */
export function openStock(connection: Connection) {
  const stock = connection.model<StockRecord>('Stock', schema, 'stock');
  const ledger = connection.collection<Movement>('stock_movements');
  const now = () => new Date();

  /** Copies waiting movements to the ledger, then forgets them; a kill in between copies them again, harmlessly. */
  async function settleMovements(sku: string): Promise<void> {
    const it = await stock.findById(sku, { movements: 1 }).lean<Pick<StockRecord, 'movements'>>().exec();
    for (const movement of it?.movements ?? []) {
      await ledger.updateOne({ _id: movement._id }, { $setOnInsert: movement }, { upsert: true });
      await stock.updateOne({ _id: sku }, { $pull: { movements: { _id: movement._id } } });
    }
  }

  async function whyNot(it: Adjustment): Promise<{ available: number; movementId: string }> {
    const present = await stock.findById(it.sku, { available: 1, keys: 1 }).lean<StockRecord>().exec();
    if (!present) throw problem('unknown-sku', `There is no SKU ${it.sku}.`);
    const done = present.keys.find(({ key }) => key === it.key);
    if (done) return { available: present.available, movementId: done.movementId };
    throw problem('stock-would-be-negative', `Only ${present.available} are there.`);
  }

  return {
    model: stock,
    collection: stock.collection,
    createIndexes: async () => {
      await stock.collection.createIndexes([
        { key: { updatedAt: 1 }, name: 'changed' },
        { key: { productId: 1 }, name: 'product' },
        { key: { 'holds.orderId': 1 }, name: 'holder' },
        {
          key: { 'movements.0': 1 },
          name: 'movements',
          partialFilterExpression: { 'movements.0': { $exists: true } },
        },
      ]);
      await ledger.createIndexes([{ key: { sku: 1, _id: -1 }, name: 'sku' }]);
    },
    /** Units for sale by SKU; an unknown SKU has none. */
    async availability(skus: readonly string[]): Promise<Map<string, number>> {
      const rows = await stock
        .find({ _id: trusted({ $in: [...skus] }) }, { available: 1 })
        .lean<StockRecord[]>()
        .exec();
      return new Map(rows.map((it) => [it._id, it.available]));
    },
    changedSince: (since: Date) =>
      stock
        .find({ updatedAt: trusted({ $gte: since }) }, { available: 1, productId: 1, updatedAt: 1 })
        .lean<Pick<StockRecord, '_id' | 'available' | 'productId' | 'updatedAt'>[]>()
        .exec(),
    bySku: (sku: string) => stock.findById(sku).lean<StockRecord>().exec(),

    /** Makes sure that a SKU has a stock document. */
    async open(sku: string, productId: string): Promise<void> {
      await stock.updateOne(
        { _id: sku },
        {
          $set: { productId },
          $setOnInsert: {
            available: 0,
            adjusted: 0,
            sold: 0,
            holds: [],
            restocks: [],
            keys: [],
            movements: [],
            outgoing: [],
            updatedAt: now(),
          },
        },
        { upsert: true },
      );
    },

    /**
     * Goods arrived, were counted or got lost; repeated with the same key it changes nothing and answers the same.
     * @throws Problem `unknown-sku`, `stock-would-be-negative`.
     */
    async adjust(it: Adjustment): Promise<{ available: number; movementId: string }> {
      const movement: Movement = {
        _id: uuidv7(),
        sku: it.sku,
        kind: it.kind,
        delta: it.delta,
        reason: it.reason,
        at: now(),
        ...(it.by === undefined ? {} : { by: it.by }),
      };
      const changed = await stock
        .findOneAndUpdate(
          { _id: it.sku, available: trusted({ $gte: -it.delta }), 'keys.key': trusted({ $ne: it.key }) },
          {
            $inc: { available: it.delta, adjusted: it.delta },
            $push: { movements: movement, keys: { key: it.key, movementId: movement._id, at: movement.at } },
            $set: { updatedAt: movement.at },
          },
          { returnDocument: 'after', projection: { available: 1 } },
        )
        .lean<Pick<StockRecord, 'available'>>()
        .exec();
      if (!changed) return whyNot(it);
      await settleMovements(it.sku);
      return { available: changed.available, movementId: movement._id };
    },
    /** The ledger of a SKU, newest first. */
    movements: (sku: string, page: { before?: string | undefined; limit: number }) =>
      ledger
        .find({ sku, ...(page.before === undefined ? {} : { _id: { $lt: page.before } }) })
        .sort({ _id: -1 })
        .limit(page.limit)
        .toArray(),
    /** Finishes what a kill left between a stock document and the ledger, and forgets old keys and markers. */
    async sweep(): Promise<void> {
      const waiting = await stock
        .find({ 'movements.0': trusted({ $exists: true }) }, { _id: 1 })
        .limit(200)
        .lean()
        .exec();
      for (const { _id } of waiting) await settleMovements(_id);
      const old = new Date(Date.now() - KEYS_KEPT_MS);
      await stock.updateMany({ 'keys.at': trusted({ $lt: old }) }, { $pull: { keys: { at: { $lt: old } } } });
    },
    settleMovements,
  };
}
export type Stock = ReturnType<typeof openStock>;
