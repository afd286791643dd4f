import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { openTestRedis } from '@shopstack/testkit/stores';
import { Redis } from 'ioredis';
import { type NetworkProxy, openProxy } from '../src/proxy/proxy.ts';

let store: Awaited<ReturnType<typeof openTestRedis>>;
let proxy: NetworkProxy;
let direct: Redis;
let through: Redis;

beforeAll(async () => {
  store = await openTestRedis();
  const url = new URL(store.url);
  proxy = await openProxy({
    name: 'cart-redis',
    upstreams: [{ host: url.hostname, port: Number(url.port || 6379) }],
  });
  const { keyPrefix } = store;
  direct = new Redis(store.url, { keyPrefix });
  url.host = `127.0.0.1:${proxy.port}`;
  through = new Redis(url.href, {
    keyPrefix,
    commandTimeout: 500,
    maxRetriesPerRequest: 0,
    retryStrategy: () => 20,
  });
  through.on('error', () => undefined);
  await through.ping();
});
afterEach(() => proxy.heal());
afterAll(async () => {
  through.disconnect();
  await proxy.close();
  await direct.quit();
  await store.close();
});

/** How long the client needs to find its server again. */
async function comesBack(): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await through.ping();
      return;
    } catch (error) {
      if (tries > 100) throw error;
    }
  }
}

test('a large answer comes through whole', async () => {
  const value = 'x'.repeat(3_000_000);
  await direct.set('large', value);
  expect((await through.get('large')) === value).toBe(true);
});

test('with answers swallowed, Redis does what the client never hears about', async () => {
  await proxy.fault({ kind: 'one-way', direction: 'answers' });
  await expect(through.incr('counted')).rejects.toThrow(/timed out/);
  expect(await direct.get('counted')).toBe('1');
  await proxy.heal();
  await comesBack();
  expect(await through.incr('counted')).toBe(2);
});

test('in a black hole nothing reaches Redis, and the client comes back after it', async () => {
  await proxy.fault({ kind: 'black-hole' });
  await expect(through.set('lost', '1')).rejects.toThrow(/timed out/);
  expect(await direct.exists('lost')).toBe(0);
  await proxy.heal();
  await comesBack();
  await through.set('lost', '2');
  expect(await direct.get('lost')).toBe('2');
});

test('a stall shorter than the client’s patience costs nothing', async () => {
  await proxy.fault({ kind: 'stall' });
  const setting = through.set('late', '1');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await direct.exists('late')).toBe(0);
  await proxy.heal();
  expect(await setting).toBe('OK');
});

test('torn connections are made again', async () => {
  await proxy.fault({ kind: 'reset' });
  await expect(through.ping()).rejects.toThrow();
  await proxy.heal();
  await comesBack();
  expect(await through.ping()).toBe('PONG');
});
