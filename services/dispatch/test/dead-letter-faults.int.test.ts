import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openBus } from '@shopstack/bus/connection';
import { on } from '@shopstack/bus/handler';
import { orderCompleted } from '@shopstack/contracts/messages';
import { type Database, openDatabase } from '@shopstack/sql/database';
import { openDeadLetters } from '../src/store/dead-letters.ts';
import { openReplays } from '../src/store/replays.ts';
import type { Schema } from '../src/store/schema.ts';
import { openSchema } from '../src/store/store.ts';
import { completed, log, openInjector } from './desk.ts';
import { openSurroundings, type Surroundings } from './process.ts';
import { until } from './shop.ts';

const queue = 'ratings.events';
let around: Surroundings;
let injector: Awaited<ReturnType<typeof openInjector>>;
let database: Database<Schema>;
let letters: ReturnType<typeof openDeadLetters>;

beforeAll(async () => {
  around = await openSurroundings();
  for (const service of ['dispatch', 'ratings'])
    await (await openBus({ url: around.amqpUrl, service, log })).close();
  await (await openSchema({ url: around.mysqlUrl, migrateOnStart: true, log })).close();
  database = openDatabase<Schema>({ url: around.mysqlUrl, log });
  letters = openDeadLetters(database);
  injector = await openInjector(around.amqpUrl);
});
afterAll(async () => {
  await injector.close();
  await database.close();
  await around.close();
});

const list = (q?: string) => letters.list({ q, before: undefined, limit: 101 });
const waiting = () => injector.count('dispatch.dead-letters');

test('a process killed between the row and the acknowledgement does not double the letter', async () => {
  const message = completed();
  await injector.die(queue, message);
  const file = new URL('processes/killed-keeper.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--no-warnings', file, around.mysqlUrl, around.amqpUrl], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
  expect(await list(message.id)).toHaveLength(1);
  await until(async () => expect(await waiting()).toBe(1));
  const service = await around.start();
  await until(async () => expect(await waiting()).toBe(0));
  expect(await service.end('SIGTERM')).toBe(0);
  expect(await list(message.id)).toHaveLength(1);
  expect(await waiting()).toBe(0);
});

test('while the store is away letters stay where they are', async () => {
  const service = await around.start();
  around.proxy.cut();
  const messages = Array.from({ length: 15 }, () => completed());
  for (const message of messages) await injector.die(queue, message);
  await injector.send('shop.events', 'nobody.listens.v1', Buffer.from('{}'), { messageId: 'lost' });
  // Ten were under way when it noticed; nothing more is taken, and nothing is acknowledged.
  await until(async () => expect(await waiting()).toBeGreaterThanOrEqual(5));
  expect(await list(messages[0]?.id)).toEqual([]);
  around.proxy.mend();
  await until(async () => {
    for (const message of messages) expect(await list(message.id)).toHaveLength(1);
    expect(await list('lost')).toHaveLength(1);
  }, 20_000);
  expect(await waiting()).toBe(0);
  expect(await service.end('SIGTERM')).toBe(0);
});

test('replays that were accepted go on after a kill, each at least once, and then their run ends', async () => {
  const seen: string[] = [];
  const ratings = await openBus({ url: around.amqpUrl, service: 'ratings', log });
  ratings.consume({ queue, handlers: [on(orderCompleted, async (_data, { id }) => void seen.push(id))] });
  const first = await around.start();
  const messages = Array.from({ length: 40 }, () => completed());
  for (const message of messages) await injector.die(queue, message, { detail: 'to be replayed' });
  await until(async () => expect(await list('to be replayed')).toHaveLength(40));
  const wanted = { queue, type: undefined, limit: 1000, perSecond: 20, by: 'test', note: undefined };
  const kept = { ref: undefined, answer: () => ({ status: 202 }) };
  const go = () => ({ ok: true as const, queues: [queue] });
  await openReplays(database).askMany(wanted, go, kept);
  await until(() => expect(seen.length).toBeGreaterThan(5));
  await first.end('SIGKILL');
  expect(seen.length).toBeLessThan(40);
  const second = await around.start();
  await until(async () => {
    const states = (await list('to be replayed')).map((it) => it.state);
    expect(new Set(states)).toEqual(new Set(['replayed']));
  }, 60_000);
  const ids = new Set(messages.map((it) => it.id));
  await until(() => expect(new Set(seen.filter((id) => ids.has(id))).size).toBe(40));
  await until(async () => {
    expect(await database.db.selectFrom('replay_runs').select('id').execute()).toEqual([]);
  });
  expect(await second.end('SIGTERM')).toBe(0);
  await ratings.close();
});
