import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Fixture, openFixture } from './fixture.ts';

let shop: Fixture;
beforeAll(async () => {
  shop = await openFixture();
});
afterAll(() => shop.close());

type Line = { sku: string; quantity: number };
const quantities = (body: { lines: Line[] }) =>
  Object.fromEntries(body.lines.map(({ sku, quantity }) => [sku, quantity]));
const refused = async (request: PromiseLike<{ status: number; body: { type?: string } }>) => {
  const { status, body } = await request;
  return [status, body.type?.replace('urn:shopstack:problem:', '')];
};

describe('a cart', () => {
  test('of nobody is empty, and reading it makes none', async () => {
    const { body, headers } = await shop.api.get('/').expect(200).expect('etag', '"0"');
    expect(body).toMatchObject({ id: '', version: 0, lines: [], itemCount: 0 });
    expect(headers['set-cookie']).toBeUndefined();
  });

  test('of a guest hangs on a cookie that scripts and other sites cannot use', async () => {
    const sku = shop.sell({ priceMinor: 1190 });
    const answer = await shop.api.post('/items').send({ sku, quantity: 2 }).expect(200);
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^cart=[A-Za-z0-9_-]{22}; Max-Age=2592000; Path=\/api\/v1;/);
    expect(cookie).toContain('HttpOnly; SameSite=Lax');
    expect(answer.body.lines[0]).toMatchObject({
      sku,
      quantity: 2,
      unitPrice: { amountMinor: 1190, currency: 'EUR' },
      lineTotal: { amountMinor: 2380 },
      tax: { amountMinor: 380 },
    });
    expect(answer.body).toMatchObject({
      itemCount: 2,
      subtotal: { amountMinor: 2380 },
      discount: { amountMinor: 0 },
      total: { amountMinor: 2380 },
    });
    expect(answer.headers['cache-control']).toBe('no-store');
    const seen = await shop.get({ headers: { cookie: cookie.split(';')[0] ?? '' } }).expect(200);
    expect(quantities(seen.body)).toEqual({ [sku]: 2 });
  });

  test('tells what is in it without asking the catalogue', async () => {
    const [sold, gone] = [shop.sell(), shop.sell()];
    const ada = shop.user();
    await shop.add(ada, sold, 2).expect(200);
    const { body } = await shop.add(ada, gone).expect(200);
    shop.catalogue.goods.delete(gone);
    shop.catalogue.state.away = true;
    const contents = await shop.api.get('/contents').set(ada.headers);
    shop.catalogue.state.away = false;
    const lines = [
      { sku: sold, quantity: 2 },
      { sku: gone, quantity: 1 },
    ];
    expect([contents.status, contents.body]).toEqual([200, { id: body.id, version: body.version, lines }]);
    const nobody = await shop.api.get('/contents').expect(200);
    expect(nobody.body).toEqual({ id: '', version: 0, lines: [] });
  });

  test("is its holder's only: another user, another cookie and the cart's id open nothing", async () => {
    const sku = shop.sell();
    const [ada, bob] = [shop.user(), shop.user()];
    const { body } = await shop.add(ada, sku).expect(200);
    const guest = await shop.guest(sku);
    const guestCart = (await shop.get(guest)).body;
    for (const other of [
      bob,
      { headers: { cookie: `cart=${body.id}` } },
      { headers: { cookie: `cart=${guestCart.id}` } },
      { headers: { cookie: `cart=${guestCart.id.slice(0, 22)}` } },
      { headers: { cookie: 'cart=../../prices' } },
    ]) {
      expect((await shop.get(other).expect(200)).body.lines).toEqual([]);
    }
    const expired = { headers: { authorization: `Bearer ${shop.issuer.token({ expiresInSeconds: -60 })}` } };
    expect(await refused(shop.get(expired))).toEqual([401, 'token-expired']);
    const forged = { headers: { authorization: 'Bearer x.y.z', cookie: guest.cookie } };
    expect((await refused(shop.get(forged)))[0]).toBe(401);
  });

  test('adds, sets, removes and empties; lines keep their place', async () => {
    const [one, two] = [shop.sell(), shop.sell()];
    const ada = shop.user();
    await shop.add(ada, one, 2).expect(200);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await shop.add(ada, two).expect(200);
    await shop.add(ada, one).expect(200);
    const set = await shop.setTo(ada, one, 9).expect(200);
    expect(set.body.lines.map(({ sku, quantity }: Line) => [sku, quantity])).toEqual([
      [one, 9],
      [two, 1],
    ]);
    expect(quantities((await shop.remove(ada, one).expect(200)).body)).toEqual({ [two]: 1 });
    expect(await refused(shop.remove(ada, one))).toEqual([404, 'not-found']);
    expect(await refused(shop.setTo(ada, one, 1))).toEqual([404, 'not-found']);
    const empty = await shop.api.delete('/').set(ada.headers).expect(200);
    expect(empty.body).toMatchObject({ lines: [], itemCount: 0, total: { amountMinor: 0 } });
  });

  test('a version never repeats, also when the cart was emptied', async () => {
    const sku = shop.sell();
    const ada = shop.user();
    const versions: number[] = [];
    for (let round = 0; round < 3; round++) {
      for (const request of [
        shop.add(ada, sku),
        shop.setTo(ada, sku, 3),
        shop.remove(ada, sku),
        shop.api.delete('/').set(ada.headers),
      ]) {
        const { body, headers } = await request.expect(200);
        expect(headers.etag).toBe(`"${body.version}"`);
        versions.push(body.version);
      }
    }
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    expect(versions[0]).toBeGreaterThan(Date.now() / 1000 - 60);
  });

  test('a stale If-Match changes nothing, a fresh one does', async () => {
    const sku = shop.sell();
    const ada = shop.user();
    await shop.add(ada, sku).set('if-match', '"0"').expect(200);
    const { headers } = await shop.get(ada);
    await shop.add(ada, sku).expect(200);
    const stale = headers.etag ?? '';
    const destination = { country: 'DE', postcode: '10115', city: 'Berlin' };
    for (const request of [
      shop.add(ada, sku).set('if-match', '"0"'),
      shop.add(ada, sku).set('if-match', stale),
      shop.setTo(ada, sku, 9).set('if-match', stale),
      shop.remove(ada, sku).set('if-match', stale),
      shop.api.delete('/').set(ada.headers).set('if-match', stale),
      shop.api.put('/destination').set(ada.headers).set('if-match', stale).send(destination),
      shop.add(ada, sku).set('if-match', 'nonsense'),
    ]) {
      expect(await refused(request)).toEqual([412, 'etag-stale']);
    }
    const now = await shop.get(ada);
    expect(quantities(now.body)).toEqual({ [sku]: 2 });
    expect(now.body.destination).toBeUndefined();
    const fresh = `W/${now.headers.etag}`;
    await shop.setTo(ada, sku, 4).set('if-match', fresh).expect(200);
  });

  test.each([0, -1, 1.5, 100, 1e21, '2', null])('a quantity of %p is refused', async (quantity) => {
    const sku = shop.sell({ available: 1000 });
    const ada = shop.user();
    await shop.add(ada, sku, 3).expect(200);
    expect(await refused(shop.add(ada, sku, quantity))).toEqual([422, 'validation-failed']);
    expect(await refused(shop.setTo(ada, sku, quantity))).toEqual([422, 'validation-failed']);
    expect(quantities((await shop.get(ada)).body)).toEqual({ [sku]: 3 });
  });

  test('more than 99 of one product is refused, not quietly cut', async () => {
    const sku = shop.sell({ available: 1000 });
    const ada = shop.user();
    await shop.add(ada, sku, 60).expect(200);
    const { body } = await shop.add(ada, sku, 40).expect(422);
    expect(body.errors).toEqual([{ pointer: '/quantity', detail: expect.any(String) }]);
    expect(quantities((await shop.add(ada, sku, 39).expect(200)).body)).toEqual({ [sku]: 99 });
  });

  test('what the catalogue does not know, sell or have is refused', async () => {
    const ada = shop.user();
    expect(await refused(shop.add(ada, 'NO-SUCH-SKU'))).toEqual([404, 'unknown-sku']);
    expect(await refused(shop.add(ada, shop.sell({ discontinued: true })))).toEqual([409, 'out-of-stock']);
    expect(await refused(shop.add(ada, shop.sell({ available: 0 })))).toEqual([409, 'out-of-stock']);
    const scarce = shop.sell({ available: 3 });
    await shop.add(ada, scarce, 2).expect(200);
    const { body } = await shop.add(ada, scarce, 2).expect(409);
    expect(body).toMatchObject({ type: 'urn:shopstack:problem:out-of-stock', available: 3 });
    expect(await refused(shop.setTo(ada, scarce, 4))).toEqual([409, 'out-of-stock']);
    expect(quantities((await shop.get(ada)).body)).toEqual({ [scarce]: 2 });
  });

  test('holds a hundred products; the next is refused, more of the same is not', async () => {
    const ada = shop.user();
    const skus = Array.from({ length: 100 }, (_, n) => shop.sell({}, `FULL-${n}`));
    for (const sku of skus) await shop.add(ada, sku).expect(200);
    expect(await refused(shop.add(ada, shop.sell()))).toEqual([409, 'cart-full']);
    expect((await shop.add(ada, 'FULL-0').expect(200)).body.itemCount).toBe(101);
  });

  test('unknown fields, malformed JSON and a wrong SKU in the path are refused', async () => {
    const ada = shop.user();
    const sku = shop.sell();
    const post = shop.api.post('/items').set(ada.headers);
    expect(await refused(post.send({ sku, quantity: 1, price: 1 }))).toEqual([422, 'validation-failed']);
    const raw = shop.api.post('/items').set(ada.headers).set('content-type', 'application/json');
    expect(await refused(raw.send('{"sku":'))).toEqual([400, 'malformed-json']);
    expect(await refused(shop.setTo(ada, 'a%20b', 1))).toEqual([422, 'validation-failed']);
    expect((await shop.get(ada)).body.version).toBe(0);
  });

  test('many changes at once are all kept', async () => {
    const sku = shop.sell({ available: 99 });
    const ada = shop.user();
    await Promise.all(Array.from({ length: 30 }, () => shop.add(ada, sku).expect(200)));
    expect(quantities((await shop.get(ada)).body)).toEqual({ [sku]: 30 });
  });
});

