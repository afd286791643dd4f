import { openBus } from '@shopstack/bus/connection';
import { startMysqlRelay } from '@shopstack/bus/mysql';
import { createHealth } from '@shopstack/kit/health';
import { followKeys } from '@shopstack/kit/keys';
import { listen, runService } from '@shopstack/kit/service';
import { createVerifier } from '@shopstack/kit/token';
import { createApp } from './app.ts';
import { openCartClient } from './clients/cart.ts';
import { openCatalogueClient } from './clients/catalogue.ts';
import { openMail } from './clients/mail.ts';
import { openPaymentClient } from './clients/payment.ts';
import { openShippingClient } from './clients/shipping.ts';
import { openUserClient } from './clients/user.ts';
import { readConfig, timingOf } from './config.ts';
import { createFollowTokens } from './domain/follow-token.ts';
import { createPromised } from './domain/promised.ts';
import { consumeReplies } from './events/consumers.ts';
import { createCourtesy } from './events/courtesy.ts';
import { absentQueues, consumeDeadLetters } from './events/dead-letters.ts';
import { startDeskUpkeep } from './events/desk-upkeep.ts';
import { consumeNotifications } from './events/notifier.ts';
import { composer } from './events/outgoing.ts';
import { startReplayLoop } from './events/replay-loop.ts';
import { startTimerLoop } from './events/timer-loop.ts';
import { createWitness } from './events/witness.ts';
import { openStreams } from './http/live.ts';
import { openSchema, openStore } from './store/store.ts';

await runService('dispatch', async (life, log) => {
  const config = readConfig(process.env);
  log.level = config.LOG_LEVEL;
  const timing = timingOf(config);
  const followTokens = createFollowTokens(config.FOLLOW_TOKEN_SECRET);
  const database = life.opened(
    'mysql',
    await openSchema({ url: config.MYSQL_URL, migrateOnStart: config.MIGRATE_ON_START, log }),
    (it) => it.close(),
  );
  const rules = {
    compose: composer(timing),
    timing,
    witness: createWitness(log),
    followTokenOf: followTokens.of,
  };
  const store = life.opened('store', openStore(database, rules), (it) => it.close());
  const bus = life.opened(
    'rabbitmq',
    await openBus({ url: config.AMQP_URL, service: 'dispatch', log }),
    (it) => it.close(),
  );
  const relay = life.opened('relay', startMysqlRelay({ database, bus, log }), (it) => it.close());
  const streams = openStreams({ events: store.events, log });
  const changed = () => {
    relay.wake();
    streams.nudge();
  };
  const keys = life.opened('keys', followKeys({ userUrl: config.USER_HOST, log }), (it) => it.close());
  const mail = life.opened('smtp', openMail({ url: config.SMTP_URL, from: config.MAIL_FROM }), (it) =>
    it.close(),
  );
  const health = createHealth(
    [
      { name: 'mysql', own: true, check: database.ping },
      { name: 'rabbitmq', own: false, check: bus.check },
      { name: 'smtp', own: false, check: mail.check },
    ],
    () => life.stopping,
  );
  const ready = () => database.ping().then(() => true);
  const promised = createPromised();
  const courtesy = createCourtesy();
  const replies = consumeReplies(bus, { orders: store.orders, promised, courtesy, log, changed, ready });
  life.opened('replies', replies, (it) => it.close());
  const letters = { ...store, mail, followTokens, publicUrl: config.PUBLIC_URL, log, ready };
  life.opened('notifications', consumeNotifications(bus, letters), (it) => it.close());
  life.opened('dead letters', consumeDeadLetters(bus, { ...store, log, ready }), (it) => it.close());
  const replayLoop = life.opened('replays', startReplayLoop({ ...store, bus, log }), (it) => it.close());
  life.opened('desk', startDeskUpkeep({ ...store, log }), (it) => it.close());
  const timers = { timers: store.timers, forgetTokens: store.forgetTokens, changed, log };
  life.opened('timers', startTimerLoop(timers), (it) => it.close());
  const clients = {
    cart: openCartClient(config.CART_HOST),
    catalogue: openCatalogueClient(config.CATALOGUE_HOST),
    shipping: openShippingClient(config.SHIPPING_HOST),
    payment: openPaymentClient(config.PAYMENT_HOST),
    user: openUserClient(config.USER_HOST),
  };
  life.opened('clients', clients, (it) => Promise.all(Object.values(it).map((client) => client.close())));
  const app = createApp({
    platform: {
      service: 'dispatch',
      publicPath: config.PUBLIC_PATH,
      log,
      health,
      authorisation: { verify: createVerifier({ issuer: config.PUBLIC_URL, keys }) },
    },
    ...store,
    ...clients,
    followTokens,
    promised,
    courtesy,
    streams,
    changed,
    absentQueues: () => absentQueues(bus),
    replaysAccepted: replayLoop.wake,
  });
  await listen(life, app, config);
  life.opened('streams', streams, (it) => it.close());
});
