import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { eventually } from '@shopstack/testkit/eventually';
import { bearer } from '@shopstack/testkit/tokens';
import { sql } from 'kysely';
import { type Fixture, openFixture } from './fixture.ts';

let shop: Fixture;
beforeAll(async () => {
  shop = await openFixture();
});
afterAll(() => shop.close());

const refused = async (request: PromiseLike<{ status: number; body: { type?: string } }>) => {
  const { status, body } = await request;
  return [status, body.type?.replace('urn:shopstack:problem:', '')];
};
const vote = (by: { auth: { authorization: string } }, id: string, helpful: unknown = true) =>
  shop.api.post(`/reviews/${id}/votes`).set(by.auth).send({ helpful });
const moderate = (id: string, state: string, etag: string) =>
  shop.api.patch(`/reviews/${id}`).set(shop.support).set('if-match', etag).send({ state });
const listed = async (product: string): Promise<string[]> => {
  const { body } = await shop.api.get(`/products/${product}/reviews`).expect(200);
  return body.items.map((it: { id: string }) => it.id);
};

describe('a helpful vote', () => {
  test('counts once a person and can be changed', async () => {
    const { body: review } = await shop.write(await shop.buyer('lamp'), 'lamp').expect(201);
    const [one, two] = [shop.shopper(), shop.shopper()];
    expect((await vote(one, review.id).expect(200)).body.helpful).toBe(1);
    expect((await vote(one, review.id).expect(200)).body.helpful).toBe(1);
    expect((await vote(two, review.id).expect(200)).body.helpful).toBe(2);
    expect((await vote(one, review.id, false).expect(200)).body.helpful).toBe(1);
    const again = await vote(one, review.id, false).expect(200);
    expect(again.body).toMatchObject({ helpful: 1, version: review.version });
  });

  test('many at once are all counted', async () => {
    const { body: review } = await shop.write(await shop.buyer('busy'), 'busy').expect(201);
    const double = Array.from({ length: 10 }, () => shop.shopper()).flatMap((it) => [it, it]);
    await Promise.all(double.map((it) => vote(it, review.id).expect(200)));
    const { body } = await shop.api.get('/products/busy/reviews').expect(200);
    expect(body.items[0].helpful).toBe(10);
  });

  test('is refused on the own review, on hidden or unknown ones, and without a token', async () => {
    const buyer = await shop.buyer('own');
    const { body: review, headers } = await shop.write(buyer, 'own').expect(201);
    expect(await refused(vote(buyer, review.id))).toEqual([403, 'forbidden']);
    expect(await refused(vote(shop.shopper(), uuidv7()))).toEqual([404, 'not-found']);
    expect(await refused(vote(shop.shopper(), review.id, 'yes'))).toEqual([422, 'validation-failed']);
    const anonymous = shop.api.post(`/reviews/${review.id}/votes`).send({ helpful: true });
    expect(await refused(anonymous)).toEqual([401, 'unauthenticated']);
    await moderate(review.id, 'hidden', headers.etag ?? '').expect(200);
    expect(await refused(vote(shop.shopper(), review.id))).toEqual([404, 'not-found']);
  });

  test('goes with its review', async () => {
    const buyer = await shop.buyer('gone');
    const { body: review, headers } = await shop.write(buyer, 'gone').expect(201);
    await vote(shop.shopper(), review.id).expect(200);
    await shop.api
      .delete(shop.mine('gone'))
      .set(buyer.auth)
      .set('if-match', headers.etag ?? '')
      .expect(204);
    const { rows } = await sql`select 1 from votes where review_id = ${review.id}`.execute(shop.database.db);
    expect(rows).toEqual([]);
  });
});

describe('moderation', () => {
  test('a suspicious text waits, unseen and uncounted, until it is published', async () => {
    const buyer = await shop.buyer('spam');
    const { body: review, headers } = await shop.write(buyer, 'spam', { body: 'see www.cheap.example' });
    expect(review.state).toBe('pending');
    expect(await listed('spam')).toEqual([]);
    expect((await shop.rating('spam')).count).toBe(0);
    const pending = await shop.api.get('/reviews?state=pending&limit=100').set(shop.support).expect(200);
    expect(pending.body.items.map((it: { id: string }) => it.id)).toContain(review.id);
    const published = await moderate(review.id, 'published', headers.etag ?? '').expect(200);
    expect(published.headers.etag).not.toBe(headers.etag);
    expect(await listed('spam')).toEqual([review.id]);
    expect((await shop.rating('spam')).count).toBe(1);
  });

  test('needs a fresh If-Match and the role', async () => {
    const { body: review, headers } = await shop.write(await shop.buyer('role'), 'role').expect(201);
    const patch = (auth: { authorization: string }) =>
      shop.api.patch(`/reviews/${review.id}`).set(auth).send({ state: 'hidden' });
    expect(await refused(patch(shop.support))).toEqual([428, 'if-match-missing']);
    expect(await refused(moderate(review.id, 'hidden', '"999999"'))).toEqual([412, 'etag-stale']);
    expect(await refused(moderate(review.id, 'gone', headers.etag ?? ''))).toEqual([
      422,
      'validation-failed',
    ]);
    expect(await refused(moderate(uuidv7(), 'hidden', '"1"'))).toEqual([404, 'not-found']);
    for (const roles of [['customer'], ['merchandiser']] as const) {
      const auth = bearer(shop.issuer.token({ roles: [...roles] }));
      expect(await refused(patch(auth).set('if-match', headers.etag ?? ''))).toEqual([403, 'forbidden']);
      expect(await refused(shop.api.get('/reviews').set(auth))).toEqual([403, 'forbidden']);
    }
    expect(await listed('role')).toEqual([review.id]);
    const admin = bearer(shop.issuer.token({ roles: ['admin'] }));
    await patch(admin)
      .set('if-match', headers.etag ?? '')
      .expect(200);
    expect(await listed('role')).toEqual([]);
  });

  test('is not escaped by an edit, nor by writing the review anew', async () => {
    const buyer = await shop.buyer('escape');
    const first = await shop.write(buyer, 'escape').expect(201);
    const hidden = await moderate(first.body.id, 'hidden', first.headers.etag ?? '').expect(200);
    const edited = await shop.write(buyer, 'escape').set('if-match', hidden.headers.etag ?? '');
    expect(edited.body.state).toBe('pending');
    const etag = edited.headers.etag ?? '';
    await shop.api.delete(shop.mine('escape')).set(buyer.auth).set('if-match', etag).expect(204);
    expect((await shop.write(buyer, 'escape').expect(201)).body.state).toBe('pending');
    expect((await shop.rating('escape')).count).toBe(0);
  });

  test('its list is paged, newest first', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await shop.api.get(`/reviews?limit=2${cursor}`).set(shop.support).expect(200);
      seen.push(...body.items.map((it: { id: string }) => it.id));
      cursor = body.next ? `&cursor=${body.next}` : '';
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual([...seen].sort().reverse());
    expect(seen.length).toBeGreaterThanOrEqual(6);
  });
});

