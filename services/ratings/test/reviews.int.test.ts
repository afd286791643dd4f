import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { eventually } from '@shopstack/testkit/eventually';
import { type Fixture, openFixture } from './fixture.ts';

let shop: Fixture;
beforeAll(async () => {
  shop = await openFixture();
});
afterAll(() => shop.close());

const problemOf = (code: string) => `urn:shopstack:problem:${code}`;
const refused = async (request: PromiseLike<{ status: number; body: { type?: string } }>) => {
  const { status, body } = await request;
  return [status, body.type?.replace('urn:shopstack:problem:', '')];
};

describe('who may review', () => {
  test('only those who received the product', async () => {
    const stranger = shop.shopper();
    const { body } = await shop.api.get(shop.mine('lamp')).set(stranger.auth).expect(200);
    expect(body).toEqual({ mayReview: false, review: null });
    expect(await refused(shop.write(stranger, 'lamp'))).toEqual([403, 'not-verified-buyer']);
    expect((await shop.rating('lamp')).count).toBe(0);
  });

  test('every product of a delivered order, once, however often the message comes', async () => {
    const buyer = shop.shopper();
    const { send } = shop.deliver(buyer.id, ['vase', 'bowl', 'vase']);
    await send();
    await send();
    for (const product of ['vase', 'bowl']) {
      await eventually(
        async () => (await shop.api.get(shop.mine(product)).set(buyer.auth)).body.mayReview === true,
      );
    }
    await shop.write(buyer, 'vase').expect(201);
    const rows = await shop.database.db
      .selectFrom('buyers')
      .select('product_id')
      .where('user_id', '=', buyer.id)
      .execute();
    expect(rows.map((it) => it.product_id).sort()).toEqual(['bowl', 'vase']);
  });

  test("a guest's order makes nobody a buyer and does not stop the queue", async () => {
    await shop.deliver(undefined, ['guest-thing']).send();
    await shop.buyer('after-guest');
    const rows = await shop.database.db
      .selectFrom('buyers')
      .selectAll()
      .where('product_id', '=', 'guest-thing')
      .execute();
    expect(rows).toEqual([]);
  });

  test('nobody without a good token', async () => {
    const mine = shop.mine('lamp');
    expect(await refused(shop.api.get(mine))).toEqual([401, 'unauthenticated']);
    expect(await refused(shop.api.put(mine).send({}))).toEqual([401, 'unauthenticated']);
    expect(await refused(shop.api.delete(mine))).toEqual([401, 'unauthenticated']);
    const expired = { authorization: `Bearer ${shop.issuer.token({ expiresInSeconds: -60 })}` };
    expect(await refused(shop.api.get(mine).set(expired))).toEqual([401, 'token-expired']);
  });
});

