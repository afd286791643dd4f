import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '@shopstack/kit/log';
import { openDatabase } from '@shopstack/sql/database';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import type { AuditAccess } from '../access.ts';
import { readQueues } from './broker.ts';
import { openCarts } from './carts.ts';
import { openCatalogue } from './catalogue.ts';
import { openDeadLetters } from './dead-letters.ts';
import { openDispatch } from './dispatch.ts';
import { openHistories } from './histories.ts';
import { readOutboxes } from './outboxes.ts';
import { openPayments } from './payment.ts';
import { openProviderLedgers } from './provider-ledgers.ts';
import { openShipments } from './shipping.ts';
import { reading } from './unreadable.ts';

const QUERY_MS = 30_000;
const CONNECT_MS = 5000;

export type Stores = Awaited<ReturnType<typeof openStores>>;

/** Connects to every store. @throws when one does not answer: without it nothing can be said. */
export async function openStores(access: AuditAccess) {
  const log = createLogger({ service: 'audit', level: 'silent' });
  const database = openDatabase<unknown>({
    url: access.mysqlUrl,
    poolSize: 4,
    queryTimeoutMs: QUERY_MS,
    log,
  });
  const redis = new Redis(access.redisUrl, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  const client = new mongoose.mongo.MongoClient(access.mongoUrl, {
    serverSelectionTimeoutMS: CONNECT_MS,
    maxPoolSize: 4,
  });
  const ledgers = openProviderLedgers(access.ledgers);
  const close = async () => {
    redis.disconnect();
    ledgers.close();
    await Promise.all([client.close(), database.close()]);
  };
  try {
    await Promise.all([
      reading('MySQL', database.ping()),
      reading('MongoDB', client.connect()),
      reading('Redis', redis.connect()),
    ]);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    dispatch: openDispatch(database),
    payments: openPayments(database),
    shipments: openShipments(database),
    catalogue: openCatalogue(client),
    histories: openHistories(client),
    carts: openCarts(redis),
    ledgers,
    deadLetters: openDeadLetters(database),
    outboxes: (most: number) => readOutboxes(database, client, most),
    queues: () => reading('RabbitMQ', readQueues(access.amqpUrl)),
    wait: (ms: number) => sleep(ms),
    close,
  };
}
