import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '@shopstack/testkit/eventually';
import { type Fixture, openFixture } from './fixture.ts';
import { startRedisServer } from './redis-server.ts';

let server: Awaited<ReturnType<typeof startRedisServer>>;
let shop: Fixture;
beforeAll(async () => {
  server = await startRedisServer();
  shop = await openFixture({ redisUrl: server.url });
});
afterAll(async () => {
  await shop.close();
  await server.close();
});

const operations = (by: { headers: Record<string, string> }, sku: string) => [
  shop.get(by),
  shop.api.get('/contents').set(by.headers),
  shop.add(by, sku),
  shop.setTo(by, sku, 2),
  shop.remove(by, sku),
  shop.api.delete('/').set(by.headers),
  shop.api.put('/destination').set(by.headers).send({ country: 'DE', postcode: '10115', city: 'Berlin' }),
  shop.api.post('/merge').set(by.headers).set('cookie', 'cart=AAAAAAAAAAAAAAAAAAAAAA'),
];

test('while Redis is away every answer is 503 with Retry-After, and carts come back without a restart', async () => {
  const sku = shop.sell();
  const ada = shop.user();
  const before = await shop.add(ada, sku, 3).expect(200);
  await server.signal('SIGKILL');
  for (const request of operations(ada, sku)) {
    const { status, headers, body } = await request;
    expect([status, body.type]).toEqual([503, 'urn:shopstack:problem:unavailable']);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  }
  await server.start();
  const after = await eventually(() => shop.get(ada).expect(200));
  expect(after.body).toEqual(before.body);
});

test('a Redis that hangs costs two seconds, not the request', async () => {
  const sku = shop.sell();
  const ada = shop.user();
  await shop.add(ada, sku).expect(200);
  await server.signal('SIGSTOP');
  const began = Date.now();
  const { status } = await shop.get(ada);
  expect(status).toBe(503);
  expect(Date.now() - began).toBeLessThan(4000);
  await server.signal('SIGCONT');
  await eventually(() => shop.get(ada).expect(200));
});

test('every acknowledged change survives a kill of Redis in the middle of the writing', async () => {
  const acknowledged = new Map<string, number>();
  for (let round = 0; round < 3; round++) {
    let stop = false;
    const writers = Array.from({ length: 4 }, async () => {
      const by = shop.user();
      const sku = shop.sell({ available: 99 });
      for (let n = 1; !stop && n < 99; n++) {
        const { status, body } = await shop.add(by, sku).set('idempotency-key', `${n}`);
        if (status === 200) acknowledged.set(by.id, body.itemCount);
        else expect(status).toBe(503);
      }
    });
    await eventually(() => acknowledged.size >= 4 * (round + 1));
    await server.signal('SIGKILL');
    stop = true;
    await Promise.all(writers);
    await server.start();
  }
  for (const [id, count] of acknowledged) {
    const { body } = await eventually(() => shop.get(shop.user(id)).expect(200));
    // One more may have been written whose answer did not arrive.
    expect([count, count + 1]).toContain(body.itemCount);
  }
});
