import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { stockCommit } from '@shopstack/contracts/messages';
import { createLogger } from '@shopstack/kit/log';
import { uuidv7 } from '@shopstack/kit/uuid';
import { type Database, openDatabase } from '@shopstack/sql/database';
import { migrate } from '@shopstack/sql/migration';
import { sql } from 'kysely';
import { startDatabaseServer, type TestDatabaseServer } from '../../sql/test/mariadb.ts';
import { type Bus, openBus } from '../src/connection.ts';
import { Unroutable } from '../src/errors.ts';
import { on } from '../src/handler.ts';
import { draft, type OutgoingMessage } from '../src/message.ts';
import { appendOutbox, firstTime, startMysqlRelay } from '../src/mysql.ts';
import { applyOnce, type EffectsSchema, effectsMigrations } from './effects.ts';
import { countIn, takeAll } from './peek.ts';
import { startBroker, type TestBroker } from './rabbitmq.ts';
import { until } from './waiting.ts';

const log = createLogger({ service: 'test', level: process.env.TEST_LOG_LEVEL ?? 'silent' });
const queue = 'catalogue.commands';
let broker: TestBroker;
let server: TestDatabaseServer;
let url: string;
let database: Database<EffectsSchema>;
let bus: Bus;

beforeAll(async () => {
  [broker, server] = await Promise.all([startBroker(), startDatabaseServer()]);
});
afterAll(async () => {
  await Promise.all([broker.close(), server.close()]);
});
beforeEach(async () => {
  url = await server.createSchema();
  database = openDatabase<EffectsSchema>({ url, log });
  await migrate({ database, migrations: effectsMigrations, log });
  bus = await openBus({ url: broker.url, service: 'catalogue', log });
});
afterEach(async () => {
  await bus.close();
  await database.close();
  await takeAll(broker.url, queue);
});

const commit = (orderId = uuidv7(), round = 1) =>
  draft(stockCommit, { subject: orderId, data: { orderId, round } });
