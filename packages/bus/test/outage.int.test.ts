import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { stockCommit } from '@shopstack/contracts/messages';
import { createLogger } from '@shopstack/kit/log';
import { uuidv7 } from '@shopstack/kit/uuid';
import { type Database, openDatabase } from '@shopstack/sql/database';
import { migrate } from '@shopstack/sql/migration';
import { sql } from 'kysely';
import { startDatabaseServer, type TestDatabaseServer } from '../../sql/test/mariadb.ts';
import { openBus } from '../src/connection.ts';
import { BusAway } from '../src/errors.ts';
import { on } from '../src/handler.ts';
import { draft } from '../src/message.ts';
import { appendOutbox, startMysqlRelay } from '../src/mysql.ts';
import { applyOnce, type EffectsSchema, effectsMigrations } from './effects.ts';
import { type OwnBroker, startOwnBroker } from './rabbitmq.ts';
import { until } from './waiting.ts';

const log = createLogger({ service: 'test', level: process.env.TEST_LOG_LEVEL ?? 'silent' });
const queue = 'catalogue.commands';
/** These tests stop the broker, so it is their own. */
let broker: OwnBroker;
let server: TestDatabaseServer;
let database: Database<EffectsSchema>;

beforeAll(async () => {
  [broker, server] = await Promise.all([startOwnBroker(), startDatabaseServer()]);
  database = openDatabase<EffectsSchema>({ url: await server.createSchema(), log });
  await migrate({ database, migrations: effectsMigrations, log });
});
afterAll(async () => {
  await database.close();
  await Promise.all([broker.close(), server.close()]);
});

const commit = () => {
  const orderId = uuidv7();
  return draft(stockCommit, { subject: orderId, data: { orderId, round: 1 } });
};
const number = async (statement: string) =>
  Number((await sql.raw<{ n: number }>(`select ${statement} as n`).execute(database.db)).rows[0]?.n);
const unpublished = () => number('(select count(*) from outbox where published_at is null)');
const effects = () => number('(select count(*) from effects)');
const openTestBus = () => openBus({ url: broker.url, service: 'catalogue', log, confirmWithinMs: 3000 });

test('a broker killed twice under load loses nothing, and no message has its effect twice', async () => {
  const bus = await openTestBus();
  const relay = startMysqlRelay({ database, bus, log, pollMs: 50 });
  const handler = on(stockCommit, async (data, message) => {
    await applyOnce(database, message.id, data.orderId);
  });
  bus.consume({ queue, prefetch: 20, handlers: [handler] });
  let loading = true;
  let appended = 0;
  const load = (async () => {
    while (loading) {
      await database.transaction((trx) => appendOutbox(trx, [commit(), commit(), commit()]));
      appended += 3;
      relay.wake();
      await sleep(10);
    }
  })();
  for (let round = 1; round <= 2; round++) {
    const before = await effects();
    await until('messages flow', async () => (await effects()) > before + 100);
    await broker.kill();
    await until('it is noticed', () => bus.state() === 'down');
    await broker.start();
  }
  loading = false;
  await load;
  await until('all arrived', async () => (await effects()) === appended, 60_000);
  expect(await unpublished()).toBe(0);
  expect(await number('(select max(times) from effects)')).toBe(1);
  await relay.close();
  await bus.close();
});

test('a service starts while the broker is away, and what it wanted to say is said later', async () => {
  await broker.kill();
  const bus = await openBus({ url: broker.url, service: 'catalogue', log, connectWaitMs: 300 });
  expect(bus.state()).toBe('down');
  await expect(bus.check()).rejects.toBeInstanceOf(BusAway);
  await expect(bus.publish(commit())).rejects.toBeInstanceOf(BusAway);
  await expect(bus.absentQueues([queue])).rejects.toBeInstanceOf(BusAway);
  const relay = startMysqlRelay({ database, bus, log, pollMs: 50 });
  const seen = new Set<string>();
  bus.consume({ queue, handlers: [on(stockCommit, async (_data, it) => void seen.add(it.id))] });
  const message = commit();
  await database.transaction((trx) => appendOutbox(trx, [message]));
  await broker.start();
  await until('it arrives', () => seen.has(message.id), 30_000);
  await relay.close();
  await bus.close();
});

test('a blocked connection pauses the relay; consumers still acknowledge', async () => {
  const bus = await openTestBus();
  const relay = startMysqlRelay({ database, bus, log, pollMs: 50 });
  const seen = new Set<string>();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const handler = on(stockCommit, async (_data, it) => {
    seen.add(it.id);
    await held;
  });
  bus.consume({ queue, prefetch: 1, handlers: [handler] });
  const [early, next] = [commit(), commit()];
  await bus.publish(early);
  await bus.publish(next);
  await until('one is being handled', () => seen.has(early.id));
  await broker.ctl('set_vm_memory_high_watermark', 'absolute', '1MB');
  const messages = Array.from({ length: 20 }, commit);
  await database.transaction((trx) => appendOutbox(trx, messages));
  await until('blocked', () => bus.state() === 'blocked', 30_000);
  await expect(bus.publish(commit())).rejects.toBeInstanceOf(BusAway);
  await expect(bus.absentQueues([queue])).rejects.toBeInstanceOf(BusAway);
  const before = await unpublished();
  expect(before).toBeGreaterThan(0);
  await sleep(4000);
  expect(bus.state()).toBe('blocked');
  release();
  await until('acknowledged, so that the next is delivered', () => seen.has(next.id));
  expect(bus.state()).toBe('blocked');
  await broker.ctl('set_vm_memory_high_watermark', '0.4');
  await until('all arrive', () => messages.every((it) => seen.has(it.id)), 30_000);
  await until('all marked', async () => (await unpublished()) === 0);
  expect(bus.state()).toBe('up');
  await relay.close();
  await bus.close();
});

test('closing while the broker is away ends soon', async () => {
  const bus = await openTestBus();
  const relay = startMysqlRelay({ database, bus, log });
  bus.consume({ queue, handlers: [] });
  await until('up', () => bus.state() === 'up');
  await broker.kill();
  await until('down', () => bus.state() === 'down');
  const since = Date.now();
  await relay.close();
  await bus.close();
  expect(Date.now() - since).toBeLessThan(3000);
});
