import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { sampleAccounts } from './accounts.ts';
import { createLayout } from './layout.ts';
import { mariadbAccounts } from './parts/mariadb.ts';
import { prometheusConfig } from './parts/prometheus.ts';
import { redisUsers } from './parts/redis.ts';
import { tracesPart } from './parts/traces.ts';
import { portsFrom } from './ports.ts';
import { openSecrets } from './secrets.ts';
import { type ServiceName, serviceEnvironment, serviceNames } from './services.ts';
import { shopParts } from './shop-parts.ts';
import type { Surroundings } from './surroundings.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'shop-env-'));
afterAll(() => rmSync(dataDir, { recursive: true }));
const layout = createLayout(dataDir);
const at = (outside: NodeJS.ProcessEnv = {}): Surroundings => ({
  layout,
  secrets: openSecrets(layout.secretsFile),
  ports: portsFrom(18_000),
  gatewayPort: 8080,
  outside,
});
const environment = (name: ServiceName, outside?: NodeJS.ProcessEnv) => serviceEnvironment(name, at(outside));

describe('the environment of a service', () => {
  test('every service has what kit asks of all', () => {
    for (const name of serviceNames) {
      const env = environment(name);
      expect(env).toMatchObject({
        SHOP_ENV: 'development',
        BIND_ADDRESS: '127.0.0.1',
        PUBLIC_URL: 'http://localhost:8080',
        PUBLIC_PATH: `/api/v1/${name}`,
        USER_HOST: '127.0.0.1:18001',
        MIGRATE_ON_START: 'true',
      });
      expect(env.AMQP_URL).toMatch(new RegExp(`^amqp://${name}:[^@]{32}@127\\.0\\.0\\.1:18023/shop$`));
    }
  });

  test('a store is reached as the service itself, in its own place', () => {
    expect(environment('payment').MYSQL_URL).toMatch(/^mysql:\/\/payment:\S+@127\.0\.0\.1:18022\/payment$/);
    expect(environment('cart')).toMatchObject({ REDIS_HOST: '127.0.0.1:18021', REDIS_USERNAME: 'cart' });
    expect(environment('cart')).not.toHaveProperty('MYSQL_URL');
  });

  test('keys are 32 bytes and stay the same', () => {
    const { JWT_KEK = '' } = environment('user');
    expect(Buffer.from(JWT_KEK, 'base64')).toHaveLength(32);
    expect(environment('user').JWT_KEK).toBe(JWT_KEK);
  });

  test('a server elsewhere is used, in the place of the service', () => {
    const outside = {
      MYSQL_URL: 'mysql://root:pw@db.example:3307/',
      REDIS_URL: 'redis://:secret@cache.example',
    };
    expect(environment('ratings', outside).MYSQL_URL).toBe('mysql://root:pw@db.example:3307/ratings');
    expect(environment('cart', outside)).toMatchObject({
      REDIS_HOST: 'cache.example:6379',
      REDIS_PASSWORD: 'secret',
    });
    expect(environment('cart', outside)).not.toHaveProperty('REDIS_USERNAME');
  });

  test('M-Pesa is the simulator, unless the launcher names another', () => {
    expect(environment('payment')).toMatchObject({
      PAYMENT_PROVIDERS: 'simulator,mpesa',
      MPESA_URL: 'http://127.0.0.1:18015',
      MPESA_CALLBACK_URL: 'http://127.0.0.1:18004/webhooks/mpesa',
    });
    const outside = { MPESA_URL: 'https://api.safaricom.example', MPESA_SHORT_CODE: '600000' };
    expect(environment('payment', outside)).toMatchObject(outside);
    expect(environment('payment', outside)).not.toHaveProperty('MPESA_CONSUMER_KEY');
  });

  test('of the launcher, only chosen settings come through', () => {
    const env = environment('cart', {
      LOG_LEVEL: 'debug',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'x',
      AWS_SECRET: 'no',
      PORT: '1',
    });
    expect(env).toMatchObject({ LOG_LEVEL: 'debug', OTEL_EXPORTER_OTLP_ENDPOINT: 'x', PORT: '18003' });
    expect(env).not.toHaveProperty('AWS_SECRET');
  });
});

describe('a shop that is observed', () => {
  const observed = (outside: NodeJS.ProcessEnv = {}) => ({ ...at(outside), observe: true });

  test('sends every trace to its own view, unless somebody else wants them', () => {
    expect(serviceEnvironment('cart', observed())).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:18016',
      OTEL_TRACES_SAMPLER_ARG: '1',
    });
    const outside = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector' };
    expect(serviceEnvironment('cart', observed(outside))).toMatchObject(outside);
    expect(tracesPart(observed(outside))).toHaveProperty('absent');
    expect(environment('cart')).not.toHaveProperty('OTEL_EXPORTER_OTLP_ENDPOINT');
  });

  test('has three parts more, and needs none of them', () => {
    const names = (of: Surroundings) => shopParts(of, {}).map(({ name }) => name);
    const observers = ['prometheus', 'alertmanager', 'traces'];
    expect(names(observed())).toEqual([...names(at()), ...observers]);
    const needed = shopParts(observed(), {}).flatMap(({ needs }) => needs);
    expect(needed.filter((name) => observers.includes(name))).toEqual([]);
  });

  test('is scraped service by service, under the names that the rules know', () => {
    const { scrape_configs: jobs } = prometheusConfig(observed());
    expect(jobs.map(({ job_name }) => job_name)).toEqual(serviceNames);
    expect(jobs[0]?.static_configs).toEqual([{ targets: ['127.0.0.1:18001'] }]);
  });
});

describe('secrets', () => {
  test('only their owner can read the file', () => {
    expect(statSync(layout.secretsFile).mode & 0o777).toBe(0o600);
  });

  test('are the same when opened again, and different in another folder', () => {
    const again = openSecrets(layout.secretsFile).password('amqp.cart');
    expect(environment('cart').AMQP_URL).toContain(again);
    expect(openSecrets(join(dataDir, 'other.json')).password('amqp.cart')).not.toBe(again);
  });

  test('sample accounts: one per role, each with its own password', () => {
    const accounts = sampleAccounts(at().secrets);
    expect(accounts.map(({ roles }) => roles.join())).toEqual([
      'customer',
      'support',
      'merchandiser',
      'admin',
    ]);
    expect(new Set(accounts.map(({ password }) => password)).size).toBe(4);
  });
});

describe("the servers' users", () => {
  test("Redis' users see only keys with their name; the password is not in the file", () => {
    const users = redisUsers((name) => `pw-${name}`);
    expect(users).toMatch(/^user default off /m);
    expect(users).toMatch(/^user cart on #[0-9a-f]{64} ~cart:\* resetchannels &cart:\* /m);
    expect(users).not.toContain('pw-');
  });

  test("MariaDB's users own only their schema; the audit may only read", () => {
    const statements = mariadbAccounts((name) => `pw-${name}`).split('\n');
    expect(statements.filter((line) => line.startsWith('GRANT ALL PRIVILEGES ON payment.'))).toEqual([
      "GRANT ALL PRIVILEGES ON payment.* TO 'payment'@'127.0.0.1';",
    ]);
    expect(
      statements
        .filter((line) => line.includes("TO 'audit'"))
        .every((line) => line.startsWith('GRANT SELECT')),
    ).toBe(true);
  });
});