const many = (count: number) => Array.from({ length: count }, () => commit());
const append = (messages: OutgoingMessage[]) => database.transaction((trx) => appendOutbox(trx, messages));
const unpublished = async (): Promise<number> => {
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from outbox where published_at is null`.execute(database.db);
  return Number(rows[0]?.n);
};
const idsIn = async () => (await takeAll(broker.url, queue)).map((it) => String(it.properties.messageId));
const run = (name: string, ...parameters: string[]) => {
  const file = new URL(`processes/${name}.ts`, import.meta.url).pathname;
  return spawn(process.execPath, [file, ...parameters], { stdio: ['ignore', 'inherit', 'inherit'] });
};

test('committed messages are published, rolled back ones never', async () => {
  const relay = startMysqlRelay({ database, bus, log, pollMs: 50 });
  const rolledBack = database.transaction(async (trx) => {
    await appendOutbox(trx, many(1));
    throw new Error('no');
  });
  await expect(rolledBack).rejects.toThrow('no');
  const messages = many(450);
  await append(messages);
  relay.wake();
  await until('all published', async () => (await unpublished()) === 0);
  await relay.close();
  expect((await idsIn()).sort()).toEqual(messages.map((it) => it.id).sort());
});

test('messages of one subject keep their order', async () => {
  const orderId = uuidv7();
  const messages = Array.from({ length: 50 }, (_, n) => commit(orderId, n + 1));
  await append(messages);
  const relay = startMysqlRelay({ database, bus, log, pollMs: 50 });
  await until('all published', async () => (await unpublished()) === 0);
  await relay.close();
  expect(await idsIn()).toEqual(messages.map((it) => it.id));
});

test('a message that fails holds back its subject only, and goes out later in order', async () => {
  const [first, second, other] = [commit(), commit(), commit()];
  const after = { ...second, subject: first.subject };
  const order: string[] = [];
  let failures = 0;
  const flaky: Bus = {
    ...bus,
    publish: async (message) => {
      if (message.id === first.id && failures++ < 1) throw new Unroutable('no queue yet');
      order.push(message.id);
    },
  };
  await append([first, after, other]);
  const relay = startMysqlRelay({ database, bus: flaky, log, pollMs: 50 });
  await until('all published', async () => (await unpublished()) === 0);
  await relay.close();
  expect(order).toEqual([other.id, first.id, after.id]);
});

test('a transaction that commits late is not skipped', async () => {
  const relay = startMysqlRelay({ database, bus, log, pollMs: 50 });
  const [late, early] = [commit(), commit()];
  await database.transaction(async (trx) => {
    await appendOutbox(trx, [late]);
    await append([early]);
    await until('the later row is published', async () => (await countIn(broker.url, queue)) === 1);
  });
  await until('both', async () => (await countIn(broker.url, queue)) === 2);
  await relay.close();
  expect(await idsIn()).toEqual([early.id, late.id]);
});

test('a relay killed between publishing and marking costs duplicates, never a message', async () => {
  const messages = many(300);
  await append(messages);
  const [, signal] = await once(run('killed-relay', url, broker.url, '120'), 'exit');
  expect(signal).toBe('SIGKILL');
  expect(await unpublished()).toBe(300);
  const relay = startMysqlRelay({ database, bus, log, pollMs: 50 });
  await until('all published', async () => (await unpublished()) === 0);
  await relay.close();
  const ids = await idsIn();
  expect(new Set(ids)).toEqual(new Set(messages.map((it) => it.id)));
  expect(ids.length).toBeGreaterThanOrEqual(420);
});

test('of two relays one is active; the other takes over', async () => {
  const counts = { first: 0, second: 0 };
  const counting = (name: keyof typeof counts): Bus => ({
    ...bus,
    publish: async (message) => {
      counts[name]++;
      await bus.publish(message);
    },
  });
  const elsewhere = openDatabase({ url, log });
  const first = startMysqlRelay({ database, bus: counting('first'), log, pollMs: 50 });
  await append(many(20));
  await until('the first is active', async () => (await unpublished()) === 0);
  const second = startMysqlRelay({ database: elsewhere, bus: counting('second'), log, pollMs: 50 });
  await append(many(200));
  await until('all published', async () => (await unpublished()) === 0);
  expect(counts).toEqual({ first: 220, second: 0 });
  await first.close();
  await append(many(20));
  await until('the second took over', async () => (await unpublished()) === 0);
  expect(counts).toEqual({ first: 220, second: 20 });
  await second.close();
  await elsewhere.close();
});

test('a relay whose lock is killed stops and becomes active again', async () => {
  const relay = startMysqlRelay({ database, bus, log, pollMs: 50 });
  await append(many(5));
  await until('active', async () => (await unpublished()) === 0);
  const { rows } = await sql<{
    id: number;
  }>`select is_used_lock(${`${database.schemaName}:outbox`}) as id`.execute(database.db);
  await sql`kill ${sql.lit(Number(rows[0]?.id))}`.execute(database.db);
  await append(many(5));
  await until('active again', async () => (await unpublished()) === 0);
  await relay.close();
});

test('the same message delivered twenty times has one effect', async () => {
  const message = commit();
  let deliveries = 0;
  const handler = on(stockCommit, async (data, it) => {
    await applyOnce(database, it.id, data.orderId);
    deliveries++;
  });
  const consumer = bus.consume({ queue, prefetch: 10, handlers: [handler] });
  await Promise.all(Array.from({ length: 20 }, () => bus.publish(message)));
  await until('all delivered', () => deliveries === 20);
  await consumer.close();
  const { rows } = await sql<{ times: number }>`select times from effects`.execute(database.db);
  expect(rows).toEqual([{ times: 1 }]);
});

test('a duplicate does not spoil the transaction that notices it', async () => {
  const id = uuidv7();
  expect(await database.transaction((trx) => firstTime(trx, 'c', id))).toBe(true);
  await database.transaction(async (trx) => {
    expect(await firstTime(trx, 'c', id)).toBe(false);
    expect(await firstTime(trx, 'other', id)).toBe(true);
    await sql`insert into effects values (${id}, 1)`.execute(trx);
  });
  expect((await database.db.selectFrom('effects').selectAll().execute()).length).toBe(1);
});

test('a consumer killed after its commit and before its acknowledgement causes no second effect', async () => {
  const message = commit();
  await bus.publish(message);
  const [, signal] = await once(run('killed-consumer', url, broker.url), 'exit');
  expect(signal).toBe('SIGKILL');
  const seen: boolean[] = [];
  const handler = on(stockCommit, async (data, it) => {
    seen.push(await applyOnce(database, it.id, data.orderId));
  });
  const consumer = bus.consume({ queue, handlers: [handler] });
  await until('it comes again', () => seen.length === 1);
  expect(seen).toEqual([false]);
  await consumer.close();
  expect(await countIn(broker.url, queue)).toBe(0);
});
