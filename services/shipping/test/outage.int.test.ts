import { afterAll, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { openDatabase } from '@shopstack/sql/database';
import { testPlatform } from '@shopstack/testkit/platform';
import { bearer, createTestIssuer } from '@shopstack/testkit/tokens';
import supertest from 'supertest';
import { createApp } from '../src/app.ts';
import { openGeography } from '../src/store/geography.ts';
import { openQuotes } from '../src/store/quotes.ts';
import type { Schema } from '../src/store/schema.ts';

const issuer = createTestIssuer();
const platform = testPlatform('shipping', issuer.authorisation);
/** Port 9 answers nobody. */
const database = openDatabase<Schema>({ url: 'mysql://root@127.0.0.1:9/shipping', log: platform.log });
const app = createApp({
  platform,
  database,
  geography: openGeography(database),
  quotes: openQuotes(database),
  catalogue: { parcel: async () => ({ weightGrams: 100, goodsMinor: 100 }) },
  warehouse: { latitude: 51.34, longitude: 12.37 },
  currency: 'EUR',
  wake: () => undefined,
});
const api = supertest(app);
afterAll(() => database.close());

test('while MySQL is away every answer is 503 with Retry-After', async () => {
  const support = bearer(issuer.token({ roles: ['support'] }));
  const destination = { country: 'DE', postcode: '10115', city: 'Berlin' };
  const answers = await Promise.all([
    api.get('/countries'),
    api.get('/countries/DE/places'),
    api.post('/quotes').send({ destination, lines: [{ sku: 'LAMP', quantity: 1 }] }),
    api.get(`/quotes/${uuidv7()}`),
    api.get(`/shipments?orderId=${uuidv7()}`).set(support),
    api.get(`/shipments/${uuidv7()}`).set(support),
    api
      .post(`/shipments/${uuidv7()}/tracking-events`)
      .set(support)
      .send({ eventId: 'e', state: 'delivered' }),
  ]);
  for (const { status, headers, body } of answers) {
    expect([status, body.type]).toEqual([503, 'urn:shopstack:problem:unavailable']);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  }
});