describe('a resend with the same Idempotency-Key', () => {
  const key = (name: string) => ({ 'idempotency-key': name });

  test('changes nothing, also when the first took the last units', async () => {
    const sku = shop.sell({ available: 2 });
    const ada = shop.user();
    const first = await shop.add(ada, sku, 2).set(key('a')).expect(200);
    const second = await shop.add(ada, sku, 2).set(key('a')).expect(200);
    expect(second.body).toEqual(first.body);
    const set = await shop.setTo(ada, sku, 1).set(key('b')).expect(200);
    shop.catalogue.goods.set(sku, { priceMinor: 1000, available: 0 });
    expect((await shop.setTo(ada, sku, 1).set(key('b')).expect(200)).body.version).toBe(set.body.version);
    await shop.remove(ada, sku).set(key('c')).expect(200);
    await shop.remove(ada, sku).set(key('c')).expect(200);
  });

  test('of ten at once one has an effect', async () => {
    const sku = shop.sell();
    const ada = shop.user();
    await Promise.all(Array.from({ length: 10 }, () => shop.add(ada, sku, 2).set(key('ten')).expect(200)));
    expect(quantities((await shop.get(ada)).body)).toEqual({ [sku]: 2 });
  });

  test('but for another request is refused, and another holder may use the same key', async () => {
    const sku = shop.sell();
    const [ada, bob] = [shop.user(), shop.user()];
    await shop.add(ada, sku, 2).set(key('k|#')).expect(200);
    expect(await refused(shop.add(ada, sku, 3).set(key('k|#')))).toEqual([422, 'idempotency-key-reused']);
    expect(await refused(shop.remove(ada, sku).set(key('k|#')))).toEqual([422, 'idempotency-key-reused']);
    await shop.add(ada, sku, 1).set(key('k/#')).expect(200);
    await shop.add(bob, sku, 5).set(key('k|#')).expect(200);
    expect(quantities((await shop.get(ada)).body)).toEqual({ [sku]: 3 });
  });
});
