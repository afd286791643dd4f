import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { startMongoEmbedded } from '../src/index.ts';
import { killLeftovers, runProcess, startProcess, withDirectory } from './process.ts';

const { MongoClient } = mongoose.mongo;
const WRITERS = 8;

interface Entry {
  _id: string;
  version: number;
  left: number;
  right: { copy: number; list: number[] };
}

/** Writes until the connection breaks, and notes the last version of each document that was acknowledged. */
async function writeUntilKilled(url: string, acknowledged: Map<string, number>): Promise<void> {
  const client = await MongoClient.connect(url, {
    serverSelectionTimeoutMS: 500,
    w: 'majority',
    journal: true,
  });
  const entries = client.db('shop').collection<Entry>('entries');
  const writer = async (name: string): Promise<void> => {
    for (let version = 1; ; version++) {
      const _id = `${name}-${version % 50}`;
      const fields = { version, left: version, 'right.copy': version };
      await entries.updateOne(
        { _id },
        { $set: fields, $push: { 'right.list': { $each: [version], $slice: -5 } } },
        { upsert: true },
      );
      acknowledged.set(_id, version);
    }
  };
  await Promise.allSettled(Array.from({ length: WRITERS }, (_, i) => writer(`w${i}`)));
  await client.close(true);
}

/** However slow the machine, there is something to lose. */
async function moreThanTen(entries: Map<string, number>): Promise<void> {
  for (const until = Date.now() + 20_000; entries.size <= 10 && Date.now() < until; ) await sleep(20);
}

async function storedEntries(url: string): Promise<Map<string, Entry>> {
  const client = await MongoClient.connect(url);
  const list = await client.db('shop').collection<Entry>('entries').find().toArray();
  await client.close();
  return new Map(list.map((entry) => [entry._id, entry]));
}

describe('durability', () => {
  afterAll(killLeftovers);

  it('no acknowledged j:true write is lost and none is torn when the process is killed', () =>
    withDirectory(async (directory) => {
      for (const runMs of [600, 900, 1200]) {
        const env = { MONGO_DATA_FILE: join(directory, `${runMs}.db`) };
        const victim = await startProcess(env);
        const expected = new Map<string, number>();
        const writing = writeUntilKilled(victim.url, expected);
        await sleep(runMs);
        await moreThanTen(expected);
        await victim.end('SIGKILL');
        await writing;
        const survivor = await startProcess(env);
        const stored = await storedEntries(survivor.url);
        await survivor.end('SIGTERM');
        expect(expected.size).toBeGreaterThan(10);
        for (const [id, version] of expected)
          expect(stored.get(id)?.version ?? 0).toBeGreaterThanOrEqual(version);
        for (const { version, left, right } of stored.values()) {
          expect({ left, copy: right.copy, last: right.list.at(-1) }).toEqual({
            left: version,
            copy: version,
            last: version,
          });
        }
      }
    }));

  it('plain writes are on disk within a moment', () =>
    withDirectory(async (directory) => {
      const env = { MONGO_DATA_FILE: join(directory, 'data.db') };
      const first = await startProcess(env);
      const client = await MongoClient.connect(first.url);
      await client.db('shop').collection('plain').insertOne({ kept: true });
      await sleep(200);
      await first.end('SIGKILL');
      await client.close(true);
      const second = await startProcess(env);
      const again = await MongoClient.connect(second.url);
      expect(await again.db('shop').collection('plain').countDocuments({ kept: true })).toBe(1);
      await again.close();
      await second.end('SIGTERM');
    }));

  it('documents, their order and indexes are there again after a restart', () =>
    withDirectory(async (directory) => {
      const file = join(directory, 'data.db');
      const first = await startMongoEmbedded({ port: 0, file });
      const client = await MongoClient.connect(first.url);
      const rows = client.db('shop').collection<{ _id: number; sku: string }>('rows');
      await rows.createIndex(
        { sku: 1 },
        { unique: true, partialFilterExpression: { sku: { $exists: true } } },
      );
      await rows.insertMany([5, 3, 9, 1].map((_id) => ({ _id, sku: `s${_id}` })));
      await rows.deleteOne({ _id: 3 });
      await client.close();
      await first.close();
      const second = await startMongoEmbedded({ port: 0, file });
      const again = await MongoClient.connect(second.url);
      const found = again.db('shop').collection<{ _id: number; sku: string }>('rows');
      expect((await found.find().toArray()).map((row) => row._id)).toEqual([5, 9, 1]);
      await expect(found.insertOne({ _id: 7, sku: 's5' })).rejects.toMatchObject({ code: 11000 });
      await again.close();
      await second.close();
    }));
});

describe('the process', () => {
  afterAll(killLeftovers);

  it('refuses to start in production with one line', async () => {
    const { code, output } = await runProcess({ SHOP_ENV: 'production' });
    expect({ code, lines: output.trim().split('\n').length }).toEqual({ code: 1, lines: 1 });
    expect(output).toContain('SHOP_ENV=production');
  });

  it('refuses a data file that another process has', () =>
    withDirectory(async (directory) => {
      const env = { MONGO_DATA_FILE: join(directory, 'data.db') };
      const holder = await startProcess(env);
      const { code, output } = await runProcess(env);
      expect(code).toBe(1);
      expect(output).toContain('in use by another process');
      await holder.end('SIGTERM');
    }));

  it('says what it is for, and stops within a second on SIGTERM and SIGINT with clients connected', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const server = await startProcess({});
      const client = await MongoClient.connect(server.url);
      await client.db('shop').collection('c').insertOne({});
      const began = performance.now();
      const { code, output } = await server.end(signal);
      expect(performance.now() - began).toBeLessThan(1000);
      expect(code).toBe(0);
      expect(output).toContain('for development, tests and demonstrations only');
      await client.close(true);
    }
  });
});
