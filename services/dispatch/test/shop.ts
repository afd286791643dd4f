import { randomBytes } from 'node:crypto';
import { openBus } from '@shopstack/bus/connection';
import { startMysqlRelay } from '@shopstack/bus/mysql';
import { createLogger } from '@shopstack/kit/log';
import { uuidv7 } from '@shopstack/kit/uuid';
import { eventually } from '@shopstack/testkit/eventually';
import { testPlatform } from '@shopstack/testkit/platform';
import { openTestAmqp, openTestMysql } from '@shopstack/testkit/stores';
import { createTestIssuer } from '@shopstack/testkit/tokens';
import supertest from 'supertest';
import { createApp } from '../src/app.ts';
import { openCartClient } from '../src/clients/cart.ts';
import { openCatalogueClient } from '../src/clients/catalogue.ts';
import { openMail } from '../src/clients/mail.ts';
import { openPaymentClient } from '../src/clients/payment.ts';
import { openShippingClient } from '../src/clients/shipping.ts';
import { openUserClient } from '../src/clients/user.ts';
import { createFollowTokens } from '../src/domain/follow-token.ts';
import { createPromised } from '../src/domain/promised.ts';
import { defaultTiming, type Timing } from '../src/domain/saga/timing.ts';
import { consumeReplies } from '../src/events/consumers.ts';
import { createCourtesy } from '../src/events/courtesy.ts';
import { absentQueues, consumeDeadLetters } from '../src/events/dead-letters.ts';
import { startDeskUpkeep } from '../src/events/desk-upkeep.ts';
import { consumeNotifications } from '../src/events/notifier.ts';
import { composer } from '../src/events/outgoing.ts';
import { startReplayLoop } from '../src/events/replay-loop.ts';
import { startTimerLoop } from '../src/events/timer-loop.ts';
import { openStreams } from '../src/http/live.ts';
import { openSchema, openStore } from '../src/store/store.ts';
import { address, cartLine, expectedTotal, startFakeServices } from './fake-services.ts';
import { startMailServer } from './mail-server.ts';
import { openParticipants } from './participants.ts';

/** Waits until the expectations hold. */
export const until = (expectations: () => unknown, timeoutMs?: number) =>
  eventually(async () => {
    await expectations();
    return true;
  }, timeoutMs);

const secret = 'a secret of at least thirty-two characters';

/** The whole service on real stores and a real broker, with everybody else played. */
export async function openShop(options: { timing?: Partial<Timing>; commentMs?: number } = {}) {
  const timing: Timing = { ...defaultTiming, ...options.timing };
  const mysql = await openTestMysql();
  const amqp = await openTestAmqp();
  const services = await startFakeServices();
  const mailServer = await startMailServer();
  const participants = await openParticipants(amqp.url);
  const log = createLogger({ service: 'dispatch', level: process.env.TEST_LOG_LEVEL ?? 'silent' });
  const database = await openSchema({ url: mysql.url, migrateOnStart: true, log });
  const followTokens = createFollowTokens(secret);
  const store = openStore(database, { compose: composer(timing), timing, followTokenOf: followTokens.of });
  const bus = await openBus({ url: amqp.url, service: 'dispatch', log });
  const relay = startMysqlRelay({ database, bus, log });
  const streams = openStreams({ events: store.events, log, commentMs: options.commentMs ?? 15_000 });
  const changed = () => {
    relay.wake();
    streams.nudge();
  };
  const ready = () => database.ping().then(() => true);
  const mail = openMail({ url: mailServer.url, from: 'shop@example.com' });
  const promised = createPromised();
  const courtesy = createCourtesy();
  consumeReplies(bus, { orders: store.orders, promised, courtesy, log, changed, ready });
  consumeNotifications(bus, { ...store, mail, followTokens, publicUrl: 'http://shop.test', log, ready });
  consumeDeadLetters(bus, { ...store, log, ready });
  const replays = startReplayLoop({ ...store, bus, log });
  const upkeep = startDeskUpkeep({ ...store, log });
  const timers = startTimerLoop({ timers: store.timers, forgetTokens: store.forgetTokens, changed, log });
  const clients = {
    cart: openCartClient(services.cart.url),
    catalogue: openCatalogueClient(services.catalogue.url),
    shipping: openShippingClient(services.shipping.url),
    payment: openPaymentClient(services.payment.url),
    user: openUserClient(services.user.url),
  };
  const issuer = createTestIssuer();
  const platform = testPlatform('dispatch', issuer.authorisation);
  const app = createApp({
    ...{ platform, ...store, ...clients, followTokens, promised, courtesy, streams, changed },
    absentQueues: () => absentQueues(bus),
    replaysAccepted: replays.wake,
  });
  const http = supertest(app);

  return {
    app,
    http,
    issuer,
    store,
    database,
    services,
    participants,
    mailServer,
    streams,
    mysqlUrl: mysql.url,
    amqpUrl: amqp.url,
    /** A guest with a filled cart, ready to order it. */
    guest: (token = 'sim_ok', lines = [cartLine('CUP-1')]) => {
      const cookie = `cart=${randomBytes(8).toString('hex')}`;
      const { cart, quote } = services.fill(cookie, lines);
      const body = {
        cartVersion: cart.version,
        shippingQuoteId: quote.quoteId,
        address,
        paymentMethod: 'card',
        paymentToken: token,
        expectedTotal,
        email: 'ada@example.com',
      };
      const order = (key: string = uuidv7(), change: object = {}) =>
        http
          .post('/orders')
          .set('cookie', cookie)
          .set('idempotency-key', key)
          .send({ ...body, ...change });
      return { cookie, cart, quote, body, order };
    },
    /** Waits until the order shows this status; answers the order. */
    reach: (id: string, followToken: string, status: string, timeoutMs = 8000) =>
      eventually(async () => {
        const { body } = await http.get(`/orders/${id}`).set('follow-token', followToken);
        if (body.status !== status) throw new Error(`${id} is ${body.status}, not ${status}`);
        return body;
      }, timeoutMs),
    sagaOf: async (id: string) => {
      const row = await database.db
        .selectFrom('sagas')
        .selectAll()
        .where('order_id', '=', id)
        .executeTakeFirst();
      return { state: row?.state, ...JSON.parse(row?.body ?? '{}') };
    },
    close: async () => {
      streams.close();
      await timers.close();
      await replays.close();
      await upkeep.close();
      await bus.close();
      await relay.close();
      await participants.close();
      await Promise.all(Object.values(clients).map((it) => it.close()));
      mail.close();
      store.close();
      await database.close();
      await services.close();
      await mailServer.close();
      await mysql.close();
      await amqp.close();
    },
  };
}
export type Shop = Awaited<ReturnType<typeof openShop>>;
