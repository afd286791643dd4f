import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connect } from 'amqplib';
import { Redis } from 'ioredis';
import mysql from 'mysql2/promise';
import { freePortBase } from '../src/free-ports.ts';
import { createLayout } from '../src/layout.ts';
import { portsFrom } from '../src/ports.ts';
import { openSecrets } from '../src/secrets.ts';
import { amqpUrl, mysqlUrl } from '../src/server-urls.ts';
import { startServers } from '../src/servers.ts';
import { processesOf } from './fake-shop.ts';

const folder = mkdtempSync(join(tmpdir(), 'shop-servers-'));
const dataDir = join(folder, 'data');
let servers: Awaited<ReturnType<typeof startServers>>;
let portBase = 0;

const start = async () => {
  portBase = await freePortBase();
  servers = await startServers({
    dataDir,
    portBase,
    only: ['redis', 'mariadb', 'rabbitmq'],
    broker: { vhosts: ['extra'] },
  });
};
beforeAll(start, 120_000);
afterAll(async () => {
  await servers.close();
  rmSync(folder, { recursive: true, force: true });
});

const secrets = () => openSecrets(createLayout(dataDir).secretsFile);
const redisAs = (user: string) =>
  new Redis({
    port: portsFrom(portBase)('redis'),
    username: user,
    password: secrets().password(`redis.${user}`),
    maxRetriesPerRequest: 1,
  });

async function redisTry(user: string, command: string, ...args: string[]): Promise<string> {
  const redis = redisAs(user);
  try {
    return String(await redis.call(command, ...args));
  } catch (error) {
    return String(error);
  } finally {
    redis.disconnect();
  }
}

async function sqlTry(url: string, statement: string): Promise<string> {
  const connection = await mysql.createConnection(url).catch((error: Error) => error);
  if (connection instanceof Error) return String(connection);
  try {
    return JSON.stringify((await connection.query(statement))[0]);
  } catch (error) {
    return String(error);
  } finally {
    await connection.end();
  }
}

describe('Redis', () => {
  test('a service has its own keys and no others, and cannot administer', async () => {
    expect(await redisTry('cart', 'SET', 'cart:1', 'x')).toBe('OK');
    expect(await redisTry('cart', 'GET', 'user:1')).toContain('NOPERM');
    expect(await redisTry('cart', 'FLUSHALL')).toContain('NOPERM');
    expect(await redisTry('user', 'GET', 'cart:1')).toContain('NOPERM');
    expect(await redisTry('user', 'EVAL', "return redis.call('SET', KEYS[1], 'y')", '1', 'user:1')).toBe(
      'OK',
    );
  });

  test('the audit reads carts, nothing else, and writes nothing', async () => {
    expect(await redisTry('audit', 'GET', 'cart:1')).toBe('x');
    expect(await redisTry('audit', 'GET', 'user:1')).toContain('NOPERM');
    expect(await redisTry('audit', 'KEYS', '*')).toContain('NOPERM');
    expect(await redisTry('audit', 'SET', 'cart:1', 'z')).toContain('NOPERM');
  });

  test('nobody comes in without a user', async () => {
    const redis = new Redis({ port: portsFrom(portBase)('redis'), maxRetriesPerRequest: 1 });
    redis.on('error', () => undefined);
    await expect(redis.get('cart:1')).rejects.toThrow('NOAUTH');
    redis.disconnect();
  });

  test('every write is flushed and no key is dropped', async () => {
    const redis = new Redis(servers.urls.redis);
    expect(await redis.config('GET', 'appendfsync')).toEqual(['appendfsync', 'always']);
    expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    redis.disconnect();
  });
});

describe('MariaDB', () => {
  const url = (user: string) => mysqlUrl(user, portsFrom(portBase), secrets(), {});
  const elsewhere = (user: string, schema: string) => url(user).replace(/\/\w+$/, `/${schema}`);

  test('a service has its own schema and no other', async () => {
    expect(await sqlTry(url('payment'), 'CREATE TABLE kept (id INT PRIMARY KEY)')).toContain('affectedRows');
    expect(await sqlTry(url('payment'), 'INSERT INTO kept VALUES (1)')).toContain('affectedRows');
    expect(await sqlTry(elsewhere('payment', 'shipping'), 'SELECT 1')).toContain('Access denied');
    expect(await sqlTry(url('dispatch'), 'SELECT * FROM payment.kept')).toContain('denied');
  });

  test('the audit reads every schema and writes none', async () => {
    const audit = elsewhere('audit', 'payment');
    expect(await sqlTry(audit, 'SELECT id FROM kept')).toBe('[{"id":1}]');
    expect(await sqlTry(audit, 'DELETE FROM kept')).toContain('denied');
  });

  test('every commit is flushed, text is utf8mb4, nobody comes in without a password', async () => {
    const settings = 'SELECT @@innodb_flush_log_at_trx_commit AS flush, @@character_set_server AS text';
    expect(await sqlTry(servers.urls.mysql, settings)).toBe('[{"flush":1,"text":"utf8mb4"}]');
    const root = `mysql://root@127.0.0.1:${portsFrom(portBase)('mariadb')}/`;
    expect(await sqlTry(root, 'SELECT 1')).toContain('denied');
    expect(await sqlTry(servers.urls.mysql, 'CREATE DATABASE test_one')).toContain('affectedRows');
  });
});

describe('RabbitMQ', () => {
  const url = (user: string) => amqpUrl(user, portsFrom(portBase), secrets(), {});

  async function amqpTry(address: string, queue: string): Promise<string> {
    const connection = await connect(address).catch((error: Error) => error);
    if (connection instanceof Error) return String(connection);
    connection.on('error', () => undefined);
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    const outcome = await channel.assertQueue(queue, { durable: true }).then(
      () => 'declared',
      (error: unknown) => String(error),
    );
    await connection.close();
    return outcome;
  }

  test('a service configures only what carries its name', async () => {
    expect(await amqpTry(url('cart'), 'cart.mine')).toBe('declared');
    expect(await amqpTry(url('cart'), 'payment.mine')).toContain('ACCESS_REFUSED');
    expect(await amqpTry(url('audit'), 'audit.mine')).toContain('ACCESS_REFUSED');
    expect(await amqpTry(url('cart').replace(/:[^:@]+@/, ':wrong@'), 'cart.mine')).toContain('403');
  });

  test('the admin may do everything, in the further virtual hosts too', async () => {
    expect(await amqpTry(servers.urls.amqp, 'payment.mine')).toBe('declared');
    expect(await amqpTry(servers.urls.amqp.replace(/shop$/, 'extra'), 'any')).toBe('declared');
    expect(await amqpTry(url('cart').replace(/shop$/, 'extra'), 'cart.mine')).toContain('ConnectionClose');
  });
});

test('they stop within three seconds without leaving a process, and keep their data', async () => {
  const script = "redis.call('HSET', KEYS[1], 'v', '1'); redis.call('HSET', KEYS[1], 't', '2')";
  await redisTry('cart', 'EVAL', script, '1', 'cart:2');
  const begun = Date.now();
  await servers.close();
  expect(Date.now() - begun).toBeLessThan(3000);
  expect(processesOf(dataDir)).toEqual([]);
  await start();
  const payment = mysqlUrl('payment', portsFrom(portBase), secrets(), {});
  expect(await sqlTry(payment, 'SELECT id FROM kept')).toBe('[{"id":1}]');
  expect(await redisTry('cart', 'GET', 'cart:1')).toBe('x');
  expect(await redisTry('cart', 'HGETALL', 'cart:2')).toBe('v,1,t,2');
}, 120_000);
