import { openBus } from '@shopstack/bus/connection';
import { startMysqlRelay } from '@shopstack/bus/mysql';
import { createHealth } from '@shopstack/kit/health';
import { followKeys } from '@shopstack/kit/keys';
import { listen, runService } from '@shopstack/kit/service';
import { createVerifier } from '@shopstack/kit/token';
import { openDatabase } from '@shopstack/sql/database';
import { prepareSchema } from '@shopstack/sql/migration';
import { createApp } from './app.ts';
import { createCarrierClient } from './clients/carrier.ts';
import { createCatalogueClient } from './clients/catalogue.ts';
import { readConfig } from './config.ts';
import { consume } from './events/commands.ts';
import { openGeography } from './store/geography.ts';
import { openQuotes } from './store/quotes.ts';
import { migrations, type Schema } from './store/schema.ts';

const PURGE_EVERY_MS = 3600_000;

await runService('shipping', async (life, log) => {
  const config = readConfig(process.env);
  log.level = config.LOG_LEVEL;
  const database = life.opened('mysql', openDatabase<Schema>({ url: config.MYSQL_URL, log }), (it) =>
    it.close(),
  );
  await prepareSchema({ database, migrations, migrateOnStart: config.MIGRATE_ON_START, log, waitMs: 10_000 });
  const geography = openGeography(database);
  const quotes = openQuotes(database);
  const catalogue = life.opened('catalogue', createCatalogueClient(config.CATALOGUE_HOST), (it) =>
    it.close(),
  );
  const carrier = life.opened(
    'carrier',
    createCarrierClient({ baseUrl: config.CARRIER_URL, key: config.CARRIER_KEY }),
    (it) => it.close(),
  );
  const bus = life.opened(
    'rabbitmq',
    await openBus({ url: config.AMQP_URL, service: 'shipping', log }),
    (it) => it.close(),
  );
  const relay = life.opened('relay', startMysqlRelay({ database, bus, log }), (it) => it.close());
  const keys = life.opened('keys', followKeys({ userUrl: config.USER_HOST, log }), (it) => it.close());
  const health = createHealth(
    [
      { name: 'mysql', own: true, check: database.ping },
      { name: 'rabbitmq', own: false, check: bus.check },
    ],
    () => life.stopping,
  );
  consume(bus, { database, geography, quotes, carrier, log, wake: relay.wake, ready: health.ready });
  const purge = setInterval(() => void quotes.purge().catch(() => undefined), PURGE_EVERY_MS);
  life.opened('purge', purge, clearInterval);
  const app = createApp({
    platform: {
      service: 'shipping',
      publicPath: config.PUBLIC_PATH,
      log,
      health,
      authorisation: {
        verify: createVerifier({ issuer: config.PUBLIC_URL, keys }),
        partners: { carrier: config.CARRIER_TOKEN },
      },
    },
    database,
    geography,
    quotes,
    catalogue,
    warehouse: { latitude: config.WAREHOUSE_LATITUDE, longitude: config.WAREHOUSE_LONGITUDE },
    currency: config.SHOP_CURRENCY,
    wake: relay.wake,
  });
  await listen(life, app, config);
});
