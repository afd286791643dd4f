import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { bearer } from '@shopstack/testkit/tokens';
import { sql } from 'kysely';
import { address, cartLine, destination, expectedTotal, quoteFor } from './fake-services.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());
beforeEach(() => {
  shop.services.down.clear();
});

const count = async () => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from orders`.execute(shop.database.db);
  return Number(rows[0]?.n);
};
const codeOf = (body: { type: string }) => body.type.replace('urn:shopstack:problem:', '');

test('an order is worked out again from cart, prices and offer', async () => {
  const answer = await shop.guest().order().expect(201);
  const { body } = answer;
  expect(body).toMatchObject({
    status: 'placed',
    subtotal: { amountMinor: 1998, currency: 'EUR' },
    // 319 of 1998 and 78 of 490 are tax at 19 %.
    tax: { amountMinor: 397, currency: 'EUR' },
    discount: { amountMinor: 0 },
    shipping: { amountMinor: 490 },
    total: expectedTotal,
    delivery: { method: 'standard', days: { min: 1, max: 2 } },
    payment: { method: 'card', state: 'pending' },
    address,
  });
  expect(body.number).toMatch(/^SH-[0-9A-HJKMNP-TV-Z]{8}$/);
  expect(answer.headers.location).toBe(`/api/v1/dispatch/orders/${body.id}`);
});

test('a signed-in customer needs no e-mail and gets no follow token', async () => {
  const token = shop.issuer.token();
  const { cart, quote } = shop.services.fill(`Bearer ${token}`);
  shop.services.emails.set(`Bearer ${token}`, 'grace@example.com');
  const { email: _, ...body } = shop.guest().body;
  const placed = await shop.http
    .post('/orders')
    .set(bearer(token))
    .set('idempotency-key', uuidv7())
    .send({ ...body, cartVersion: cart.version, shippingQuoteId: quote.quoteId })
    .expect(201);
  expect(placed.body.followToken).toBeUndefined();
  const row = await shop.store.orders.read(placed.body.id);
  expect(row?.email).toBe('grace@example.com');
});

test('only the cart cookie travels on to other services', async () => {
  const guest = shop.guest();
  shop.services.carts.set('cart=abc', { ...guest.cart, id: uuidv7() });
  await shop.http
    .post('/orders')
    .set('cookie', 'refresh=secret; cart=abc; other=1')
    .set('idempotency-key', uuidv7())
    .send(guest.body)
    .expect(201);
  expect(shop.services.cart.requests.at(-1)?.headers.cookie).toBe('cart=abc');
});

describe('refused without a trace', () => {
  type Change = (guest: ReturnType<Shop['guest']>) => object | undefined;
  const cases: [code: string, status: number, change: Change][] = [
    ['price-changed', 409, () => ({ expectedTotal: { amountMinor: 1, currency: 'EUR' } })],
    ['price-changed', 409, () => ({ expectedTotal: { ...expectedTotal, currency: 'KES' } })],
    ['cart-changed', 409, () => ({ cartVersion: 2 })],
    ['quote-expired', 409, () => ({ shippingQuoteId: uuidv7() })],
    ['quote-mismatch', 409, () => ({ address: { ...address, postcode: '20095', city: 'Hamburg' } })],
    ['quote-mismatch', 409, () => ({ address: { ...address, country: 'AT' } })],
    ['payment-method-unavailable', 422, () => ({ paymentMethod: 'cash' })],
    ['validation-failed', 422, () => ({ paymentMethod: 'mpesa', paymentToken: '0712' })],
    ['validation-failed', 422, () => ({ paymentToken: undefined })],
    ['validation-failed', 422, () => ({ email: undefined })],
    ['validation-failed', 422, () => ({ discount: 5 })],
    ['validation-failed', 422, () => ({ cartVersion: '3' })],
    ['validation-failed', 422, () => ({ address: { ...address, name: 'x'.repeat(121) } })],
    ['cart-empty', 409, ({ cookie, cart }) => void shop.services.carts.set(cookie, { ...cart, lines: [] })],
    [
      'quote-expired',
      409,
      ({ quote }) => void shop.services.quotes.set(quote.quoteId, { ...quote, expired: true }),
    ],
    [
      'quote-mismatch',
      409,
      ({ quote }) => {
        const other = { ...quoteFor([cartLine('CUP-1', 3)]), quoteId: quote.quoteId };
        shop.services.quotes.set(quote.quoteId, other);
        return undefined;
      },
    ],
  ];
  test.each(cases)('%s (%i, case %#)', async (code, status, change) => {
    const guest = shop.guest();
    const before = await count();
    const answer = await guest.order(uuidv7(), change(guest) ?? {}).expect(status);
    expect(codeOf(answer.body)).toBe(code);
    if (code === 'price-changed') expect(answer.body.total).toEqual(expectedTotal);
    expect(await count()).toBe(before);
  });

  test('goods that are gone or sold out', async () => {
    const old = await shop
      .guest('sim_ok', [cartLine('OLD')])
      .order()
      .expect(409);
    expect(codeOf(old.body)).toBe('cart-not-orderable');
    const empty = await shop
      .guest('sim_ok', [cartLine('EMPTY')])
      .order()
      .expect(409);
    expect(codeOf(empty.body)).toBe('out-of-stock');
    expect(empty.body.skus).toEqual(['EMPTY']);
  });

  test('malformed, oversized and keyless requests, foreign tokens', async () => {
    const { cookie, body } = shop.guest();
    const post = () =>
      shop.http.post('/orders').set('cookie', cookie).set('content-type', 'application/json');
    const before = await count();
    expect(codeOf((await post().set('idempotency-key', 'a').send('{').expect(400)).body)).toBe(
      'malformed-json',
    );
    const large = JSON.stringify({ ...body, email: 'x'.repeat(120_000) });
    await post().set('idempotency-key', 'b').send(large).expect(413);
    expect(codeOf((await post().send(body).expect(400)).body)).toBe('idempotency-key-missing');
    await post().set(bearer('nonsense')).set('idempotency-key', 'c').send(body).expect(401);
    const expired = shop.issuer.token({ expiresInSeconds: -60 });
    await post().set(bearer(expired)).set('idempotency-key', 'd').send(body).expect(401);
    expect(await count()).toBe(before);
  });

  test.each(['cart', 'catalogue', 'shipping'])('while %s does not answer', async (service) => {
    shop.services.down.add(service);
    const guest = shop.guest();
    const key = uuidv7();
    const answer = await guest.order(key).expect(503);
    expect(answer.headers['retry-after']).toBeDefined();
    shop.services.down.clear();
    await new Promise((resolve) => setTimeout(resolve, 2100));
    await guest.order(key).expect(201);
  });
});

describe('the same request again', () => {
  test('is answered with the first answer, follow token included', async () => {
    const guest = shop.guest();
    const key = uuidv7();
    const first = await guest.order(key).expect(201);
    const again = await guest.order(key).expect(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers.location).toBe(first.headers.location);
    const { rows } = await sql<{ n: number }>`select count(*) as n from idempotency
      where answer like ${`%${first.body.followToken}%`}`.execute(shop.database.db);
    expect(Number(rows[0]?.n)).toBe(0);
  });

  test('with another body is refused', async () => {
    const guest = shop.guest();
    const key = uuidv7();
    await guest.order(key).expect(201);
    const other = await guest.order(key, { email: 'eve@example.com' }).expect(422);
    expect(codeOf(other.body)).toBe('idempotency-key-reused');
  });

  test('sent at the same moment makes one order', async () => {
    const guest = shop.guest();
    const key = uuidv7();
    const before = await count();
    const answers = await Promise.all([1, 2, 3, 4].map(() => guest.order(key)));
    expect(answers.map((it) => it.status).every((it) => it === 201 || it === 409)).toBe(true);
    for (const it of answers.filter((one) => one.status === 409))
      expect(codeOf(it.body)).toBe('idempotency-key-running');
    expect(await count()).toBe(before + 1);
  });

  test('a business refusal is replayed, a server fault is not kept', async () => {
    const guest = shop.guest();
    const key = uuidv7();
    const change = { expectedTotal: { amountMinor: 1, currency: 'EUR' } };
    await guest.order(key, change).expect(409);
    const again = await guest.order(key, change).expect(409);
    expect(again.body).toMatchObject({ total: expectedTotal });
  });
});

test('two tabs make one order, and the second tab is told where it is', async () => {
  const guest = shop.guest();
  const tabs = await Promise.all([guest.order(), guest.order(), guest.order()]);
  const placed = tabs.filter((it) => it.status === 201);
  expect(placed).toHaveLength(1);
  for (const tab of tabs.filter((it) => it.status !== 201)) {
    expect(codeOf(tab.body)).toBe('cart-already-ordered');
    expect(tab.headers.location).toBe(placed[0]?.headers.location);
  }
  shop.services.carts.set(guest.cookie, { ...guest.cart, version: 4, lines: [] });
  const later = await guest.order().expect(409);
  expect(codeOf(later.body)).toBe('cart-already-ordered');
});

describe('who may see an order', () => {
  test('a guest with its token, support, and nobody else', async () => {
    const { id, followToken } = (await shop.guest().order().expect(201)).body;
    const other = (await shop.guest().order().expect(201)).body;
    const get = (path = `/orders/${id}`) => shop.http.get(path);
    await get().set('follow-token', followToken).expect(200);
    await get()
      .set(bearer(shop.issuer.token({ roles: ['support'] })))
      .expect(200);
    await get()
      .set(bearer(shop.issuer.token({ roles: ['admin'] })))
      .expect(200);
    await get().set(bearer(shop.issuer.token())).expect(404);
    await get()
      .set(bearer(shop.issuer.token({ roles: ['merchandiser'] })))
      .expect(404);
    await get().set('follow-token', other.followToken).expect(404);
    await get().set('follow-token', '').expect(401);
    await get().expect(401);
    await get(`/orders/${uuidv7()}`).set('follow-token', followToken).expect(404);
    await get('/orders/nonsense').set('follow-token', followToken).expect(422);
    const cancel = shop.http.post(`/orders/${id}/cancellations`).set('idempotency-key', uuidv7());
    await cancel.set(bearer(shop.issuer.token())).send({}).expect(404);
  });

  test('only support lists orders, page by page', async () => {
    const guest = shop.guest();
    const { id, number } = (await guest.order(uuidv7(), { email: 'listed@example.com' }).expect(201)).body;
    await shop.guest().order(uuidv7(), { email: 'listed@example.com' }).expect(201);
    await shop.http.get('/orders').set(bearer(shop.issuer.token())).expect(403);
    await shop.http.get('/orders').expect(401);
    const support = bearer(shop.issuer.token({ roles: ['support'] }));
    const list = async (query: string) =>
      (await shop.http.get(`/orders?${query}`).set(support).expect(200)).body;
    expect((await list(`q=${number}`)).items.map((it: { id: string }) => it.id)).toEqual([id]);
    expect((await list(`q=${number.toLowerCase().replace('sh-', '')}`)).items).toHaveLength(1);
    expect((await list(`q=${id}`)).items).toHaveLength(1);
    expect((await list('q=nobody')).items).toEqual([]);
    const first = await list('q=listed@example.com&limit=1');
    expect(first.items).toHaveLength(1);
    const second = await list(`q=listed@example.com&limit=1&cursor=${first.next}`);
    expect(second).toMatchObject({ next: null, items: [{ id }] });
    expect((await list('state=attention-required')).items).toEqual([]);
    await shop.http.get('/orders?cursor=forged').set(support).expect(422);
    await shop.http.get('/orders?sort=email').set(support).expect(422);
  });
});

test('places that are written a little differently are the same place', async () => {
  const change = { address: { ...address, city: ' berlin', postcode: '10 115' } };
  expect(destination.city).toBe('Berlin');
  await shop.guest().order(uuidv7(), change).expect(201);
});

describe('asking for a cancellation', () => {
  const placed = async () => {
    const { id, followToken } = (await shop.guest().order().expect(201)).body;
    const ask = (body: object, key = uuidv7()) =>
      shop.http.post(`/orders/${id}/cancellations`).set('idempotency-key', key).send(body);
    return { id, followToken, ask };
  };
  test('needs a key, a known shape and the order to be the caller’s', async () => {
    const { id, followToken, ask } = await placed();
    const keyless = shop.http.post(`/orders/${id}/cancellations`).set('follow-token', followToken);
    expect(codeOf((await keyless.send({}).expect(400)).body)).toBe('idempotency-key-missing');
    await ask({ refund: true }).set('follow-token', followToken).expect(422);
    await ask({ reason: 5 }).set('follow-token', followToken).expect(422);
    await ask({ reason: 'x'.repeat(301) })
      .set('follow-token', followToken)
      .expect(422);
    await ask({}).expect(401);
    await ask({}).set('follow-token', 'guess').expect(404);
    expect((await shop.store.orders.read(id))?.view.steps.map((it) => it.step)).not.toContain(
      'cancel-requested',
    );
  });

  test('by support says so, and keeps what was written', async () => {
    const { id, ask } = await placed();
    const support = bearer(shop.issuer.token({ roles: ['support'] }));
    const key = uuidv7();
    const answer = await ask({ reason: 'customer called' }, key).set(support).expect(202);
    expect(answer.body.reason.code).toBe('cancelled-by-support');
    const acts = (await shop.store.journeys.ofOrder(id)).filter(({ name }) => name === 'cancel');
    expect(acts).toMatchObject([{ kind: 'person', detail: expect.stringContaining('customer called') }]);
    await ask({ reason: 'another' }, key)
      .set(support)
      .expect(422)
      .expect(/idempotency-key-reused/);
  });
});
