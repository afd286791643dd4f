import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import mongoose from 'mongoose';
import { type MongoEmbedded, type MongoEmbeddedOptions, startMongoEmbedded } from '../src/index.ts';

const { MongoClient } = mongoose.mongo;

export type Row = Record<string, unknown>;
export type Collection = ReturnType<ReturnType<InstanceType<typeof MongoClient>['db']>['collection']>;
export type Database = ReturnType<InstanceType<typeof MongoClient>['db']>;

export const randomName = (prefix: string): string => `${prefix}_${randomBytes(6).toString('hex')}`;

/** A collection by its commands, free of the driver's types. */
export class Table {
  readonly name: string;
  readonly #database: Database;

  constructor(database: Database, name: string) {
    this.#database = database;
    this.name = name;
  }

  command(command: Row): Promise<Row> {
    return this.#database.command(command);
  }

  /** Fails with the first write error, as update does. */
  insert(...documents: Row[]): Promise<Row> {
    return this.#write({ insert: this.name, documents });
  }

  update(q: Row, u: Row | Row[], options: Row = {}): Promise<Row> {
    return this.#write({ update: this.name, updates: [{ q, u, ...options }] });
  }

  async #write(command: Row): Promise<Row> {
    const reply = await this.command(command);
    if (!Array.isArray(reply.writeErrors)) return reply;
    throw Object.assign(new Error(reply.writeErrors[0].errmsg), reply.writeErrors[0]);
  }

  async find(filter: Row = {}, options: Row = {}): Promise<Row[]> {
    return batch(await this.command({ find: this.name, filter, batchSize: 100_000, ...options }));
  }

  async aggregate(...pipeline: Row[]): Promise<Row[]> {
    return batch(await this.command({ aggregate: this.name, pipeline, cursor: { batchSize: 100_000 } }));
  }
}

function batch(reply: Row): Row[] {
  const cursor = reply.cursor;
  const found = typeof cursor === 'object' && cursor !== null ? Reflect.get(cursor, 'firstBatch') : undefined;
  return Array.isArray(found) ? found : [];
}

/** A server in memory and a client for the tests of one file. */
export function useServer(options: Partial<MongoEmbeddedOptions> = {}) {
  let server: MongoEmbedded | undefined;
  let client: InstanceType<typeof MongoClient> | undefined;
  beforeAll(async () => {
    server = await startMongoEmbedded({ port: 0, ...options });
    client = await MongoClient.connect(server.url, { serverSelectionTimeoutMS: 2000 });
  });
  afterAll(async () => {
    await client?.close();
    await server?.close();
  });
  const database = (): Database => {
    if (!client) throw new Error('the server has not started');
    return client.db('shop');
  };
  return {
    url: () => server?.url ?? '',
    database,
    /** A new collection with these documents, changed and read by plain commands. */
    table: async (...rows: Row[]): Promise<Table> => {
      const table = new Table(database(), randomName('t'));
      if (rows.length > 0) await table.insert(...rows);
      return table;
    },
    /** A new collection with these documents. */
    collection: async (...rows: Row[]): Promise<Collection> => {
      const collection = database().collection(randomName('c'));
      if (rows.length > 0) await collection.insertMany(rows);
      return collection;
    },
  };
}

/** The failure of a promise that must fail. */
export async function failureOf(promise: Promise<unknown>): Promise<Row> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error)
      return {
        ...error,
        message: error.message,
        code: Reflect.get(error, 'code'),
        insertedCount: Reflect.get(error, 'insertedCount'),
      };
  }
  throw new Error('it did not fail');
}
