import { openBus } from '@shopstack/bus/connection';
import { startMysqlRelay } from '@shopstack/bus/mysql';
import { createHealth } from '@shopstack/kit/health';
import { followKeys } from '@shopstack/kit/keys';
import { listen, runService } from '@shopstack/kit/service';
import { createVerifier } from '@shopstack/kit/token';
import { openDatabase } from '@shopstack/sql/database';
import { openIdempotencyStore } from '@shopstack/sql/idempotency';
import { prepareSchema } from '@shopstack/sql/migration';
import { createApp } from './app.ts';
import { openProviders } from './clients/open-providers.ts';
import { readConfig } from './config.ts';
import { consume } from './events/commands.ts';
import { watchDisputes } from './events/dispute-watch.ts';
import { startReconciler } from './events/reconciler.ts';
import { migrations, type Schema } from './store/schema.ts';

await runService('payment', async (life, log) => {
  const config = readConfig(process.env);
  log.level = config.LOG_LEVEL;
  const database = life.opened('mysql', openDatabase<Schema>({ url: config.MYSQL_URL, log }), (it) =>
    it.close(),
  );
  await prepareSchema({ database, migrations, migrateOnStart: config.MIGRATE_ON_START, log, waitMs: 10_000 });
  const idempotency = life.opened('keys of requests', openIdempotencyStore(database), (it) => it.close());
  const providers = life.opened('providers', openProviders(config), (it) => it.close());
  const bus = life.opened(
    'rabbitmq',
    await openBus({ url: config.AMQP_URL, service: 'payment', log }),
    (it) => it.close(),
  );
  const relay = life.opened('relay', startMysqlRelay({ database, bus, log }), (it) => it.close());
  const reconciler = life.opened(
    'reconciler',
    startReconciler({ database, providers, wake: relay.wake, log }),
    (it) => it.close(),
  );
  if (providers.cards && config.cards) {
    const everyMs = config.cards.DISPUTES_LOOK_SECONDS * 1000;
    const { cards } = providers;
    const watch = watchDisputes({ database, cards, attempt: reconciler.wake, everyMs, log });
    life.opened('disputes', watch, (it) => it.close());
  }
  const keys = life.opened('keys', followKeys({ userUrl: config.USER_HOST, log }), (it) => it.close());
  const health = createHealth(
    [
      { name: 'mysql', own: true, check: database.ping },
      { name: 'rabbitmq', own: false, check: bus.check },
    ],
    () => life.stopping,
  );
  consume(bus, { database, attempt: reconciler.wake, wake: relay.wake, ready: health.ready });
  const app = createApp({
    platform: {
      service: 'payment',
      publicPath: config.PUBLIC_PATH,
      log,
      health,
      authorisation: { verify: createVerifier({ issuer: config.PUBLIC_URL, keys }) },
      idempotency,
    },
    database,
    providers,
    cards: providers.cards,
    tokens: providers.tokens,
    attempt: reconciler.wake,
  });
  await listen(life, app, config);
});
