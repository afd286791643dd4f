import { type Bus, openBus } from '@shopstack/bus/connection';
import { draft, encode, type OutgoingMessage } from '@shopstack/bus/message';
import { createTopology } from '@shopstack/bus/topology';
import { orderCompleted } from '@shopstack/contracts/messages';
import { DeadLetterView } from '@shopstack/contracts/operations-desk';
import { createServiceApp } from '@shopstack/kit/api';
import { createLogger } from '@shopstack/kit/log';
import { uuidv7 } from '@shopstack/kit/uuid';
import { openIdempotencyStore } from '@shopstack/sql/idempotency';
import { testPlatform } from '@shopstack/testkit/platform';
import { openTestAmqp, openTestMysql } from '@shopstack/testkit/stores';
import { bearer, createTestIssuer } from '@shopstack/testkit/tokens';
import { connect } from 'amqplib';
import supertest from 'supertest';
import { absentQueues, consumeDeadLetters } from '../src/events/dead-letters.ts';
import { startDeskUpkeep } from '../src/events/desk-upkeep.ts';
import { startReplayLoop } from '../src/events/replay-loop.ts';
import { audits } from '../src/http/audits.ts';
import { deadLetters } from '../src/http/dead-letters.ts';
import { openAudits } from '../src/store/audits.ts';
import { openDeadLetters } from '../src/store/dead-letters.ts';
import { openReplayQueue } from '../src/store/replay-queue.ts';
import { openReplays } from '../src/store/replays.ts';
import { openSagas } from '../src/store/sagas.ts';
import { openSchema } from '../src/store/store.ts';
import { expectedTotal } from './fake-services.ts';

const topology = createTopology({ delaysMs: [50, 50, 50, 50] });
export const log = createLogger({ service: 'dispatch', level: process.env.TEST_LOG_LEVEL ?? 'silent' });

/** The end of an order as ratings hears it: a message without any claim on goods or money. */
export const completed = (orderId = uuidv7()): OutgoingMessage => {
  const zero = { amountMinor: 0, currency: 'EUR' };
  const totals = { subtotal: expectedTotal, tax: zero, discount: zero, shipping: zero, total: expectedTotal };
  const about = { number: 'SH-7F3K2M9Q', status: 'completed' as const, version: 9, lines: [], ...totals };
  const now = new Date().toISOString();
  const cart = { cartId: 'c', cartVersion: 1, deliveryCountry: 'DE' };
  const data = { id: orderId, ...about, currency: 'EUR', placedAt: now, updatedAt: now, ...cart };
  return draft(orderCompleted, { subject: orderId, data });
};

/** Sends bytes to an exchange as they are; resolves when the broker has them. */
export async function openInjector(url: string) {
  const connection = await connect(url);
  const channel = await connection.createConfirmChannel();
  return {
    channel,
    /** A letter as a service leaves it when it gives a message up. */
    die: async (
      queue: string,
      message: OutgoingMessage | Buffer,
      how: { reason?: string; detail?: string; at?: string; messageId?: string } = {},
    ) => {
      const { reason = 'permanent', detail = 'no luck', at = new Date().toISOString() } = how;
      const { content, properties } = Buffer.isBuffer(message)
        ? { content: message, properties: { messageId: how.messageId ?? uuidv7() } }
        : encode(message, 'test');
      const marks = {
        'x-shop-queue': queue,
        'x-shop-reason': reason,
        'x-shop-detail': detail,
        'x-shop-at': at,
      };
      channel.publish('shop.dlx', queue, content, { ...properties, headers: marks });
      await channel.waitForConfirms();
    },
    send: async (exchange: string, key: string, content: Buffer, properties: object = {}) => {
      channel.publish(exchange, key, content, properties);
      await channel.waitForConfirms();
    },
    count: async (queue: string) => (await channel.checkQueue(queue)).messageCount,
    close: () => connection.close(),
  };
}

/** Only the part of dispatch that keeps dead letters and audits, on real stores and a real broker. */
export async function openDesk() {
  const mysql = await openTestMysql();
  const amqp = await openTestAmqp();
  const open = (service: string) => openBus({ url: amqp.url, service, log, topology });
  const bus = await open('dispatch');
  // Services declare their own queues.
  for (const service of ['catalogue', 'payment', 'cart', 'user']) await (await open(service)).close();
  const ratings = await open('ratings');
  const database = await openSchema({ url: mysql.url, migrateOnStart: true, log });
  const keys = openIdempotencyStore(database);
  const store = {
    deadLetters: openDeadLetters(database),
    replays: openReplays(database),
    replayQueue: openReplayQueue(database),
    audits: openAudits(database),
    sagas: openSagas(database),
  };
  const ready = () => database.ping().then(() => true);
  consumeDeadLetters(bus, { ...store, log, ready });
  const replayLoop = startReplayLoop({ ...store, bus, log });
  const upkeep = startDeskUpkeep({ ...store, log });
  const issuer = createTestIssuer();
  const platform = { ...testPlatform('dispatch', issuer.authorisation), idempotency: keys };
  const deps = {
    ...store,
    absentQueues: () => absentQueues(bus),
    replaysAccepted: replayLoop.wake,
  };
  const app = createServiceApp(platform, (api) => {
    deadLetters(api, deps);
    audits(api, deps);
  });
  const http = supertest(app);
  const support = uuidv7();
  const token = bearer(issuer.token({ id: support, roles: ['support'] }));
  const injector = await openInjector(amqp.url);
  const list = async (query: object = {}): Promise<DeadLetterView[]> => {
    const { body } = await http.get('/dead-letters').query(query).set(token).expect(200);
    return DeadLetterView.array().parse(body.items);
  };
  return {
    ...{ http, token, support, issuer, database, store, injector, upkeep, list },
    ratings: ratings satisfies Bus,
    amqpUrl: amqp.url,
    read: async (id: string) => (await http.get(`/dead-letters/${id}`).set(token).expect(200)).body,
    replay: (id: string, body: object = {}, key: string = uuidv7()) =>
      http.post(`/dead-letters/${id}/replays`).set(token).set('idempotency-key', key).send(body),
    replayMany: (body: object, key: string = uuidv7()) =>
      http.post('/dead-letters/replays').set(token).set('idempotency-key', key).send(body),
    discard: (id: string, reason = 'not needed') =>
      http.delete(`/dead-letters/${id}`).query({ reason }).set(token),
    close: async () => {
      await injector.close();
      await replayLoop.close();
      await upkeep.close();
      await ratings.close();
      await bus.close();
      keys.close();
      await database.close();
      await mysql.close();
      await amqp.close();
    },
  };
}
export type Desk = Awaited<ReturnType<typeof openDesk>>;

export const metricsOf = async ({ http }: Desk): Promise<string> =>
  (await http.get('/metrics').expect(200)).text;
