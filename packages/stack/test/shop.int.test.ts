import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort, freePortBase } from '../src/free-ports.ts';
import { PortTaken } from '../src/port-owner.ts';
import { AlreadyRunning } from '../src/running-shop.ts';
import { type Shop, startShop } from '../src/shop.ts';
import { StartFailure } from '../src/start-failure.ts';
import { createFakeShop, processesOf } from './fake-shop.ts';

const fake = createFakeShop();
/** Without what takes long, and without parts that are not under test here. */
const without = ['mongo', 'simulators', 'web', 'rabbitmq', 'epmd', 'mariadb'];
const options = { dataDir: fake.dataDir, sources: fake.sources, without };
afterAll(() => fake.remove());

async function eventually(condition: () => boolean, withinMs = 10_000): Promise<boolean> {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(20)) if (condition()) return true;
  return false;
}

describe('a running shop', () => {
  let shop: Shop;
  let portBase = 0;
  const part = (name: string) => shop.parts.find((each) => each.name === name);
  beforeAll(async () => {
    portBase = await freePortBase();
    shop = await startShop({ ...options, portBase, env: { cart: { CATALOGUE_HOST: 'elsewhere:1' } } });
  }, 60_000);
  afterAll(() => shop.close());

  test('answers through its gateway, each service with its own environment', async () => {
    const reply = await fetch(`${shop.url}/api/v1/cart/env`);
    expect(await reply.json()).toMatchObject({
      PORT: String(portBase + 3),
      REDIS_USERNAME: 'cart',
      CATALOGUE_HOST: 'elsewhere:1',
      PUBLIC_URL: shop.url,
    });
  });

  test('has loaded the sample data once', () => {
    expect(readFileSync(join(fake.dataDir, 'logs/cart-seed.log'), 'utf8')).toBe(
      'importing 3 of 3 for 4 accounts\n',
    );
    expect(Object.keys(JSON.parse(readFileSync(join(fake.dataDir, 'seeded.json'), 'utf8')))).toEqual([
      'cart',
    ]);
  });

  test.each(['cart', 'redis', 'gateway'])('%s comes back after kill -9', async (name) => {
    const before = part(name)?.pid;
    shop.kill(name, 'SIGKILL');
    expect(await eventually(() => part(name)?.state === 'ready' && part(name)?.pid !== before)).toBe(true);
    expect(part(name)?.restarts).toBe(1);
    expect((await fetch(`${shop.url}/api/v1/cart/env`)).status).toBe(200);
  });

  test('a part restarts when asked, without counting as a crash', async () => {
    const before = part('ratings')?.pid;
    await shop.restart('ratings');
    expect(part('ratings')).toMatchObject({ state: 'ready', restarts: 0 });
    expect(part('ratings')?.pid).not.toBe(before);
  });

  test('a second start in the same data folder is refused, and says where the first is', async () => {
    const second = startShop(options);
    await expect(second).rejects.toThrow(AlreadyRunning);
    await expect(second).rejects.toThrow(shop.url);
  });

  test('ends within three seconds and leaves no process and no state', async () => {
    const begun = Date.now();
    await shop.close();
    expect(Date.now() - begun).toBeLessThan(3000);
    expect(processesOf(fake.dataDir)).toEqual([]);
    expect(existsSync(join(fake.dataDir, 'state.json'))).toBe(false);
  });
});

test('a taken port is named with its process, and nothing is started', async () => {
  const gatewayPort = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(gatewayPort, '127.0.0.1', resolve));
  const start = startShop({ ...options, gatewayPort });
  await expect(start).rejects.toThrow(PortTaken);
  await expect(start).rejects.toThrow(
    new RegExp(`Port ${gatewayPort} of gateway is taken by process ${process.pid}: `),
  );
  server.close();
  expect(processesOf(fake.dataDir)).toEqual([]);
});

test('a service that dies at its start fails the start, with the end of its log', async () => {
  const broken = createFakeShop();
  broken.rewrite('shipping', "console.error('MYSQL_URL: no such schema'); process.exit(3);");
  const start = startShop({ ...options, dataDir: broken.dataDir, sources: broken.sources });
  const failure = await start.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(StartFailure);
  expect(failure).toMatchObject({ part: 'shipping', message: 'shipping ended with code 3' });
  expect(failure).toHaveProperty('logTail', ['MYSQL_URL: no such schema']);
  expect(processesOf(broken.dataDir)).toEqual([]);
  broken.remove();
}, 60_000);

test('a start can be given up', async () => {
  const slow = createFakeShop();
  slow.rewrite('user', 'setInterval(() => undefined, 1000);');
  const controller = new AbortController();
  const start = startShop({
    ...options,
    dataDir: slow.dataDir,
    sources: slow.sources,
    signal: controller.signal,
  });
  setTimeout(() => controller.abort(), 1500);
  await expect(start).rejects.toThrow();
  expect(processesOf(slow.dataDir)).toEqual([]);
  slow.remove();
}, 60_000);

test('kill -9 of the launcher leaves no process behind, and the next start works', async () => {
  const orphans = createFakeShop();
  const settings = { ...options, dataDir: orphans.dataDir, sources: orphans.sources };
  const whole = { ...settings, without: ['mongo', 'simulators', 'web'], portBase: await freePortBase() };
  const program = `
    import { startShop } from ${JSON.stringify(join(import.meta.dirname, '../src/shop.ts'))};
    await startShop(${JSON.stringify(whole)});
    console.log('open');
  `;
  const launcher = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(launcher.stdout, 'data');
  const started = processesOf(orphans.dataDir).length;
  launcher.kill('SIGKILL');
  expect(started).toBeGreaterThan(10);
  expect(await eventually(() => processesOf(orphans.dataDir).length === 0, 5000)).toBe(true);
  const again = await startShop({ ...settings, portBase: whole.portBase });
  await again.close();
  orphans.remove();
}, 120_000);
