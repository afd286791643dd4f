import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { failureOf, randomName, useServer } from './server.ts';

const server = useServer();

describe('duplicate keys', () => {
  it('of _id are refused with the pattern and the value', async () => {
    const _id = new mongoose.mongo.ObjectId();
    const collection = await server.collection({ _id });
    const failure = await failureOf(collection.insertOne({ _id }));
    expect(failure).toMatchObject({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id } });
    expect(failure.message).toContain('E11000 duplicate key error collection: shop.');
  });

  it('of a unique index are refused on insert, update, upsert and replace', async () => {
    const collection = await server.collection({ sku: 'a' }, { sku: 'b' });
    await collection.createIndex({ sku: 1 }, { unique: true });
    const expected = { code: 11000, keyPattern: { sku: 1 }, keyValue: { sku: 'a' } };
    expect(await failureOf(collection.insertOne({ sku: 'a' }))).toMatchObject(expected);
    expect(await failureOf(collection.updateOne({ sku: 'b' }, { $set: { sku: 'a' } }))).toMatchObject(
      expected,
    );
    expect(
      await failureOf(collection.updateOne({ sku: 'c' }, { $set: { sku: 'a' } }, { upsert: true })),
    ).toMatchObject(expected);
    expect(await failureOf(collection.replaceOne({ sku: 'b' }, { sku: 'a' }))).toMatchObject(expected);
    expect((await collection.find().sort({ sku: 1 }).toArray()).map((row) => row.sku)).toEqual(['a', 'b']);
  });

  it('are a top-level error of findAndModify', async () => {
    const collection = await server.collection({ sku: 'a' }, { sku: 'b' });
    await collection.createIndex({ sku: 1 }, { unique: true });
    const failure = await failureOf(collection.findOneAndUpdate({ sku: 'b' }, { $set: { sku: 'a' } }));
    expect(failure).toMatchObject({
      code: 11000,
      codeName: 'DuplicateKey',
      keyPattern: { sku: 1 },
      keyValue: { sku: 'a' },
    });
    expect(failure.writeErrors).toBeUndefined();
  });

  it('missing and null are one value, except in sparse and partial indexes', async () => {
    const unique = await server.collection({ n: 1 });
    await unique.createIndex({ phone: 1 }, { unique: true });
    expect(await failureOf(unique.insertOne({ phone: null }))).toMatchObject({
      code: 11000,
      keyValue: { phone: null },
    });

    const sparse = await server.collection({ n: 1 }, { n: 2 });
    await sparse.createIndex({ phone: 1 }, { unique: true, sparse: true });
    await sparse.insertOne({ n: 3 });
    await sparse.insertOne({ phone: null });
    expect((await failureOf(sparse.insertOne({ phone: null }))).code).toBe(11000);

    const partial = await server.collection();
    await partial.createIndex({ email: 1 }, { unique: true, partialFilterExpression: { active: true } });
    await partial.insertMany([{ email: 'a', active: true }, { email: 'a', active: false }, { email: 'a' }]);
    expect((await failureOf(partial.updateOne({ active: false }, { $set: { active: true } }))).code).toBe(
      11000,
    );
  });

  it('compound keys count as a whole', async () => {
    const collection = await server.collection();
    await collection.createIndex({ order: 1, line: -1 }, { unique: true });
    await collection.insertMany([
      { order: 1, line: 1 },
      { order: 1, line: 2 },
      { order: 2, line: 1 },
    ]);
    const failure = await failureOf(collection.insertOne({ order: 2, line: 1 }));
    expect(failure).toMatchObject({
      code: 11000,
      keyPattern: { order: 1, line: -1 },
      keyValue: { order: 2, line: 1 },
    });
  });

  it('multikey: two documents may not share an element, one document may repeat it', async () => {
    const collection = await server.collection();
    await collection.createIndex({ 'codes.value': 1 }, { unique: true });
    await collection.insertOne({ codes: [{ value: 1 }, { value: 1 }, { value: 2 }] });
    await collection.insertOne({ codes: [{ value: 3 }] });
    expect(await failureOf(collection.insertOne({ codes: [{ value: 4 }, { value: 2 }] }))).toMatchObject({
      code: 11000,
      keyValue: { 'codes.value': 2 },
    });
    expect(
      (await failureOf(collection.updateOne({ 'codes.value': 3 }, { $set: { 'codes.1.value': 1 } }))).code,
    ).toBe(11000);
    await collection.deleteOne({ 'codes.value': 2 });
    await collection.insertOne({ codes: [{ value: 2 }] });
  });

  it('1, 1.0 and Long 1 are one key; "1" and true are others', async () => {
    const { Double, Long } = mongoose.mongo;
    const collection = await server.collection();
    await collection.createIndex({ k: 1 }, { unique: true });
    await collection.insertMany([{ k: 1 }, { k: '1' }, { k: true }]);
    expect((await failureOf(collection.insertOne({ k: new Double(1) }))).code).toBe(11000);
    expect((await failureOf(collection.insertOne({ k: Long.fromNumber(1) }))).code).toBe(11000);
  });

  it('an index cannot be built over duplicates', async () => {
    const collection = await server.collection({ a: 1 }, { a: 1 });
    expect((await failureOf(collection.createIndex({ a: 1 }, { unique: true }))).code).toBe(11000);
    expect((await collection.indexes()).map((index) => index.name)).toEqual(['_id_']);
  });

  it('ordered batches stop at the first, unordered ones go on', async () => {
    const rows = [{ _id: 1 }, { _id: 1 }, { _id: 2 }, { _id: 2 }, { _id: 3 }];
    const ordered = server.database().collection<{ _id: number }>(randomName('numbers'));
    expect(await failureOf(ordered.insertMany(rows))).toMatchObject({ code: 11000, insertedCount: 1 });
    const unordered = server.database().collection<{ _id: number }>(randomName('numbers'));
    const failure = await failureOf(unordered.insertMany(rows, { ordered: false }));
    expect(failure).toMatchObject({ insertedCount: 3 });
    expect(failure.writeErrors).toHaveLength(2);
    expect(await unordered.countDocuments()).toBe(3);
  });
});
