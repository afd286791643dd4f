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

test('a service cannot read the queue of another', async () => {
  const connection = await connect(urlOf('catalogue'));
  const channel = await connection.createChannel();
  channel.on('error', () => undefined);
  await expect(channel.get('dispatch.replies')).rejects.toThrow('ACCESS_REFUSED');
  await connection.close();
});

test('a missing shared queue that the user may not declare stops the start and is named', async () => {
  const topology = createTopology({ delaysMs: [123] });
  const opening = openBus({ url: urlOf('catalogue'), service: 'catalogue', log, topology });
  await expect(opening).rejects.toBeInstanceOf(TopologyMismatch);
  await expect(opening).rejects.toThrow('lacks "shop.delay.123"');
});