describe('what the catalogue is told', () => {
  test('each change of the published rating, with a growing version; nothing else', async () => {
    const [ada, bob] = [await shop.buyer('chair'), await shop.buyer('chair')];
    const a = await shop.write(ada, 'chair', { rating: 5 }).expect(201);
    const b = await shop.write(bob, 'chair', { rating: 2 }).expect(201);
    const words = await shop
      .write(ada, 'chair', { body: 'Still good' })
      .set('if-match', a.headers.etag ?? '');
    await vote(bob, a.body.id).expect(200);
    const hidden = await moderate(b.body.id, 'hidden', b.headers.etag ?? '').expect(200);
    await moderate(b.body.id, 'pending', hidden.headers.etag ?? '').expect(200);
    await shop
      .write(ada, 'chair', { rating: 4 })
      .set('if-match', words.headers.etag ?? '')
      .expect(200);
    await eventually(() => shop.toldOf('chair').length >= 4);
    expect(shop.toldOf('chair').map((it) => it.rating)).toEqual([
      { average: 5, count: 1 },
      { average: 3.5, count: 2 },
      { average: 5, count: 1 },
      { average: 4, count: 1 },
    ]);
    const versions = shop.toldOf('chair').map((it) => it.version);
    expect(versions).toEqual([...new Set(versions)].sort((x, y) => x - y));
  });

  test('sixty changes at once: the counters are what the votes say, and the last word is right', async () => {
    const buyers = await Promise.all(Array.from({ length: 12 }, () => shop.buyer('storm')));
    await Promise.all(
      buyers.map(async (buyer, n) => {
        let { headers, body } = await shop.write(buyer, 'storm', { rating: 1 + (n % 5) }).expect(201);
        for (const step of [1, 2, 3]) {
          const rating = 1 + ((n + step) % 5);
          ({ headers, body } = await shop
            .write(buyer, 'storm', { rating })
            .set('if-match', headers.etag ?? '')
            .expect(200));
        }
        if (n % 3 === 0) await moderate(body.id, 'hidden', headers.etag ?? '').expect(200);
        if (n % 3 === 1) {
          const mine = shop.api.delete(shop.mine('storm')).set(buyer.auth);
          await mine.set('if-match', headers.etag ?? '').expect(204);
        }
      }),
    );
    const { histogram, count, average } = await shop.rating('storm');
    expect(histogram).toEqual(await shop.counted('storm'));
    expect(count).toBe(4);
    const { rows } = await sql<{ mean: string }>`select avg(rating) as mean from reviews
      where product_id = 'storm' and state = 'published'`.execute(shop.database.db);
    expect(average).toBeCloseTo(Number(rows[0]?.mean), 2);
    await eventually(() => shop.toldOf('storm').length === 12 + 36 + 8);
    const told = shop.toldOf('storm');
    expect(told.at(-1)?.rating).toEqual({ average, count });
    const versions = told.map((it) => it.version);
    expect(versions).toEqual([...new Set(versions)].sort((x, y) => x - y));
  });
});

test('every list is read from an index, without sorting', async () => {
  const { db } = shop.database;
  await sql`insert into reviews with recursive numbers (n) as
    (select 1 union all select n + 1 from numbers where n < 900)
    select uuid(), concat('p', n % 9), uuid(), 1 + n % 5, '', '', 'x', 'published', n % 7, n,
      utc_timestamp(3), utc_timestamp(3) from numbers`.execute(db);
  await sql`analyze table reviews`.execute(db);
  const where = `product_id = 'p7' and state = 'published'`;
  for (const query of [
    `select * from reviews where ${where} and id < 'x' order by id desc limit 25`,
    `select * from reviews where ${where} and helpful <= 4 and (helpful < 4 or id < 'x') order by helpful desc, id desc limit 25`,
    `select * from reviews where ${where} and rating <= 4 and (rating < 4 or id < 'x') order by rating desc, id desc limit 25`,
    `select * from reviews where ${where} and rating >= 2 and (rating > 2 or id < 'x') order by rating asc, id desc limit 25`,
    `select * from reviews where state = 'pending' order by id desc limit 25`,
    `select * from reviews order by id desc limit 25`,
  ]) {
    const { rows } = await sql<{ key: string | null; Extra: string }>`explain ${sql.raw(query)}`.execute(db);
    expect([query, rows[0]?.key]).not.toContain(null);
    expect([query, rows[0]?.Extra]).not.toEqual([query, expect.stringContaining('filesort')]);
  }
});
