import { openBus } from '@shopstack/bus/connection';
import { startMongoRelay } from '@shopstack/bus/mongo';
import { createHealth } from '@shopstack/kit/health';
import { followKeys } from '@shopstack/kit/keys';
import { listen, runService } from '@shopstack/kit/service';
import { createVerifier } from '@shopstack/kit/token';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { consume } from './events/consumers.ts';
import { sweepEvery } from './events/sweeper.ts';
import { openCatalogue } from './store/catalogue.ts';
import { openDatabase } from './store/database.ts';

await runService('catalogue', async (life, log) => {
  const config = readConfig(process.env);
  log.level = config.LOG_LEVEL;
  const database = life.opened('mongodb', await openDatabase(config.MONGO_URL), (it) => it.close());
  const catalogue = life.opened('catalogue', await openCatalogue(database.connection, log), (it) =>
    it.close(),
  );
  const bus = life.opened(
    'rabbitmq',
    await openBus({ url: config.AMQP_URL, service: 'catalogue', log }),
    (it) => it.close(),
  );
  const relay = life.opened(
    'relay',
    startMongoRelay({
      collections: [
        { collection: catalogue.products.collection, field: 'outgoing' },
        { collection: catalogue.reservations.collection, field: 'outgoing' },
      ],
      bus,
      log,
    }),
    (it) => it.close(),
  );
  const keys = life.opened('keys', followKeys({ userUrl: config.USER_HOST, log }), (it) => it.close());
  const health = createHealth(
    [
      { name: 'mongodb', own: true, check: database.ping },
      { name: 'rabbitmq', own: false, check: bus.check },
    ],
    () => life.stopping,
  );
  consume(bus, { ...catalogue, wake: relay.wake, ready: health.ready });
  life.opened('sweeper', sweepEvery(catalogue, relay.wake, log), (it) => it.close());
  const app = createApp({
    platform: {
      service: 'catalogue',
      publicPath: config.PUBLIC_PATH,
      log,
      health,
      authorisation: { verify: createVerifier({ issuer: config.PUBLIC_URL, keys }) },
    },
    catalogue,
    front: { currency: config.SHOP_CURRENCY, publicPath: config.PUBLIC_PATH },
    publicUrl: config.PUBLIC_URL,
    homeCountry: config.SHOP_COUNTRY,
    wake: relay.wake,
  });
  await listen(life, app, config);
});
