import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { event } from '@shopstack/contracts/message';
import { stockCommit, stockReleased } from '@shopstack/contracts/messages';
import { createLogger } from '@shopstack/kit/log';
import { uuidv7 } from '@shopstack/kit/uuid';
import { connect } from 'amqplib';
import { z } from 'zod';
import { type Bus, type DeadLetter, openBus } from '../src/connection.ts';
import { PermanentError, TopologyMismatch, Unroutable } from '../src/errors.ts';
import { on } from '../src/handler.ts';
import { draft, type ReceivedMessage } from '../src/message.ts';
import { createTopology } from '../src/topology.ts';
import { countIn, takeAll } from './peek.ts';
import { startBroker, type TestBroker } from './rabbitmq.ts';
import { until } from './waiting.ts';

const log = createLogger({ service: 'test', level: process.env.TEST_LOG_LEVEL ?? 'silent' });
const topology = createTopology({ delaysMs: [200, 400, 600, 800] });
const queue = 'catalogue.commands';
let broker: TestBroker;
let bus: Bus;

beforeAll(async () => {
  broker = await startBroker();
});
afterAll(() => broker.close());
beforeEach(async () => {
  const dispatch = await openBus({ url: broker.url, service: 'dispatch', log, topology });
  await dispatch.close();
  bus = await openBus({ url: broker.url, service: 'catalogue', log, topology });
});
afterEach(async () => {
  await bus.close();
  for (const name of [queue, `${queue}.dlq`, 'dispatch.dead-letters', 'shop.unrouted'])
    await takeAll(broker.url, name);
});

const commit = (round = 1) => {
  const orderId = uuidv7();
  return draft(stockCommit, { subject: orderId, data: { orderId, round } });
};
/** Sends bytes as they are to where commands go. */
async function inject(content: string | Buffer, routingKey: string, headers: object = {}) {
  const connection = await connect(broker.url);
  const channel = await connection.createConfirmChannel();
  channel.publish('shop.commands', routingKey, Buffer.from(content), { messageId: uuidv7(), headers });
  await channel.waitForConfirms();
  await connection.close();
}
const deadLetter = async () => {
  await until('a dead letter', async () => (await countIn(broker.url, `${queue}.dlq`)) > 0);
  const [letter] = await takeAll(broker.url, `${queue}.dlq`);
  if (!letter) throw new Error('no dead letter');
  return letter;
};

test('a message arrives once, with what its sender said', async () => {
  const message = { ...commit(), causationId: uuidv7() };
  const seen: ReceivedMessage[] = [];
  bus.consume({ queue, handlers: [on(stockCommit, async (_data, it) => void seen.push(it))] });
  await bus.publish(message);
  await until('it arrives', () => seen.length > 0);
  const { id, type, subject, time, data, causationId } = message;
  expect(seen).toEqual([
    { id, type, subject, time, data, causationId, source: 'catalogue', attempt: 1, queue },
  ]);
  await until('it is acknowledged', async () => (await countIn(broker.url, queue)) === 0);
});

test('properties on the wire are those of the design', async () => {
  const message = commit();
  await bus.publish(message);
  const [taken] = await takeAll(broker.url, queue);
  expect(taken?.properties).toMatchObject({
    contentType: 'application/cloudevents+json',
    deliveryMode: 2,
    messageId: message.id,
    type: 'stock.commit.v1',
    correlationId: message.subject,
    appId: 'catalogue',
    headers: { attempt: 1 },
  });
  expect(JSON.parse(taken?.content.toString() ?? '')).toMatchObject({
    specversion: '1.0',
    source: '/shopstack/catalogue',
  });
});

test('a message that no queue takes is not published, although the broker confirms it', async () => {
  const replayed = bus.replay({
    queue: 'nobody.here',
    content: Buffer.from('{}'),
    properties: { messageId: uuidv7() },
  });
  await expect(replayed).rejects.toBeInstanceOf(Unroutable);
});

test('an event nobody listens to is kept aside until it is drained', async () => {
  const nobody = event('nobody.listens.v1', 'Unheard', z.object({}));
  const message = draft(nobody, { subject: 'x', data: {} });
  await bus.publish(message);
  expect(await countIn(broker.url, 'shop.unrouted')).toBe(1);
  const letters: DeadLetter[] = [];
  bus.consumeUnrouted({ handle: async (letter) => void letters.push(letter) });
  await until('it is drained', () => letters.length === 1);
  expect(letters[0]).toMatchObject({
    queue: 'shop.unrouted',
    reason: 'unroutable',
    detail: 'no queue for "nobody.listens.v1" on shop.events',
    routingKey: 'nobody.listens.v1',
    properties: { messageId: message.id },
  });
  await until('it is acknowledged', async () => (await countIn(broker.url, 'shop.unrouted')) === 0);
});

test('queues that the broker lacks are named', async () => {
  expect(await bus.absentQueues(['nobody.here', queue, 'nor.here'])).toEqual(['nobody.here', 'nor.here']);
  expect(await bus.absentQueues([queue])).toEqual([]);
});

