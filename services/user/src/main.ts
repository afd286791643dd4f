import { openBus } from '@shopstack/bus/connection';
import { startMongoRelay } from '@shopstack/bus/mongo';
import { createHealth } from '@shopstack/kit/health';
import { listen, runService } from '@shopstack/kit/service';
import { createVerifier } from '@shopstack/kit/token';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { createDeviceCookies } from './crypto/device-cookies.ts';
import { openKeyRing } from './crypto/key-ring.ts';
import { createPasswords } from './crypto/passwords.ts';
import { createRefreshTokens } from './crypto/refresh-tokens.ts';
import { deriveKey, pseudonym } from './crypto/secrets.ts';
import { followOrders } from './events/orders.ts';
import { openAccounts } from './store/accounts.ts';
import { openDatabase } from './store/database.ts';
import { openRedis } from './store/redis.ts';
import { createThrottle } from './store/throttle.ts';

const DAY_MS = 24 * 3600_000;

await runService('user', async (life, log) => {
  const config = readConfig(process.env);
  log.level = config.LOG_LEVEL;
  const keyFor = (purpose: Parameters<typeof deriveKey>[1]) => deriveKey(config.JWT_KEK, purpose);

  const database = life.opened('mongodb', await openDatabase(config.MONGO_URL), (it) => it.close());
  const accounts = openAccounts(database.connection, {
    idleMs: config.SESSION_IDLE_DAYS * DAY_MS,
    longestMs: config.SESSION_MAX_DAYS * DAY_MS,
  });
  await (config.MIGRATE_ON_START ? accounts.migrate() : accounts.checkSchema());
  const ring = life.opened(
    'signing keys',
    await openKeyRing({
      keys: accounts.signingKeys,
      sealingKey: keyFor('signing-keys'),
      rotationMs: config.SIGNING_KEY_DAYS * DAY_MS,
      log,
    }),
    (it) => it.close(),
  );
  const ended = await accounts.ended.follow(accounts.sessions.recentlyEnded, log);
  life.opened('ended sessions', ended, (it) => it.close());
  const { REDIS_HOST: host, REDIS_USERNAME: username, REDIS_PASSWORD: password } = config;
  const redis = life.opened('redis', openRedis({ host, username, password }, log), (it) => it.close());
  const bus = life.opened('rabbitmq', await openBus({ url: config.AMQP_URL, service: 'user', log }), (it) =>
    it.close(),
  );
  const relay = life.opened(
    'relay',
    startMongoRelay({
      collections: [{ collection: accounts.users.collection, field: 'outgoing' }],
      bus,
      log,
    }),
    (it) => it.close(),
  );
  const health = createHealth(
    [
      { name: 'mongodb', own: true, check: database.ping },
      { name: 'redis', own: false, check: redis.ping },
      { name: 'rabbitmq', own: false, check: bus.check },
    ],
    () => life.stopping,
  );
  followOrders(bus, { orders: accounts.orders, ready: health.ready });
  const keys = { key: ring.key, hasEnded: accounts.ended.has };
  const app = createApp({
    platform: {
      service: 'user',
      publicPath: config.PUBLIC_PATH,
      log,
      health,
      authorisation: { verify: createVerifier({ issuer: config.PUBLIC_URL, keys }) },
    },
    accounts,
    ring,
    passwords: await createPasswords({ concurrency: config.PASSWORD_HASH_CONCURRENCY }),
    refreshTokens: createRefreshTokens(keyFor('refresh-tokens')),
    devices: createDeviceCookies(keyFor('device-cookies')),
    throttle: createThrottle(redis.client, {
      keyPrefix: 'user:',
      limits: {
        registrationsPerHour: config.REGISTRATIONS_PER_HOUR,
        emailTakenPerHour: config.EMAIL_TAKEN_PER_HOUR,
      },
    }),
    pseudonymOf: (text) => pseudonym(keyFor('log-names'), text),
    publicUrl: config.PUBLIC_URL,
    trustedProxies: config.TRUSTED_PROXIES,
    wake: relay.wake,
  });
  await listen(life, app, config);
});
