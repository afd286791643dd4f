import { expect, test } from '@jest/globals';
import type { ConsumeMessage } from 'amqplib';
import { readDeadLetter, readUnrouted } from './dead-letter.ts';

const none = undefined;
const message = (
  headers: object,
  { messageId = 'id', content = '{"a":1}', routingKey = 'q', redelivered = false } = {},
): ConsumeMessage => ({
  content: Buffer.from(content),
  fields: { deliveryTag: 1, redelivered, exchange: 'shop.dlx', routingKey, consumerTag: 't' },
  properties: {
    ...{ contentType: 'application/json', contentEncoding: none, headers: { attempt: 2, ...headers } },
    ...{ deliveryMode: 2, priority: none, correlationId: 'order', replyTo: none, expiration: none },
    ...{ messageId, timestamp: 1, type: 't', userId: none, appId: 'dispatch', clusterId: none },
  },
});
const ours = (at = '2026-01-01T00:00:00.000Z') => ({
  'x-shop-queue': 'q',
  'x-shop-reason': 'permanent',
  'x-shop-detail': 'never',
  'x-shop-at': at,
});
const byBroker = (time: number, reason = 'delivery_limit') => ({
  'x-first-death-reason': 'expired',
  'x-death': [
    { reason, queue: 'q', count: 1, exchange: 'e', time: { '!': 'timestamp', value: time } },
    { reason: 'expired', queue: 'shop.delay.1000', count: 1, exchange: 'shop.delay.1000' },
  ],
});

test('a letter the broker gave up names its last death, not the wait before it', () => {
  const letter = readDeadLetter(message(byBroker(1_767_225_600)));
  expect(letter).toMatchObject({ queue: 'q', reason: 'delivery_limit', at: '2026-01-01T00:00:00.000Z' });
  expect(letter.properties.headers).toEqual({ attempt: 2 });
});

test.each([
  ['nothing', {}, 'unknown'],
  ['a record that is none', { 'x-death': 'yes' }, 'unknown'],
  ['a record without a time', { 'x-death': [{ reason: 'rejected', queue: 'q', count: 1 }] }, 'rejected'],
  ['a time beyond all calendars', byBroker(1e300), 'delivery_limit'],
])('headers with %s are read as far as they go', (_what, headers, reason) => {
  const letter = readDeadLetter(message(headers));
  expect(letter).toMatchObject({ queue: 'q', reason, at: expect.stringMatching(/^\d{4}-/) });
});

test('a death is the same however often its letter comes', () => {
  for (const headers of [ours(), byBroker(1_767_225_600), {}]) {
    const [first, again] = [message(headers), message(headers, { redelivered: true })].map(readDeadLetter);
    expect(again?.death).toBe(first?.death);
  }
});

test('another time, message, content or queue is another death', () => {
  const deaths = [
    message(ours()),
    message(ours('2026-01-01T00:00:00.001Z')),
    message(ours(), { messageId: 'other' }),
    message(ours(), { content: '{"a":2}' }),
    message({ ...ours(), 'x-shop-queue': 'other' }),
    message({ ...ours(), 'x-shop-reason': 'malformed' }),
    message(byBroker(1)),
    message(byBroker(2)),
  ].map((it) => readDeadLetter(it).death);
  expect(new Set(deaths).size).toBe(deaths.length);
});

test('what no queue wanted says where it was published', () => {
  const lost = message({}, { routingKey: 'nobody.listens.v1' });
  expect(readUnrouted(lost)).toMatchObject({
    queue: 'shop.unrouted',
    reason: 'unroutable',
    detail: 'no queue for "nobody.listens.v1" on shop.dlx',
    routingKey: 'nobody.listens.v1',
  });
  expect(readUnrouted(lost).death).toBe(readUnrouted(lost).death);
  expect(readUnrouted(message({}, { messageId: 'other' })).death).not.toBe(readUnrouted(lost).death);
});
