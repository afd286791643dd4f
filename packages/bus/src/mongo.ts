import type { Logger } from '@shopstack/kit/log';
import type { mongo } from 'mongoose';
import type { Bus } from './connection.ts';
import * as measures from './measures.ts';
import { OutgoingMessage } from './message.ts';
import { createBackoff, publishLanes, type Relay, startLoop, type Waiting } from './relay.ts';

/** The part of a driver collection the relay needs; `connection.db.collection('stock')` and `Model.collection` fit. */
export type OutgoingCollection = Pick<
  mongo.Collection,
  'collectionName' | 'createIndex' | 'find' | 'updateOne'
>;
export interface OutgoingSource {
  collection: OutgoingCollection;
  /** The array of OutgoingMessage inside each document. */
  field: string;
}
interface Place {
  at: OutgoingSource;
  id: mongo.BSON.ObjectId;
  messageId: string;
}
/** Since when its oldest message waits, and how many do; 0 when none does. */
interface Standing {
  since: number;
  waiting: number;
}

const BATCH = 100;
const MEASURE_EVERY_MS = 5000;
const durable = { writeConcern: { w: 'majority', j: true } } as const;

/**
 * Publishes the messages that documents carry in an array, then pulls them out. Order is kept per document. Several
 * replicas may run at once: that costs duplicates, which inboxes drop, and never a loss.
 */
export function startMongoRelay(settings: {
  collections: readonly OutgoingSource[];
  bus: Bus;
  log: Logger;
  pollMs?: number;
}): Relay {
  const { collections, bus, log } = settings;
  const backoff = createBackoff();
  const standing = new Map<OutgoingSource, Standing>();
  let indexed = false;

  const step = async (): Promise<'more' | 'idle'> => {
    if (!indexed) {
      for (const source of collections) await createOutgoingIndex(source);
      indexed = true;
    }
    const waiting = new Set(backoff.waiting());
    const limit = BATCH + waiting.size;
    const batches = await Promise.all(collections.map((source) => readBatch(source, limit, standing)));
    if (bus.state() !== 'up') return 'idle';
    const batch = batches.flat().filter((item) => !waiting.has(item.lane));
    const done = await publishLanes(batch, bus, backoff, ({ message }, error) =>
      log.warn(
        { messageId: message.id, type: message.type, reason: String(error) },
        'message not published yet',
      ),
    );
    await pull(done);
    return done.length > 0 ? 'more' : 'idle';
  };
  const loop = startLoop(step, {
    pollMs: settings.pollMs ?? 500,
    onError: (error, again) => {
      if (!again) log.warn({ reason: String(error) }, 'outgoing relay waits');
    },
  });
  const stopListening = bus.onState((state) => {
    if (state !== 'up') return;
    backoff.reset();
    loop.wake();
  });
  const timer = setInterval(() => {
    for (const [{ collection }, { since, waiting }] of standing) {
      const source = collection.collectionName;
      measures.outboxAge.set(since === 0 ? 0 : Math.max(0, (Date.now() - since) / 1000), { source });
      measures.outboxWaiting.set(waiting, { source });
    }
  }, MEASURE_EVERY_MS);
  timer.unref();
  return {
    wake: loop.wake,
    close: async () => {
      clearInterval(timer);
      stopListening();
      await loop.close();
    },
  };
}

/** Covers only documents that have something to send. */
async function createOutgoingIndex({ collection, field }: OutgoingSource): Promise<void> {
  const filled = `${field}.0`;
  await collection.createIndex(
    { [`${field}.id`]: 1 },
    { name: `${field}_waiting`, partialFilterExpression: { [filled]: { $exists: true } } },
  );
}

async function readBatch(
  source: OutgoingSource,
  limit: number,
  standing: Map<OutgoingSource, Standing>,
): Promise<Waiting<Place>[]> {
  const { collection, field } = source;
  const documents = await collection
    .find({ [`${field}.0`]: { $exists: true } })
    .project({ [field]: 1 })
    .limit(limit)
    .toArray();
  const items = documents.flatMap((document) => {
    const messages = OutgoingMessage.array().parse(document[field]);
    const lane = `${collection.collectionName}/${String(document._id)}`;
    return messages.map((message) => ({
      key: { at: source, id: document._id, messageId: message.id },
      lane,
      message,
    }));
  });
  const since = items.length === 0 ? 0 : Math.min(...items.map((it) => Date.parse(it.message.time)));
  standing.set(source, { since, waiting: items.length });
  return items;
}

async function pull(done: readonly Place[]): Promise<void> {
  const documents = Map.groupBy(done, (place) => `${place.at.collection.collectionName}/${String(place.id)}`);
  await Promise.all(
    [...documents.values()].map(async (places) => {
      const [first] = places;
      if (!first) return;
      const { collection, field } = first.at;
      const ids = places.map((place) => place.messageId);
      const update: mongo.BSON.Document = { $pull: { [field]: { id: { $in: ids } } } };
      await collection.updateOne({ _id: first.id }, update, durable);
    }),
  );
}
