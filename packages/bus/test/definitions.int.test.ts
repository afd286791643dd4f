import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { stockReserve, stockReserved } from '@shopstack/contracts/messages';
import { createLogger } from '@shopstack/kit/log';
import { uuidv7 } from '@shopstack/kit/uuid';
import { connect } from 'amqplib';
import { openBus } from '../src/connection.ts';
import { brokerDefinitions } from '../src/definitions.ts';
import { TopologyMismatch } from '../src/errors.ts';
import { on } from '../src/handler.ts';
import { draft } from '../src/message.ts';
import { createTopology } from '../src/topology.ts';
import { type OwnBroker, startOwnBroker } from './rabbitmq.ts';
import { until } from './waiting.ts';

const log = createLogger({ service: 'test', level: 'silent' });
let broker: OwnBroker;
const urlOf = (user: string) => `amqp://${user}:${user}-secret@127.0.0.1:${broker.port}/shop`;

beforeAll(async () => {
  const users = ['catalogue', 'dispatch'].map((name) => ({ name, password: `${name}-secret` }));
  broker = await startOwnBroker(brokerDefinitions({ users }));
});
afterAll(() => broker.close());

test('services with rights to their own queues only can talk to each other', async () => {
  const catalogue = await openBus({ url: urlOf('catalogue'), service: 'catalogue', log });
  const dispatch = await openBus({ url: urlOf('dispatch'), service: 'dispatch', log });
  expect([catalogue.state(), dispatch.state()]).toEqual(['up', 'up']);
  const orderId = uuidv7();
  let failed = false;
  const answered: string[] = [];
  const reserve = on(stockReserve, async (data, message) => {
    if (!failed) {
      failed = true;
      throw new Error('once: the way through the delay queue');
    }
    const { round } = data;
    await catalogue.publish(
      draft(stockReserved, {
        subject: message.subject,
        data: { orderId: data.orderId, round },
        causationId: message.id,
      }),
    );
  });
  catalogue.consume({ queue: 'catalogue.commands', handlers: [reserve] });
  const reserved = on(stockReserved, async (data) => void answered.push(data.orderId));
  dispatch.consume({ queue: 'dispatch.replies', handlers: [reserved] });
  await dispatch.publish(
    draft(stockReserve, {
      subject: orderId,
      data: { orderId, round: 1, lines: [{ sku: 'tee', quantity: 1 }] },
    }),
  );
  await until('the answer', () => answered.length === 1);
  expect(answered).toEqual([orderId]);
  await Promise.all([catalogue.close(), dispatch.close()]);
});

test.each(['dispatch.replies', 'shop.unrouted', 'shop.delay.1000'])(
  'a service cannot read %s, where messages of others lie',
  async (queue) => {
    const connection = await connect(urlOf('catalogue'));
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    await expect(channel.get(queue)).rejects.toThrow('ACCESS_REFUSED');
    await connection.close();
  },
);

test('dispatch drains what no queue wanted and sees which queues there are', async () => {
  const dispatch = await openBus({ url: urlOf('dispatch'), service: 'dispatch', log });
  const orderId = uuidv7();
  const message = draft(stockReserved, { subject: orderId, data: { orderId, round: 1 } });
  await dispatch.publish({ ...message, type: 'nobody.listens.v1' });
  const drained: string[] = [];
  dispatch.consumeUnrouted({ handle: async (letter) => void drained.push(letter.routingKey) });
  await until('it is drained', () => drained.length === 1);
  expect(drained).toEqual(['nobody.listens.v1']);
  expect(await dispatch.absentQueues(['catalogue.commands', 'cart.events', 'no.queue'])).toEqual([
    'no.queue',
  ]);
  await dispatch.close();
});

test('a missing shared queue that the user may not declare stops the start and is named', async () => {
  const topology = createTopology({ delaysMs: [123] });
  const opening = openBus({ url: urlOf('catalogue'), service: 'catalogue', log, topology });
  await expect(opening).rejects.toBeInstanceOf(TopologyMismatch);
  await expect(opening).rejects.toThrow('lacks "shop.delay.123"');
});
