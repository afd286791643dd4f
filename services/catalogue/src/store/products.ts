import type { OutgoingMessage } from '@shopstack/bus/message';
import { type Problem, problem } from '@shopstack/kit/problem';
import { type Connection, mongo, Schema, trusted } from 'mongoose';
import type { ImageRecord, ProductRecord } from '../domain/product.ts';

type Stored = ProductRecord & { outgoing: OutgoingMessage[] };
/** What a merchandiser decides; the rest is ours. */
export type ProductContent = Pick<
  ProductRecord,
  'name' | 'description' | 'brand' | 'categories' | 'taxClass' | 'attributes' | 'variants'
>;
/** What to change; undefined means as it is. */
export type ProductChange = {
  [K in keyof ProductContent | 'discontinued' | 'images']?: ProductRecord[K] | undefined;
};

const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    name: String,
    description: String,
    brand: String,
    categories: [String],
    taxClass: String,
    attributes: Schema.Types.Mixed,
    images: [new Schema({ name: String, alt: String }, { _id: false })],
    variants: [
      new Schema(
        {
          sku: String,
          options: Schema.Types.Mixed,
          priceMinor: Number,
          compareAtMinor: Number,
          weightGrams: Number,
        },
        { _id: false, minimize: false },
      ),
    ],
    rating: { average: Number, count: Number, version: Number },
    discontinued: Boolean,
    version: Number,
    createdAt: Date,
    updatedAt: Date,
    outgoing: [Schema.Types.Mixed],
  },
  { strict: 'throw', versionKey: false, minimize: false },
);
const isDuplicate = (error: unknown): error is mongo.MongoServerError =>
  error instanceof mongo.MongoServerError && error.code === 11000;
const whichIsTaken = (error: mongo.MongoServerError): Problem =>
  'variants.sku' in (error.keyPattern ?? {}) ? problem('sku-taken') : problem('product-exists');

/** The catalogue's products. A change is one write to one document: content, version and outgoing events together. */
export function openProducts(connection: Connection) {
  const products = connection.model<Stored>('Product', schema, 'products');

  return {
    collection: products.collection,
    createIndexes: async () => {
      await products.collection.createIndexes([
        { key: { 'variants.sku': 1 }, unique: true, name: 'sku' },
        { key: { updatedAt: 1 }, name: 'changed' },
        {
          key: { 'outgoing.0': 1 },
          name: 'outgoing',
          partialFilterExpression: { 'outgoing.0': { $exists: true } },
        },
      ]);
    },
    byId: (id: string) => products.findById(id, { outgoing: 0 }).lean<ProductRecord>().exec(),
    /** By the SKU of a variant, or by the product's id. */
    find: (key: string) =>
      products
        .findOne({ $or: [{ 'variants.sku': key }, { _id: key }] }, { outgoing: 0 })
        .lean<ProductRecord>()
        .exec(),
    byIds: (ids: readonly string[]) =>
      products
        .find({ _id: trusted({ $in: [...ids] }) }, { outgoing: 0 })
        .lean<ProductRecord[]>()
        .exec(),
    bySkus: (skus: readonly string[]) =>
      products
        .find({ 'variants.sku': trusted({ $in: [...skus] }) }, { outgoing: 0 })
        .lean<ProductRecord[]>()
        .exec(),
    /** Everything changed since, oldest first: how the search index follows. */
    changedSince: (since: Date) =>
      products
        .find({ updatedAt: trusted({ $gte: since }) }, { outgoing: 0, description: 0 })
        .sort({ updatedAt: 1 })
        .lean<ProductRecord[]>()
        .exec(),
    /** Pages through all products by id, for export and index building. */
    after: (id: string, limit: number) =>
      products
        .find({ _id: trusted({ $gt: id }) }, { outgoing: 0 })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<ProductRecord[]>()
        .exec(),

    /** @throws Problem `product-exists` or `sku-taken`. */
    async create(
      id: string,
      content: ProductContent & { images?: ImageRecord[] },
      outgoing: OutgoingMessage[],
    ): Promise<ProductRecord> {
      const now = new Date();
      const record: Stored = {
        _id: id,
        images: [],
        ...content,
        rating: { average: 0, count: 0, version: 0 },
        discontinued: false,
        version: 1,
        createdAt: now,
        updatedAt: now,
        outgoing,
      };
      try {
        await products.collection.insertOne(record as never);
      } catch (error) {
        if (isDuplicate(error)) throw whichIsTaken(error);
        throw error;
      }
      return record;
    },

    /** Changes version `version` into the next. @throws Problem `etag-stale` when it is not the present one, `sku-taken`. */
    async change(
      id: string,
      version: number,
      change: ProductChange & { outgoing: OutgoingMessage[] },
    ): Promise<ProductRecord> {
      const { outgoing, ...set } = change;
      const defined = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
      try {
        const changed = await products
          .findOneAndUpdate(
            { _id: id, version },
            {
              $set: { ...defined, updatedAt: new Date() },
              $inc: { version: 1 },
              ...(outgoing.length > 0 ? { $push: { outgoing: { $each: outgoing } } } : {}),
            },
            { returnDocument: 'after', projection: { outgoing: 0 } },
          )
          .lean<ProductRecord>()
          .exec();
        if (changed) return changed;
      } catch (error) {
        if (isDuplicate(error)) throw whichIsTaken(error);
        throw error;
      }
      throw problem('etag-stale');
    },

    /** Takes a rating over unless a newer one is known; ratings do not change the product's version. */
    async rate(id: string, rating: { average: number; count: number; version: number }): Promise<void> {
      await products.updateOne(
        { _id: id, 'rating.version': trusted({ $lt: rating.version }) },
        { $set: { rating, updatedAt: new Date() } },
      );
    },
  };
}
export type Products = ReturnType<typeof openProducts>;
