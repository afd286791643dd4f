import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { hearersOf } from '@shopstack/bus/topology';
import { type ConfirmChannel, type ConsumeMessage, connect } from 'amqplib';
import type { Arena } from '../arena/arena.ts';
import type { Heal, Injector } from './injection.ts';
import { nothingToHeal } from './injection.ts';

const COPY = 'campaign-copy';
const HELD_AT_MOST = 25;

/** A connection of the administrator that may break: the broker then takes back what we held. */
async function openChannel(arena: Arena): Promise<{ channel: ConfirmChannel; close: () => Promise<void> }> {
  const connection = await connect(arena.urls.amqp);
  connection.on('error', () => undefined);
  const channel = await connection.createConfirmChannel();
  channel.on('error', () => undefined);
  return { channel, close: () => connection.close().catch(() => undefined) };
}

/** Every message of an exchange is published a second time: every other one at once, the rest in the end. */
export const duplicateMessages: Injector = async (exchange, { arena }) => {
  const { channel, close } = await openChannel(arena);
  const { queue } = await channel.assertQueue('', { exclusive: true, durable: false });
  await channel.bindQueue(queue, exchange, '#');
  let copies = 0;
  const late: ConsumeMessage[] = [];
  const publishAgain = ({ fields, content, properties }: ConsumeMessage) =>
    channel.publish(exchange, fields.routingKey, content, {
      ...properties,
      headers: { ...properties.headers, [COPY]: true },
    });
  const copy = (message: ConsumeMessage | null) => {
    if (!message || message.properties.headers?.[COPY] === true) return;
    copies++;
    if (copies % 2 === 0) publishAgain(message);
    else late.push(message);
  };
  await channel.consume(queue, copy, { noAck: true });
  return async () => {
    late.forEach(publishAgain);
    await channel.waitForConfirms().catch(() => undefined);
    await close();
    return `${copies} copies`;
  };
};

/** Takes a share of a queue's messages and puts them back later, in the order that `arrange` gives. */
const holdBack =
  (arrange: (held: ConsumeMessage[]) => ConsumeMessage[]): Injector =>
  async (queue, { arena }): Promise<Heal> => {
    const { channel, close } = await openChannel(arena);
    const held: ConsumeMessage[] = [];
    await channel.prefetch(HELD_AT_MOST);
    const { consumerTag } = await channel.consume(queue, (message) => {
      if (message) held.push(message);
    });
    return async () => {
      await channel.cancel(consumerTag);
      const back = arrange(held);
      for (const { content, properties } of back) channel.sendToQueue(queue, content, { ...properties });
      await channel.waitForConfirms();
      for (const message of held) channel.ack(message);
      await close();
      return `${held.length} held`;
    };
  };
export const lateMessages = holdBack((held) => held);
export const reorderedMessages = holdBack((held) => held.toReversed());

/** Bytes that no consumer can read. */
export const poisonMessage: Injector = async (queue, { arena, planted }) => {
  const messageId = randomUUID();
  planted.deadLetters.push({ messageId, queue });
  await publish(arena, { exchange: '', routingKey: queue, messageId, content: Buffer.from('{"campaign') });
  return nothingToHeal;
};

export const unknownVersion: Injector = async (type, { arena, planted }) => {
  const messageId = randomUUID();
  for (const queue of hearersOf(type)) planted.deadLetters.push({ messageId, queue });
  await publish(arena, {
    exchange: 'shop.commands',
    routingKey: type,
    messageId,
    content: envelope(type, messageId),
  });
  return nothingToHeal;
};

export const unroutableMessage: Injector = async (exchange, { arena, planted }) => {
  const messageId = randomUUID();
  const type = 'campaign.unheard-of.v1';
  planted.unrouted.push(messageId);
  await publish(arena, { exchange, routingKey: type, messageId, content: envelope(type, messageId) });
  return nothingToHeal;
};

function envelope(type: string, id: string): Buffer {
  const orderId = randomUUID();
  const head = { specversion: '1.0', id, source: '/shopstack/campaign', type, subject: orderId };
  return Buffer.from(
    JSON.stringify({
      ...head,
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      data: { orderId },
    }),
  );
}

const TRIES = 20;

/** Until it is confirmed: the broker may be on its way back. */
async function publish(
  arena: Arena,
  it: { exchange: string; routingKey: string; messageId: string; content: Buffer },
): Promise<void> {
  for (let left = TRIES; ; left--) {
    try {
      const { channel, close } = await openChannel(arena);
      channel.publish(it.exchange, it.routingKey, it.content, { messageId: it.messageId, persistent: true });
      await channel.waitForConfirms();
      return await close();
    } catch (error) {
      if (left === 0) throw error;
      await sleep(500);
    }
  }
}
