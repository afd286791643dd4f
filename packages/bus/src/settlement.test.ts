import { expect, test } from '@jest/globals';
import type { ConsumeMessage } from 'amqplib';
import { readDeadLetter } from './dead-letter.ts';
import { carriedProperties, deadLetterPacket, delayAfter, replayPacket, retryPacket } from './settlement.ts';

const properties = {
  contentType: 'application/cloudevents+json',
  contentEncoding: undefined,
  headers: {
    attempt: 3,
    causationId: 'c',
    'x-death': [],
    'x-first-death-queue': 'shop.delay.1000',
    'x-delivery-count': 2,
  },
  deliveryMode: 2,
  priority: undefined,
  correlationId: 'order',
  replyTo: undefined,
  expiration: undefined,
  messageId: 'id',
  timestamp: 1,
  type: 'stock.commit.v1',
  userId: undefined,
  appId: 'dispatch',
  clusterId: undefined,
};
const message: ConsumeMessage = {
  content: Buffer.from('{"a":1}'),
  fields: { deliveryTag: 1, redelivered: false, exchange: 'shop.replay', routingKey: 'q', consumerTag: 't' },
  properties,
};
const death = { queue: 'q', reason: 'permanent', detail: 'never' };

test('the ladder is 1, 5, 15, 60, 60 s', () => {
  const delays = [1000, 5000, 15_000, 60_000];
  expect([1, 2, 3, 4, 5].map((attempt) => delayAfter(attempt, delays))).toEqual([
    1000, 5000, 15_000, 60_000, 60_000,
  ]);
});

test('the bookkeeping of earlier deaths does not travel on, the rest does', () => {
  expect(carriedProperties(message)).toEqual({
    contentType: 'application/cloudevents+json',
    correlationId: 'order',
    messageId: 'id',
    timestamp: 1,
    type: 'stock.commit.v1',
    appId: 'dispatch',
    headers: { attempt: 3, causationId: 'c' },
  });
});

test('a retry goes through the delay back to its own queue', () => {
  const packet = retryPacket(message, { queue: 'q', attempt: 4, delayMs: 15_000 });
  expect(packet).toMatchObject({ exchange: 'shop.delay.15000', routingKey: 'q', content: message.content });
  expect(packet.properties.headers).toEqual({ attempt: 4, causationId: 'c' });
});

test('a dead letter survives the way through a JSON store and is replayed as a first attempt', () => {
  const packet = deadLetterPacket(message, death);
  const arrived = { ...message, properties: { ...properties, headers: packet.properties.headers } };
  const letter = readDeadLetter(arrived);
  expect(letter).toMatchObject({ queue: 'q', reason: 'permanent', detail: 'never' });
  const stored: typeof letter.properties = JSON.parse(JSON.stringify(letter.properties));
  const replay = replayPacket({ ...letter, properties: stored });
  expect(replay).toMatchObject({ exchange: 'shop.replay', routingKey: 'q', content: message.content });
  expect(replay.properties).toMatchObject({ messageId: 'id', type: 'stock.commit.v1' });
  expect(replay.properties.headers).toEqual({ attempt: 1, causationId: 'c' });
});
