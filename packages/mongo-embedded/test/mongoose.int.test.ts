import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { failureOf, useServer } from './server.ts';

const { Schema } = mongoose;
const server = useServer();

const productSchema = new Schema(
  {
    sku: { type: String, required: true, unique: true },
    name: String,
    price: Number,
    stock: { type: Number, default: 0 },
    tags: [String],
    holds: [{ order: String, quantity: Number }],
    seller: { type: Schema.Types.ObjectId, ref: 'Seller' },
    meta: { type: Map, of: String },
    big: BigInt,
    uid: Schema.Types.UUID,
    phone: { type: String, unique: true, sparse: true },
  },
  { timestamps: true, optimisticConcurrency: true, writeConcern: { w: 'majority', j: true } },
);
productSchema.index({ 'holds.order': 1 });
productSchema.index({ price: 1, _id: 1 });

const sellerSchema = new Schema({ name: String });
const connect = () => mongoose.createConnection(`${server.url()}models?w=majority&journal=true`).asPromise();

describe('mongoose', () => {
  let connection: Awaited<ReturnType<typeof connect>>;
  const models = () => ({
    Product: connection.model('Product', productSchema),
    Seller: connection.model('Seller', sellerSchema),
  });
  beforeAll(async () => {
    connection = await connect();
    await models().Product.init();
  });
  afterAll(() => connection.close());

  it('creates, reads, populates and deletes documents', async () => {
    const { Product, Seller } = models();
    const seller = await Seller.create({ name: 'ACME' });
    const uid = new mongoose.Types.UUID();
    await Product.create({
      sku: 'p1',
      name: 'Shoe',
      price: 100,
      tags: ['a'],
      seller: seller._id,
      meta: { k: 'v' },
      big: 2n ** 60n + 1n,
      uid,
    });
    const found = await Product.findOne({ sku: 'p1' }).populate('seller').orFail();
    expect(found.get('seller.name')).toBe('ACME');
    expect(found.get('big')).toBe(2n ** 60n + 1n);
    expect(String(found.get('uid'))).toBe(uid.toString());
    expect(found.get('meta.k')).toBe('v');
    expect(found.get('createdAt')).toBeInstanceOf(Date);
    expect((await Product.deleteOne({ uid })).deletedCount).toBe(1);
  });

  it('sees duplicate keys as MongoServerError 11000', async () => {
    const { Product } = models();
    await Product.create([{ sku: 'd1' }, { sku: 'd2', phone: '1' }, { sku: 'd3' }]);
    expect(await failureOf(Product.create({ sku: 'd1' }))).toMatchObject({
      code: 11000,
      keyPattern: { sku: 1 },
      keyValue: { sku: 'd1' },
    });
    expect(await failureOf(Product.findOneAndUpdate({ sku: 'd3' }, { phone: '1' }))).toMatchObject({
      code: 11000,
      keyPattern: { phone: 1 },
    });
  });

  it('detects concurrent saves', async () => {
    const { Product } = models();
    await Product.create({ sku: 'v1' });
    const [first, second] = [
      await Product.findOne({ sku: 'v1' }).orFail(),
      await Product.findOne({ sku: 'v1' }).orFail(),
    ];
    first.set('price', 1);
    second.set('price', 2);
    await first.save();
    await expect(second.save()).rejects.toMatchObject({ name: 'VersionError' });
  });

  it('updates by guard, upserts with defaults and writes in bulk', async () => {
    const { Product } = models();
    await Product.create({ sku: 'g1', stock: 3 });
    const take = () =>
      Product.findOneAndUpdate(
        { sku: 'g1', stock: { $gte: 2 }, 'holds.order': { $ne: 'o' } },
        { $inc: { stock: -2 }, $push: { holds: { order: 'o', quantity: 2 } } },
        { returnDocument: 'after' },
      );
    expect((await take())?.get('stock')).toBe(1);
    expect(await take()).toBeNull();
    const made = await Product.findOneAndUpdate(
      { sku: 'g2' },
      { name: 'Made' },
      { upsert: true, returnDocument: 'after', setDefaultsOnInsert: true },
    );
    expect(made?.get('stock')).toBe(0);
    const result = await Product.bulkWrite([
      { insertOne: { document: { sku: 'b1', price: 5 } } },
      { updateOne: { filter: { sku: 'b1' }, update: { $inc: { price: 1 } } } },
      { updateMany: { filter: { sku: /^b/ }, update: { $set: { name: 'B' } } } },
      { replaceOne: { filter: { sku: 'b2' }, replacement: { sku: 'b2', price: 1 }, upsert: true } },
      { deleteOne: { filter: { sku: 'b2' } } },
    ]);
    expect([result.insertedCount, result.modifiedCount, result.upsertedCount, result.deletedCount]).toEqual([
      1, 2, 1, 1,
    ]);
  });

  it('synchronises indexes, counts and pages', async () => {
    const { Product } = models();
    expect(await Product.syncIndexes()).toEqual([]);
    expect((await Product.listIndexes()).map((index) => index.name).sort()).toEqual([
      '_id_',
      'holds.order_1',
      'phone_1',
      'price_1__id_1',
      'sku_1',
    ]);
    await Product.insertMany(Array.from({ length: 30 }, (_, i) => ({ sku: `s${i}`, price: 1000 + (i % 5) })));
    expect(await Product.countDocuments({ price: { $gte: 1000 } })).toBe(30);
    expect(await Product.estimatedDocumentCount()).toBeGreaterThan(30);
    const page = await Product.find({ price: { $gte: 1000 } })
      .sort({ price: 1, _id: 1 })
      .skip(6)
      .limit(6)
      .lean();
    expect(page.map((row) => row.price)).toEqual(Array(6).fill(1001));
    expect(await Product.distinct('price', { price: { $gte: 1003 } })).toEqual([1003, 1004]);
    const plan: unknown = await Product.find({ sku: 's1' }).explain();
    expect(plan).toMatchObject({
      queryPlanner: { winningPlan: { inputStage: { stage: 'IXSCAN', indexName: 'sku_1' } } },
    });
  });

  it('streams by cursor and uses sessions', async () => {
    const { Product } = models();
    const session = await connection.startSession();
    let seen = 0;
    for await (const _row of Product.find({ price: { $gte: 1000 } })
      .session(session)
      .cursor({ batchSize: 7 }))
      seen++;
    expect(seen).toBe(30);
    await session.endSession();
  });
});
