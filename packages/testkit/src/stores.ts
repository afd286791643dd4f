import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import mysql from 'mysql2/promise';

/** A store of a test file's own; `close` removes it. */
export interface TestStore {
  url: string;
  close(): Promise<void>;
}
const fresh = () => `test_${randomBytes(5).toString('hex')}`;

/** Set by the test runner, which starts the servers once and says which it chose. */
function serverUrl(name: 'MYSQL' | 'MONGO' | 'REDIS' | 'AMQP' | 'AMQP_MANAGEMENT'): string {
  const url = process.env[`TEST_${name}_URL`];
  if (url) return url;
  throw new Error(`TEST_${name}_URL is not set: run tests with npm test, or see packages/testkit/README.md`);
}
function withPath(url: string, path: string): string {
  const changed = new URL(url);
  changed.pathname = `/${path}`;
  return changed.href;
}

/** An empty MySQL schema. */
export async function openTestMysql(): Promise<TestStore> {
  const name = fresh();
  const admin = await mysql.createConnection(serverUrl('MYSQL'));
  await admin.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  return {
    url: withPath(serverUrl('MYSQL'), name),
    close: async () => {
      await admin.query(`DROP DATABASE ${name}`);
      await admin.end();
    },
  };
}

/** An empty MongoDB database. */
export async function openTestMongo(): Promise<TestStore> {
  const url = withPath(serverUrl('MONGO'), fresh());
  return {
    url,
    close: async () => {
      const connection = await mongoose.createConnection(url).asPromise();
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

/** A key prefix of its own on the shared Redis. */
export async function openTestRedis(): Promise<TestStore & { keyPrefix: string }> {
  const url = serverUrl('REDIS');
  const keyPrefix = `${fresh()}:`;
  return {
    url,
    keyPrefix,
    close: async () => {
      const redis = new Redis(url);
      for await (const keys of redis.scanStream({ match: `${keyPrefix}*`, count: 500 })) {
        if (Array.isArray(keys) && keys.length > 0) await redis.del(keys.map(String));
      }
      await redis.quit();
    },
  };
}

/** A Redis address as services are told it. */
export function redisAccess(url: string): { host: string; username?: string; password?: string } {
  const { host, username, password } = new URL(url);
  return {
    host,
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
  };
}

/** A RabbitMQ virtual host of its own, with no topology in it yet. */
export async function openTestAmqp(): Promise<TestStore> {
  const vhost = fresh();
  const management = new URL(serverUrl('AMQP_MANAGEMENT'));
  const authorization = `Basic ${Buffer.from(`${management.username}:${management.password}`).toString('base64')}`;
  const ask = async (method: string, path: string, body?: unknown) => {
    const reply = await fetch(`${management.origin}/api/${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!reply.ok) throw new Error(`RabbitMQ answered ${reply.status} to ${method} ${path}`);
  };
  await ask('PUT', `vhosts/${vhost}`);
  await ask('PUT', `permissions/${vhost}/${management.username}`, {
    configure: '.*',
    write: '.*',
    read: '.*',
  });
  return { url: withPath(serverUrl('AMQP'), vhost), close: () => ask('DELETE', `vhosts/${vhost}`) };
}
