import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSurroundings, type Surroundings } from './process.ts';

let around: Surroundings;
beforeAll(async () => {
  around = await openSurroundings();
});
afterAll(() => around.close());

test('the simulator is refused in production', async () => {
  const it = around.run('main', { SHOP_ENV: 'production' });
  expect(await it.ended).toBe(1);
  expect(it.output().trim()).toBe('payment: PAYMENT_PROVIDERS=simulator is refused when SHOP_ENV=production');
});

test('the provider must be asked for by name', async () => {
  const it = around.run('main', { PAYMENT_PROVIDERS: '' });
  expect(await it.ended).toBe(1);
  expect(it.output()).toContain('PAYMENT_PROVIDERS');
});

test('without MySQL it says so in one line and ends', async () => {
  const it = around.run('main', { MYSQL_URL: 'mysql://payment:secret@127.0.0.1:9/payment' });
  expect(await it.ended).toBe(1);
  const fatal = it
    .output()
    .split('\n')
    .filter((line) => line.includes('"fatal"'));
  expect(fatal).toHaveLength(1);
  expect(fatal[0]).toContain('the database is away');
  expect(it.output()).not.toContain('secret');
});

test('an older schema is refused until it is migrated, which can be repeated', async () => {
  const old = around.run('main', { MIGRATE_ON_START: 'false' });
  expect(await old.ended).toBe(1);
  expect(old.output()).toContain('0007-disputes');
  expect(await around.run('migrate').ended).toBe(0);
  expect(await around.run('migrate').ended).toBe(0);
  const service = await around.start({ MIGRATE_ON_START: 'false' });
  const order = around.order();
  expect(await order.ask(order.authorise())).toMatchObject({ type: 'authorised' });
  expect(await service.end('SIGTERM')).toBe(0);
});

test('every provider that is asked for must be complete, and only those', async () => {
  const incomplete = around.run('main', { MPESA_PASSKEY: '', MPESA_SHORT_CODE: 'a till' });
  expect(await incomplete.ended).toBe(1);
  expect(incomplete.output()).toMatch(/MPESA_SHORT_CODE.*\n.*MPESA_PASSKEY: is not set/);
  const unknown = around.run('main', { PAYMENT_PROVIDERS: 'simulator,cheque' });
  expect(await unknown.ended).toBe(1);
  expect(unknown.output()).toContain('PAYMENT_PROVIDERS');
  const without = await around.start({ PAYMENT_PROVIDERS: 'mpesa', SIMULATOR_CARD_URL: '' });
  const offered = await fetch(`${around.origin}/payment-methods?currency=EUR&country=KE`);
  expect(await offered.json()).toMatchObject({ items: [{ id: 'mpesa' }] });
  expect((await fetch(`${around.origin}/webhooks/simulator`, { method: 'POST' })).status).toBe(404);
  expect(await without.end('SIGTERM')).toBe(0);
});
