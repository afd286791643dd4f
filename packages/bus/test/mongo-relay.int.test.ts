import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { stockCommit } from '@shopstack/contracts/messages';
import { createLogger } from '@shopstack/kit/log';
import { uuidv7 } from '@shopstack/kit/uuid';
import mongoose from 'mongoose';
import { type Bus, openBus } from '../src/connection.ts';
import { Unroutable } from '../src/errors.ts';
import { draft, type OutgoingMessage } from '../src/message.ts';
import { startMongoRelay } from '../src/mongo.ts';
import { startMongo } from './mongo-server.ts';
import { takeAll } from './peek.ts';
import { startBroker, type TestBroker } from './rabbitmq.ts';
import { until } from './waiting.ts';

interface Reservation {
  _id: string;
  state: string;
  outgoing: OutgoingMessage[];
}
const log = createLogger({ service: 'test', level: process.env.TEST_LOG_LEVEL ?? 'silent' });
const queue = 'catalogue.commands';
let broker: TestBroker;
let store: Awaited<ReturnType<typeof startMongo>>;
let connection: mongoose.Connection;
let bus: Bus;
let name: string;

beforeAll(async () => {
  [broker, store] = await Promise.all([startBroker(), startMongo()]);
  connection = await mongoose.createConnection(store.url).asPromise();
});
afterAll(async () => {
  await connection?.close();
  await Promise.all([broker?.close(), store?.close()]);
});
beforeEach(async () => {
  name = `reservations_${randomBytes(6).toString('hex')}`;
  bus = await openBus({ url: broker.url, service: 'catalogue', log });
});
afterEach(async () => {
  await bus.close();
  await takeAll(broker.url, queue);
});

const reservations = () => connection.collection<Reservation>(name);
const commit = (round = 1) => {
  const orderId = uuidv7();
  return draft(stockCommit, { subject: orderId, data: { orderId, round } });
};
const insert = async (each: number, documents: number): Promise<OutgoingMessage[]> => {
  const all: OutgoingMessage[] = [];
  for (let n = 0; n < documents; n++) {
    const outgoing = Array.from({ length: each }, (_, index) => commit(index + 1));
    await reservations().insertOne({ _id: uuidv7(), state: 'HELD', outgoing });
    all.push(...outgoing);
  }
  return all;
};
const waiting = () => reservations().countDocuments({ 'outgoing.0': { $exists: true } });
const idsIn = async () => (await takeAll(broker.url, queue)).map((it) => String(it.properties.messageId));
const relayWith = (through: Bus) =>
  startMongoRelay({
    collections: [{ collection: connection.collection(name), field: 'outgoing' }],
    bus: through,
    log,
    pollMs: 50,
  });

test('messages in documents are published in their order and pulled out; the documents stay', async () => {
  const messages = await insert(3, 1);
  const relay = relayWith(bus);
  await until('all published', async () => (await waiting()) === 0);
  await relay.close();
  expect(await idsIn()).toEqual(messages.map((it) => it.id));
  expect((await reservations().findOne({}))?.state).toBe('HELD');
});

test('more documents than one batch, and new messages after a wake', async () => {
  const messages = await insert(2, 130);
  const relay = startMongoRelay({
    collections: [{ collection: connection.collection(name), field: 'outgoing' }],
    bus,
    log,
    pollMs: 60_000,
  });
  await until('all published', async () => (await waiting()) === 0);
  const later = commit();
  await reservations().updateOne({}, { $push: { outgoing: later } });
  relay.wake();
  await until('the later one', async () => (await waiting()) === 0);
  await relay.close();
  expect((await idsIn()).sort()).toEqual([...messages, later].map((it) => it.id).sort());
});

test('a message that fails holds back its document only', async () => {
  const [first, second] = await insert(2, 1);
  const [other] = await insert(1, 1);
  const order: (string | undefined)[] = [];
  let failures = 0;
  const relay = relayWith({
    ...bus,
    publish: async (message) => {
      if (message.id === first?.id && failures++ < 1) throw new Unroutable('no queue yet');
      order.push(message.id);
    },
  });
  await until('all published', async () => (await waiting()) === 0);
  await relay.close();
  expect(order).toEqual([other?.id, first?.id, second?.id]);
});

test('a relay killed between publishing and pulling costs duplicates, never a message', async () => {
  const messages = await insert(2, 60);
  const file = new URL('processes/killed-mongo-relay.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [file, store.url, broker.url, name, '50'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
  const relay = relayWith(bus);
  await until('all published', async () => (await waiting()) === 0);
  await relay.close();
  const ids = await idsIn();
  expect(new Set(ids)).toEqual(new Set(messages.map((it) => it.id)));
  expect(ids.length).toBeGreaterThanOrEqual(170);
});