test('a message whose consumer dies thirty times over is a dead letter of the broker, after a delay too', async () => {
  const connection = await connect(broker.url);
  const channel = await connection.createChannel();
  const message = commit();
  let refusals = 0;
  const handler = on(stockCommit, async () => {
    throw new Error('once, so that it has waited in a delay queue');
  });
  const consumer = bus.consume({ queue, handlers: [handler] });
  await bus.publish(message);
  await until('it waits', async () => (await countIn(broker.url, 'shop.delay.200')) === 1);
  await consumer.close();
  await channel.consume(queue, (it) => {
    refusals++;
    if (it) channel.nack(it, false, true);
  });
  const dispatch = await openBus({ url: broker.url, service: 'dispatch', log, topology });
  const letters: DeadLetter[] = [];
  dispatch.consumeDeadLetters({ handle: async (letter) => void letters.push(letter) });
  await until('the letter', () => letters.length === 1);
  expect(refusals).toBeGreaterThanOrEqual(30);
  expect(letters[0]).toMatchObject({
    queue,
    reason: 'delivery_limit',
    properties: { messageId: message.id },
  });
  await dispatch.close();
  await connection.close();
});

test('a failing message comes again after each wait, and is a dead letter after six attempts', async () => {
  const message = commit();
  const times: number[] = [];
  const attempts: number[] = [];
  const handler = on(stockCommit, async (_data, it) => {
    times.push(Date.now());
    attempts.push(it.attempt);
    throw new Error('no luck');
  });
  bus.consume({ queue, handlers: [handler] });
  await bus.publish(message);
  const letter = await deadLetter();
  expect(attempts).toEqual([1, 2, 3, 4, 5, 6]);
  const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  for (const [index, least] of [200, 400, 600, 800, 800].entries()) {
    expect(waits[index]).toBeGreaterThanOrEqual(least - 5);
    expect(waits[index]).toBeLessThan(least + 700);
  }
  expect(letter.properties.headers).toMatchObject({
    'x-shop-queue': queue,
    'x-shop-reason': 'attempts-exhausted',
    'x-shop-detail': 'no luck',
    attempt: 6,
  });
  expect(letter.properties).toMatchObject({ messageId: message.id, type: message.type, appId: 'catalogue' });
});

test('a message that succeeds at the third attempt is done', async () => {
  let runs = 0;
  const handler = on(stockCommit, async () => {
    if (++runs < 3) throw new Error('not yet');
  });
  bus.consume({ queue, handlers: [handler] });
  await bus.publish(commit());
  await until('three runs', () => runs === 3);
  await bus.close();
  expect(await countIn(broker.url, queue)).toBe(0);
  expect(await countIn(broker.url, `${queue}.dlq`)).toBe(0);
});

test('a permanent error is a dead letter at once', async () => {
  let runs = 0;
  const handler = on(stockCommit, async () => {
    runs++;
    throw new PermanentError('never');
  });
  bus.consume({ queue, handlers: [handler] });
  await bus.publish(commit());
  expect((await deadLetter()).properties.headers).toMatchObject({ 'x-shop-reason': 'permanent', attempt: 1 });
  expect(runs).toBe(1);
});

test.each([
  ['bytes that are not JSON', '{"specversion', 'stock.commit.v1', 'malformed'],
  ['JSON that is not our envelope', '{"hello":"world"}', 'stock.commit.v1', 'malformed'],
])('%s are a dead letter at once, bytes kept', async (_name, content, key, reason) => {
  bus.consume({ queue, handlers: [on(stockCommit, async () => undefined)] });
  await inject(content, key);
  const letter = await deadLetter();
  expect(letter.properties.headers?.['x-shop-reason']).toBe(reason);
  expect(letter.content.toString()).toBe(content);
});

test('data that does not fit is a dead letter that names the field, not the value', async () => {
  bus.consume({ queue, handlers: [on(stockCommit, async () => undefined)] });
  await bus.publish({ ...commit(), data: { orderId: 'secret-value', round: 1 } });
  const headers = (await deadLetter()).properties.headers;
  expect(headers).toMatchObject({ 'x-shop-reason': 'malformed' });
  expect(headers?.['x-shop-detail']).toContain('orderId');
  expect(headers?.['x-shop-detail']).not.toContain('secret-value');
});

test('a version we do not know yet arrives and is parked', async () => {
  bus.consume({ queue, handlers: [on(stockCommit, async () => undefined)] });
  await bus.publish({ ...commit(), type: 'stock.commit.v2' });
  const headers = (await deadLetter()).properties.headers;
  expect(headers).toMatchObject({ 'x-shop-reason': 'unknown-type', 'x-shop-detail': 'stock.commit.v2' });
});

