import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { startProcess } from '../test/process.ts';

const DOCUMENTS = 10_000;
const directory = await mkdtemp(join(tmpdir(), 'mongo-embedded-bench-'));
const file = join(directory, 'data.db');
const server = await startProcess({ MONGO_DATA_FILE: file });
const client = await mongoose.mongo.MongoClient.connect(server.url, { maxPoolSize: 32 });
const products = client.db('bench').collection('products');

async function measure(
  name: string,
  count: number,
  concurrency: number,
  run: (i: number) => Promise<unknown>,
): Promise<void> {
  for (let i = 0; i < Math.min(50, count / 5); i++) await run(i);
  const times: number[] = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let i = next++; i < count; i = next++) {
        const start = performance.now();
        await run(i);
        times.push(performance.now() - start);
      }
    }),
  );
  const perSecond = (count / (performance.now() - began)) * 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
  console.log(
    `${name.padEnd(48)} ${String(concurrency).padStart(3)} ${perSecond.toFixed(0).padStart(7)}/s  p50 ${at(0.5)} ms  p99 ${at(0.99)} ms`,
  );
}

const journaled = { writeConcern: { w: 'majority', j: true } } as const;
await products.createIndexes([
  { key: { sku: 1 }, unique: true },
  { key: { category: 1, price: 1 } },
  { key: { updatedAt: 1, sku: 1 } },
]);
const began = performance.now();
for (let start = 0; start < DOCUMENTS; start += 1000) {
  await products.insertMany(
    Array.from({ length: 1000 }, (_, i) => ({
      sku: `sku${start + i}`,
      category: `c${(start + i) % 25}`,
      price: ((start + i) * 37) % 20_000,
      stock: 1_000_000,
      description: 'a product with an ordinary description '.repeat(5),
      attributes: [
        { k: 'colour', v: 'red' },
        { k: 'size', v: String(i % 8) },
      ],
      updatedAt: new Date(start + i),
    })),
    journaled,
  );
}
console.log(
  `insertMany of ${DOCUMENTS} documents, 4 indexes, j:true: ${((DOCUMENTS / (performance.now() - began)) * 1000).toFixed(0)} documents/s`,
);

const guarded = (i: number, options = {}) =>
  products.updateOne({ sku: `sku${i % DOCUMENTS}`, stock: { $gte: 1 } }, { $inc: { stock: -1 } }, options);
for (const concurrency of [1, 32]) {
  const count = concurrency === 1 ? 1000 : 6000;
  await measure('findOne by unique index', count, concurrency, (i) =>
    products.findOne({ sku: `sku${i % DOCUMENTS}` }),
  );
  await measure('guarded updateOne', count, concurrency, (i) => guarded(i));
  await measure('guarded updateOne, j:true', count / 2, concurrency, (i) => guarded(i, journaled));
  await measure('page of 20: category, sort price', count / 2, concurrency, (i) =>
    products
      .find({ category: `c${i % 25}` })
      .sort({ price: 1 })
      .limit(20)
      .toArray(),
  );
  await measure('page of 20: range and order by updatedAt', count / 2, concurrency, (i) =>
    products
      .find({ updatedAt: { $gt: new Date(i) } })
      .sort({ updatedAt: 1, sku: 1 })
      .limit(20)
      .toArray(),
  );
}
await measure('scan of all for a value without index', 50, 1, () => products.find({ stock: -1 }).toArray());
await measure('$group of all by category', 20, 1, () =>
  products.aggregate([{ $group: { _id: '$category', n: { $sum: 1 }, avg: { $avg: '$price' } } }]).toArray(),
);
const memory = await client.db('admin').command({ serverStatus: 1 });
await client.close();
const stopping = performance.now();
await server.end('SIGTERM');
console.log(
  `stopped in ${(performance.now() - stopping).toFixed(0)} ms; resident ${memory.mem.resident} MB; file ${((await stat(file)).size / 1e6).toFixed(1)} MB`,
);
await rm(directory, { recursive: true });
