import { openBus } from '@shopstack/bus/connection';
import { createHealth } from '@shopstack/kit/health';
import { followKeys } from '@shopstack/kit/keys';
import { listen, runService } from '@shopstack/kit/service';
import { createVerifier } from '@shopstack/kit/token';
import { createApp } from './app.ts';
import { createCatalogueClient } from './clients/catalogue.ts';
import { readConfig } from './config.ts';
import { consume } from './events/consumers.ts';
import { openCarts } from './store/carts.ts';
import { openRedis } from './store/redis.ts';

await runService('cart', async (life, log) => {
  const config = readConfig(process.env);
  log.level = config.LOG_LEVEL;
  const redis = life.opened(
    'redis',
    await openRedis({
      host: config.REDIS_HOST,
      username: config.REDIS_USERNAME,
      password: config.REDIS_PASSWORD,
    }),
    (it) => it.close(),
  );
  const carts = openCarts(redis.redis);
  const catalogue = life.opened('catalogue', createCatalogueClient(config.CATALOGUE_HOST), (it) =>
    it.close(),
  );
  const bus = life.opened('rabbitmq', await openBus({ url: config.AMQP_URL, service: 'cart', log }), (it) =>
    it.close(),
  );
  const keys = life.opened('keys', followKeys({ userUrl: config.USER_HOST, log }), (it) => it.close());
  const health = createHealth(
    [
      { name: 'redis', own: true, check: redis.ping },
      { name: 'rabbitmq', own: false, check: bus.check },
    ],
    () => life.stopping,
  );
  consume(bus, { carts, ready: health.ready });
  const app = createApp({
    platform: {
      service: 'cart',
      publicPath: config.PUBLIC_PATH,
      log,
      health,
      authorisation: { verify: createVerifier({ issuer: config.PUBLIC_URL, keys }) },
    },
    carts,
    catalogue,
    currency: config.SHOP_CURRENCY,
    cookie: {
      secure: config.PUBLIC_URL.startsWith('https:'),
      path: config.PUBLIC_PATH.replace(/\/[^/]+$/, '') || '/',
    },
  });
  await listen(life, app, config);
});
