import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { User } from '@shopstack/contracts/user';
import { createHealth } from '@shopstack/kit/health';
import { createLogger } from '@shopstack/kit/log';
import { createVerifier } from '@shopstack/kit/token';
import { testPlatform } from '@shopstack/testkit/platform';
import { openTestMongo, openTestRedis, redisAccess } from '@shopstack/testkit/stores';
import request from 'supertest';
import { createApp } from '../src/app.ts';
import { createDeviceCookies } from '../src/crypto/device-cookies.ts';
import { openKeyRing } from '../src/crypto/key-ring.ts';
import { createPasswords, type Passwords } from '../src/crypto/passwords.ts';
import { createRefreshTokens } from '../src/crypto/refresh-tokens.ts';
import { deriveKey, pseudonym } from '../src/crypto/secrets.ts';
import { type Accounts, openAccounts } from '../src/store/accounts.ts';
import { openDatabase } from '../src/store/database.ts';
import { openRedis } from '../src/store/redis.ts';
import { createThrottle, type ThrottleLimits } from '../src/store/throttle.ts';

export const PUBLIC_URL = 'http://shop.test';
export const PASSWORD = 'quite a good one';
const DAY_MS = 24 * 3600_000;

export interface Options {
  publicUrl?: string;
  limits?: Partial<ThrottleLimits>;
  /** Hosts of proxies that can be cut. */
  via?: { mongo?: string; redis?: string };
  passwords?: (real: Passwords) => Passwords;
  /** Slows a store down, to make two requests meet. */
  accounts?: (real: Accounts) => Accounts;
  log?: ReturnType<typeof createLogger>;
}

/** The real app on real stores of its own, as main.ts would put it together. */
export async function startService(options: Options = {}) {
  const mongo = await openTestMongo();
  const redisStore = await openTestRedis();
  const log = options.log ?? createLogger({ service: 'user', level: 'silent' });
  const secret = randomBytes(32);
  const direct = await openDatabase(mongo.url);
  const detour = options.via?.mongo && Object.assign(new URL(mongo.url), { host: options.via.mongo }).href;
  const database = detour ? await openDatabase(detour) : direct;
  const accounts = openAccounts(database.connection, { idleMs: 30 * DAY_MS, longestMs: 90 * DAY_MS });
  await accounts.migrate();
  const access = redisAccess(redisStore.url);
  const redis = openRedis({ ...access, host: options.via?.redis ?? access.host }, log);
  await new Promise((resolve) => redis.client.once('ready', resolve));
  const ring = await openKeyRing({
    keys: accounts.signingKeys,
    sealingKey: deriveKey(secret, 'signing-keys'),
    rotationMs: 7 * DAY_MS,
    log,
  });
  const publicUrl = options.publicUrl ?? PUBLIC_URL;
  const verify = createVerifier({
    issuer: publicUrl,
    keys: { key: ring.key, hasEnded: accounts.ended.has },
  });
  const real = await createPasswords({ concurrency: 2 });
  const refreshTokens = createRefreshTokens(deriveKey(secret, 'refresh-tokens'));
  const app = createApp({
    platform: {
      ...testPlatform('user', { verify }),
      log,
      health: createHealth([{ name: 'mongodb', own: true, check: database.ping }], () => false),
    },
    accounts: options.accounts?.(accounts) ?? accounts,
    ring,
    passwords: options.passwords?.(real) ?? real,
    refreshTokens,
    devices: createDeviceCookies(deriveKey(secret, 'device-cookies')),
    throttle: createThrottle(redis.client, {
      keyPrefix: redisStore.keyPrefix,
      limits: { registrationsPerHour: 10_000, emailTakenPerHour: 10_000, ...options.limits },
    }),
    pseudonymOf: (text) => pseudonym(deriveKey(secret, 'log-names'), text),
    publicUrl,
    trustedProxies: 'loopback',
    wake: () => undefined,
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const http = request(server);

  return {
    http,
    port: (server.address() as AddressInfo).port,
    accounts,
    database,
    /** The same database, past any proxy. */
    direct: direct.connection,
    ring,
    refreshTokens,
    verify,
    ...people(http, accounts),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      ring.close();
      await redis.close();
      await database.close();
      if (direct !== database) await direct.close();
      await redisStore.close();
      await mongo.close();
    },
  };
}
export type Service = Awaited<ReturnType<typeof startService>>;

export interface Person {
  id: string;
  email: string;
  token: string;
  /** name=value of the refresh and device cookies. */
  refresh: string;
  device: string;
  auth: { authorization: string };
}

const cookieOf = (reply: request.Response, name: string): string => {
  const all: unknown = reply.headers['set-cookie'];
  const list = Array.isArray(all) ? all.map(String) : [];
  return list.find((it) => it.startsWith(`${name}=`))?.split(';')[0] ?? '';
};

function people(http: ReturnType<typeof request>, accounts: Pick<Accounts, 'users'>) {
  const freshEmail = () => `u${randomBytes(6).toString('hex')}@shop.test`;
  const register = async (email = freshEmail(), password = PASSWORD): Promise<User> => {
    const reply = await http.post('/users').send({ email, password, name: 'Ada Lovelace' }).expect(201);
    return reply.body as User;
  };
  const signIn = async (email: string, password = PASSWORD, cookie = ''): Promise<Person> => {
    const reply = await http.post('/sessions').set('cookie', cookie).send({ email, password }).expect(201);
    const token = String(reply.body.accessToken);
    return {
      id: String(reply.body.user.id),
      email,
      token,
      refresh: cookieOf(reply, 'refresh'),
      device: cookieOf(reply, 'device'),
      auth: { authorization: `Bearer ${token}` },
    };
  };
  return {
    cookieOf,
    freshEmail,
    register,
    signIn,
    /** Somebody with an account who has signed in. */
    join: async (): Promise<Person> => signIn((await register()).email),
    /** The same with other roles. */
    joinAs: async (...roles: ('customer' | 'support' | 'merchandiser' | 'admin')[]): Promise<Person> => {
      const user = await register();
      const account = await accounts.users.byId(user.id);
      if (account) await accounts.users.change(account, { set: { roles } });
      return signIn(user.email);
    },
  };
}
