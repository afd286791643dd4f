import { afterAll, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { openDatabase } from '@shopstack/sql/database';
import { testPlatform } from '@shopstack/testkit/platform';
import { bearer, createTestIssuer } from '@shopstack/testkit/tokens';
import supertest from 'supertest';
import { createApp } from '../src/app.ts';
import type { Schema } from '../src/store/schema.ts';

const issuer = createTestIssuer();
const platform = testPlatform('ratings', issuer.authorisation);
/** Port 9 answers nobody. */
const database = openDatabase<Schema>({ url: 'mysql://root@127.0.0.1:9/ratings', log: platform.log });
const api = supertest(createApp({ platform, database, wake: () => undefined }));
afterAll(() => database.close());

test('while MySQL is away every answer is 503 with Retry-After', async () => {
  const buyer = bearer(issuer.token());
  const support = bearer(issuer.token({ roles: ['support'] }));
  const review = { rating: 5, author: 'Ada' };
  const answers = await Promise.all([
    api.get('/products/lamp/rating'),
    api.get('/products/lamp/reviews'),
    api.get('/products/lamp/reviews/mine').set(buyer),
    api.put('/products/lamp/reviews/mine').set(buyer).send(review),
    api.delete('/products/lamp/reviews/mine').set(buyer).set('if-match', '"1"'),
    api.post(`/reviews/${uuidv7()}/votes`).set(buyer).send({ helpful: true }),
    api.get('/reviews').set(support),
    api.patch(`/reviews/${uuidv7()}`).set(support).set('if-match', '"1"').send({ state: 'hidden' }),
  ]);
  for (const { status, headers, body } of answers) {
    expect([status, body.type]).toEqual([503, 'urn:shopstack:problem:unavailable']);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  }
});