test('dead letters are mirrored to dispatch; a replay brings the same bytes and id back', async () => {
  const dispatch = await openBus({ url: broker.url, service: 'dispatch', log, topology });
  const letters: DeadLetter[] = [];
  let failing = true;
  const seen: ReceivedMessage[] = [];
  let refused = false;
  dispatch.consumeDeadLetters({
    handle: async (letter) => {
      refused = !refused;
      if (refused) throw new Error('the store hiccups: called again');
      letters.push(letter);
    },
  });
  const handler = on(stockCommit, async (_data, it) => {
    if (failing) throw new PermanentError('broken today');
    seen.push(it);
  });
  bus.consume({ queue, handlers: [handler] });
  const message = commit();
  await bus.publish(message);
  await until('the mirror', () => letters.length === 1);
  const [letter] = letters;
  if (!letter) throw new Error('no letter');
  expect(letter).toMatchObject({ queue, reason: 'permanent', detail: 'broken today' });
  failing = false;
  const stored: Pick<DeadLetter, 'properties'> = JSON.parse(
    JSON.stringify({ properties: letter.properties }),
  );
  await dispatch.replay({ queue, content: letter.content, properties: stored.properties });
  await until('the replay', () => seen.length === 1);
  expect(seen[0]).toMatchObject({ id: message.id, attempt: 1, data: message.data });
  await dispatch.close();
});

test('a replayed message that fails again still takes its delays', async () => {
  const death = [{ queue, reason: 'expired', count: 1, exchange: 'shop.replay', 'routing-keys': [queue] }];
  const runs: number[] = [];
  const handler = on(stockCommit, async (_data, it) => {
    runs.push(it.attempt);
    if (it.attempt < 3) throw new Error('again');
  });
  bus.consume({ queue, handlers: [handler] });
  const message = commit();
  const envelope = {
    ...message,
    specversion: '1.0',
    source: '/shopstack/x',
    datacontenttype: 'application/json',
  };
  await inject(JSON.stringify(envelope), 'stock.commit.v1', { 'x-death': death });
  await until('three runs', () => runs.length === 3);
  expect(runs).toEqual([1, 2, 3]);
});

test('while the own store is away nothing is consumed and no attempt is spent', async () => {
  let up = true;
  const attempts: number[] = [];
  const handled = new Set<string>();
  const handler = on(stockCommit, async (_data, it) => {
    attempts.push(it.attempt);
    if (!up) throw new Error('store away');
    handled.add(it.id);
  });
  bus.consume({ queue, prefetch: 2, ready: () => up, handlers: [handler] });
  await bus.publish(commit());
  await until('the first', () => handled.size === 1);
  up = false;
  for (let n = 0; n < 10; n++) await bus.publish(commit());
  await until('it notices', () => attempts.length >= 2);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(attempts.length).toBeLessThanOrEqual(3);
  up = true;
  await until('all', () => handled.size === 11);
  expect(new Set(attempts)).toEqual(new Set([1]));
});

test('closing lets running handlers end and leaves the rest in the queue', async () => {
  let begun = 0;
  let ended = 0;
  const handler = on(stockCommit, async () => {
    begun++;
    await new Promise((resolve) => setTimeout(resolve, 300));
    ended++;
  });
  bus.consume({ queue, prefetch: 3, handlers: [handler] });
  for (let n = 0; n < 8; n++) await bus.publish(commit());
  await until('some run', () => begun > 0);
  await bus.close();
  expect(ended).toBe(begun);
  expect(await countIn(broker.url, queue)).toBe(8 - ended);
});

test('at most `prefetch` messages are under way', async () => {
  let under = 0;
  let most = 0;
  let done = 0;
  const handler = on(stockCommit, async () => {
    most = Math.max(most, ++under);
    await new Promise((resolve) => setTimeout(resolve, 20));
    under--;
    done++;
  });
  bus.consume({ queue, prefetch: 4, handlers: [handler] });
  await Promise.all(Array.from({ length: 30 }, () => bus.publish(commit())));
  await until('all', () => done === 30);
  expect(most).toBe(4);
});

test('a queue with other arguments stops the start and says what differs', async () => {
  const other = createTopology({ delaysMs: topology.delaysMs });
  const queues = other.queues.map((it) =>
    it.name === queue ? { ...it, arguments: { ...it.arguments, 'x-delivery-limit': 7 } } : it,
  );
  const opening = openBus({ url: broker.url, service: 'catalogue', log, topology: { ...other, queues } });
  await expect(opening).rejects.toBeInstanceOf(TopologyMismatch);
  await expect(opening).rejects.toThrow(/catalogue\.commands.*x-delivery-limit.*'7'.*'30'/);
});

test('a saga answer reaches dispatch whatever its version', async () => {
  const orderId = uuidv7();
  const message = draft(stockReleased, { subject: orderId, data: { orderId, round: 1 } });
  await bus.publish(message);
  await bus.publish({ ...message, id: uuidv7(), type: 'stock.released.v9' });
  expect(await takeAll(broker.url, 'dispatch.replies')).toHaveLength(2);
});