describe('my review', () => {
  test('is published with its ETag and shows the name its author gave, never the account', async () => {
    const buyer = await shop.buyer('mug');
    const written = await shop.write(buyer, 'mug', { rating: 4, author: ' Ada L. ' }).expect(201);
    expect(written.body).toMatchObject({ rating: 4, author: 'Ada L.', state: 'published', verified: true });
    expect(written.headers.etag).toBe(`"${written.body.version}"`);
    const listed = await shop.api.get('/products/mug/reviews').expect(200);
    expect(listed.body.items).toEqual([written.body]);
    const all = await shop.api.get('/reviews').set(shop.support).expect(200);
    for (const answer of [written, listed, all]) expect(JSON.stringify(answer.body)).not.toContain(buyer.id);
  });

  test('is changed with If-Match only', async () => {
    const buyer = await shop.buyer('pen');
    const first = await shop.write(buyer, 'pen', { rating: 2 }).expect(201);
    expect(await refused(shop.write(buyer, 'pen', { rating: 1 }))).toEqual([428, 'if-match-missing']);
    expect(await refused(shop.write(buyer, 'pen', { rating: 1 }).set('if-match', '"999"'))).toEqual([
      412,
      'etag-stale',
    ]);
    expect((await shop.rating('pen')).histogram).toEqual([0, 1, 0, 0, 0]);
    const second = await shop.write(buyer, 'pen', { rating: 3 }).set('if-match', first.headers.etag ?? '');
    expect(second.status).toBe(200);
    expect(second.body).toMatchObject({ id: first.body.id, createdAt: first.body.createdAt, rating: 3 });
    expect(second.body.version).toBeGreaterThan(first.body.version);
    expect(
      await refused(shop.write(buyer, 'pen', { rating: 1 }).set('if-match', first.headers.etag ?? '')),
    ).toEqual([412, 'etag-stale']);
    expect((await shop.rating('pen')).histogram).toEqual([0, 0, 1, 0, 0]);
  });

  test('an If-Match for a review that does not exist is stale', async () => {
    const buyer = await shop.buyer('cup');
    expect(await refused(shop.write(buyer, 'cup').set('if-match', '"1"'))).toEqual([412, 'etag-stale']);
  });

  test('is taken back with If-Match, once, and its ETag never comes again', async () => {
    const buyer = await shop.buyer('rug');
    const first = await shop.write(buyer, 'rug').expect(201);
    const etag = first.headers.etag ?? '';
    const remove = () => shop.api.delete(shop.mine('rug')).set(buyer.auth);
    expect(await refused(remove())).toEqual([428, 'if-match-missing']);
    expect(await refused(remove().set('if-match', '"0"'))).toEqual([412, 'etag-stale']);
    await remove().set('if-match', etag).expect(204);
    expect(await refused(remove().set('if-match', etag))).toEqual([404, 'not-found']);
    expect((await shop.rating('rug')).count).toBe(0);
    const again = await shop.write(buyer, 'rug').expect(201);
    expect(again.headers.etag).not.toBe(etag);
    expect(await refused(remove().set('if-match', etag))).toEqual([412, 'etag-stale']);
  });

  test('of two browser tabs that write at once one creates, the other is asked for If-Match', async () => {
    const buyer = await shop.buyer('tab');
    const answers = await Promise.all([1, 2, 3, 4].map((rating) => shop.write(buyer, 'tab', { rating })));
    expect(answers.map((it) => it.status).sort()).toEqual([201, 428, 428, 428]);
    expect((await shop.rating('tab')).count).toBe(1);
  });

  test('of two edits of the same version one is stale', async () => {
    const buyer = await shop.buyer('edit');
    const { headers } = await shop.write(buyer, 'edit').expect(201);
    const answers = await Promise.all(
      [1, 2].map((rating) => shop.write(buyer, 'edit', { rating }).set('if-match', headers.etag ?? '')),
    );
    expect(answers.map((it) => it.status).sort()).toEqual([200, 412]);
  });

  test.each([
    ['/rating', { rating: 0 }],
    ['/rating', { rating: 6 }],
    ['/rating', { rating: 4.5 }],
    ['/rating', { rating: '5' }],
    ['/author', { author: '' }],
    ['/author', { author: '   ' }],
    ['/author', { author: 'x'.repeat(61) }],
    ['/title', { title: 'x'.repeat(121) }],
    ['/body', { body: 'x'.repeat(4001) }],
    ['/title', { title: 'a\u0000b' }],
    ['/userId', { userId: uuidv7() }],
    ['/state', { state: 'published' }],
  ])('bad input at %s changes nothing', async (pointer, review) => {
    const buyer = await shop.buyer('strict');
    const answer = await shop.write(buyer, 'strict', review).expect(422);
    expect(answer.body).toMatchObject({ type: problemOf('validation-failed'), errors: [{ pointer }] });
    const { body } = await shop.api.get(shop.mine('strict')).set(buyer.auth).expect(200);
    expect(body.review).toBeNull();
  });

  test('malformed JSON, another media type and a huge body are refused', async () => {
    const { auth } = shop.shopper();
    const put = (type: string) => shop.api.put(shop.mine('raw')).set(auth).set('content-type', type);
    expect(await refused(put('application/json').send('{"rating":'))).toEqual([400, 'malformed-json']);
    expect(await refused(put('text/plain').send('five'))).toEqual([415, 'unsupported-media-type']);
    const huge = JSON.stringify({ body: 'x'.repeat(120_000) });
    expect(await refused(put('application/json').send(huge))).toEqual([413, 'body-too-large']);
  });
});

describe('the list', () => {
  const given = [3, 5, 1, 5, 3];
  const ids: string[] = [];
  beforeAll(async () => {
    for (const rating of given) {
      const { body } = await shop.write(await shop.buyer('sofa'), 'sofa', { rating }).expect(201);
      ids.push(body.id);
    }
    const vote = (at: number, votes: number) =>
      Promise.all(
        Array.from({ length: votes }, () =>
          shop.api
            .post(`/reviews/${ids[at]}/votes`)
            .set(shop.shopper().auth)
            .send({ helpful: true })
            .expect(200),
        ),
      );
    await vote(0, 1);
    await vote(2, 3);
  });

  test.each([
    ['newest', [4, 3, 2, 1, 0]],
    ['helpful', [2, 0, 4, 3, 1]],
    ['rating-desc', [3, 1, 4, 0, 2]],
    ['rating-asc', [2, 4, 0, 3, 1]],
  ])('sorted by %s, newest first among equals, in pages of any size', async (sort, expected) => {
    for (const limit of [1, 2, 5, 100]) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const path = `/products/sofa/reviews?sort=${sort}&limit=${limit}${cursor}`;
        const { body } = await shop.api.get(path).expect(200);
        expect(body.items.length).toBeLessThanOrEqual(limit);
        seen.push(...body.items.map((it: { id: string }) => it.id));
        cursor = body.next ? `&cursor=${body.next}` : '';
      } while (cursor !== '');
      expect(seen.map((id) => ids.indexOf(id))).toEqual(expected);
    }
  });

  test('a cursor of another order, a made-up one and a wrong limit are refused', async () => {
    const { body } = await shop.api.get('/products/sofa/reviews?sort=newest&limit=1').expect(200);
    for (const query of [`sort=helpful&cursor=${body.next}`, 'cursor=zzz', 'limit=0', 'sort=best', 'x=1']) {
      expect(await refused(shop.api.get(`/products/sofa/reviews?${query}`))).toEqual([
        422,
        'validation-failed',
      ]);
    }
  });

  test('a product nobody reviewed has an empty list and a rating of zero', async () => {
    const { body } = await shop.api.get('/products/unheard-of/reviews').expect(200);
    expect(body).toEqual({ items: [], next: null });
    expect(await shop.rating('unheard-of')).toEqual({
      productId: 'unheard-of',
      average: 0,
      count: 0,
      histogram: [0, 0, 0, 0, 0],
    });
  });
});
