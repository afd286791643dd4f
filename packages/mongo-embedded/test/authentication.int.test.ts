import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { startMongoEmbedded } from '../src/index.ts';
import { failureOf } from './server.ts';

const { MongoClient } = mongoose.mongo;
const users = [
  { user: 'shop', password: 'pa:ss/wörd', db: 'shop' },
  { user: 'other', password: 'secret', db: 'other' },
  { user: 'root', password: 'admin', db: 'admin' },
  { user: 'reader', password: 'look', db: 'admin', readOnly: true },
];

async function withServer(
  use: (url: (user: string, password: string, db: string) => string, plain: string) => Promise<void>,
) {
  const server = await startMongoEmbedded({ port: 0, users });
  const address = `127.0.0.1:${server.port}`;
  try {
    await use(
      (user, password, db) =>
        `mongodb://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${address}/${db}`,
      server.url,
    );
  } finally {
    await server.close();
  }
}

async function withClient<T>(
  url: string,
  use: (client: InstanceType<typeof MongoClient>) => Promise<T>,
): Promise<T> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 2000 });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

describe('users', () => {
  it('a user with the right password works in its own database', () =>
    withServer(async (url) => {
      await withClient(url('shop', 'pa:ss/wörd', 'shop'), async (client) => {
        await client.db().collection('c').insertOne({ a: 1 });
        expect(await client.db().collection('c').countDocuments()).toBe(1);
        const { authInfo } = await client.db().command({ connectionStatus: 1 });
        expect(authInfo.authenticatedUsers).toEqual([{ user: 'shop', db: 'shop' }]);
      });
    }));

  it('mongoose connects with authSource', () =>
    withServer(async (url) => {
      const connection = await mongoose
        .createConnection(`${url('shop', 'pa:ss/wörd', 'shop')}?authSource=shop`)
        .asPromise();
      expect(await connection.collection('c').countDocuments()).toBe(0);
      await connection.close();
    }));

  it('an explicit SCRAM-SHA-256 mechanism is accepted, SCRAM-SHA-1 is not', () =>
    withServer(async (url) => {
      const base = url('other', 'secret', 'other');
      await withClient(`${base}?authMechanism=SCRAM-SHA-256`, (client) => client.db().command({ ping: 1 }));
      const failure = await failureOf(
        withClient(`${base}?authMechanism=SCRAM-SHA-1`, (client) => client.db().command({ ping: 1 })),
      );
      expect(failure.code).toBe(334);
    }));

  it('a wrong password, a wrong database and an unknown user fail with 18', () =>
    withServer(async (url) => {
      for (const bad of [
        url('shop', 'wrong', 'shop'),
        url('shop', 'pa:ss/wörd', 'other'),
        url('nobody', 'x', 'shop'),
      ]) {
        const failure = await failureOf(withClient(bad, (client) => client.db().command({ ping: 1 })));
        expect(failure).toMatchObject({ code: 18, codeName: 'AuthenticationFailed' });
      }
    }));

  it('without a user every command but the opening ones is refused with 13', () =>
    withServer(async (_url, plain) => {
      await withClient(plain, async (client) => {
        await client.db('shop').command({ ping: 1 });
        const reading = await failureOf(client.db('shop').collection('c').findOne());
        expect(reading).toMatchObject({
          code: 13,
          codeName: 'Unauthorized',
          message: 'command find requires authentication',
        });
        expect((await failureOf(client.db('shop').collection('c').insertOne({}))).code).toBe(13);
        expect((await failureOf(client.db('shop').command({ listCollections: 1 }))).code).toBe(13);
      });
    }));

  it('a user of one database may not read or write another, nor see it', () =>
    withServer(async (url) => {
      await withClient(url('other', 'secret', 'other'), async (client) => {
        await client.db('other').collection('c').insertOne({});
      });
      await withClient(url('shop', 'pa:ss/wörd', 'shop'), async (client) => {
        await client.db('shop').collection('c').insertOne({});
        expect((await failureOf(client.db('other').collection('c').findOne())).code).toBe(13);
        expect((await failureOf(client.db('other').collection('c').deleteMany({}))).code).toBe(13);
        const { databases } = await client.db('admin').command({ listDatabases: 1, nameOnly: true });
        expect(databases).toEqual([{ name: 'shop' }]);
      });
    }));

  it('a user of admin may use every database', () =>
    withServer(async (url) => {
      await withClient(url('root', 'admin', 'admin'), async (client) => {
        await client.db('anything').collection('c').insertOne({});
        expect(await client.db('anything').collection('c').countDocuments()).toBe(1);
      });
    }));

  it('a reader looks everywhere and changes nothing', () =>
    withServer(async (url) => {
      await withClient(url('shop', 'pa:ss/wörd', 'shop'), async (client) => {
        await client.db('shop').collection('c').insertOne({ a: 1 });
      });
      await withClient(url('reader', 'look', 'admin'), async (client) => {
        const table = client.db('shop').collection('c');
        expect(await table.find({}, { projection: { _id: 0 } }).toArray()).toEqual([{ a: 1 }]);
        expect(await table.aggregate([{ $match: { a: 1 } }]).toArray()).toHaveLength(1);
        expect(await table.indexes()).toHaveLength(1);
        const refused = [
          table.insertOne({}),
          table.updateOne({}, { $set: { a: 2 } }),
          table.findOneAndDelete({}),
          table.deleteMany({}),
          table.createIndex({ a: 1 }),
          table.drop(),
          client.db('shop').dropDatabase(),
          client.db('shop').createCollection('other'),
        ];
        const codes = await Promise.all(refused.map(async (it) => (await failureOf(it)).code));
        expect(codes).toEqual(refused.map(() => 13));
        expect(await table.countDocuments()).toBe(1);
      });
    }));
});
