import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { type Fixture, openFixture } from './fixture.ts';

let shop: Fixture;
beforeAll(async () => {
  shop = await openFixture();
});
afterAll(() => shop.close());

const price = (amountMinor: number, currency = 'EUR') => ({ amountMinor, currency });
const kettle = (id: string) => ({
  id,
  name: 'Kettle',
  brand: 'Test',
  categories: ['kitchen'],
  variants: [{ sku: id.toUpperCase(), price: price(4900), weightGrams: 900 }],
});
const code = (body: { type: string }) => body.type.replace('urn:shopstack:problem:', '');

describe('products', () => {
  test('a merchandiser adds, changes and takes off sale; each needs the version that was read', async () => {
    const added = await shop.api.post('/products').set(shop.merchandiser).send(kettle('kettle')).expect(201);
    expect(added.headers.location).toBe('/api/v1/catalogue/products/KETTLE');
    const patched = await shop.api
      .patch('/products/KETTLE')
      .set(shop.merchandiser)
      .set('if-match', '"1"')
      .send({ name: 'Tall kettle' })
      .expect(200);
    expect(patched.body).toMatchObject({ name: 'Tall kettle', version: 2 });
    const stale = await shop.api
      .patch('/products/KETTLE')
      .set(shop.merchandiser)
      .set('if-match', '"1"')
      .send({ name: 'No' })
      .expect(412);
    expect(code(stale.body)).toBe('etag-stale');
    await shop.api.patch('/products/KETTLE').set(shop.merchandiser).send({ name: 'No' }).expect(428);
    await shop.api.delete('/products/KETTLE').set(shop.merchandiser).set('if-match', '"2"').expect(204);
    expect((await shop.api.get('/products/KETTLE').expect(200)).body.discontinued).toBe(true);
  });

  test('a new price and the end of sale leave as events with the same write', async () => {
    await shop.api.post('/products').set(shop.merchandiser).send(kettle('priced')).expect(201);
    const { variants, ...rest } = kettle('priced');
    const { id: _, ...fields } = { ...rest, variants: [{ ...variants[0], price: price(5500) }] };
    await shop.api
      .put('/products/PRICED')
      .set(shop.merchandiser)
      .set('if-match', '"1"')
      .send(fields)
      .expect(200);
    await shop.api.delete('/products/PRICED').set(shop.merchandiser).set('if-match', '"2"').expect(204);
    const kept = await shop.catalogue.products.collection.findOne({ _id: 'priced' as never });
    expect(kept?.outgoing.map((it: { type: string }) => it.type)).toEqual([
      'product.price-changed.v1',
      'product.discontinued.v1',
    ]);
  });

  test('a SKU or an id that exists is refused', async () => {
    await shop.api.post('/products').set(shop.merchandiser).send(kettle('unique')).expect(201);
    const same = await shop.api.post('/products').set(shop.merchandiser).send(kettle('unique')).expect(409);
    expect(code(same.body)).toBe('product-exists');
    const sku = await shop.api
      .post('/products')
      .set(shop.merchandiser)
      .send({ ...kettle('other'), variants: kettle('unique').variants })
      .expect(409);
    expect(code(sku.body)).toBe('sku-taken');
  });

  test('customers and guests may not, and nothing changes', async () => {
    await shop.api.post('/products').set(shop.customer).send(kettle('forbidden')).expect(403);
    await shop.api.post('/products').send(kettle('forbidden')).expect(401);
    await shop.api.get('/products/FORBIDDEN').expect(404);
  });

  test.each([
    ['an unknown field', { ...kettle('bad'), stock: 5 }, '/stock'],
    [
      'a price as a float',
      { ...kettle('bad'), variants: [{ sku: 'BAD', price: price(1.5), weightGrams: 1 }] },
      '/variants/0/price/amountMinor',
    ],
    [
      'a negative price',
      { ...kettle('bad'), variants: [{ sku: 'BAD', price: price(-1), weightGrams: 1 }] },
      '/variants/0/price/amountMinor',
    ],
    [
      'another currency',
      { ...kettle('bad'), variants: [{ sku: 'BAD', price: price(1, 'USD'), weightGrams: 1 }] },
      '/variants',
    ],
    ['no variant', { ...kettle('bad'), variants: [] }, '/variants'],
  ])('%s is refused with a pointer', async (_, body, pointer) => {
    const answer = await shop.api.post('/products').set(shop.merchandiser).send(body).expect(422);
    expect(answer.body.errors[0].pointer).toBe(pointer);
    await shop.api.get('/products/bad').expect(404);
  });

  test('malformed JSON is 400, another type 415, too much 413, too deep 422', async () => {
    const post = () => shop.api.post('/products').set(shop.merchandiser);
    expect(code((await post().type('json').send('{"a":').expect(400)).body)).toBe('malformed-json');
    expect(code((await post().type('text').send('hello').expect(415)).body)).toBe('unsupported-media-type');
    expect(
      code(
        (
          await post()
            .send({ name: 'x'.repeat(110_000) })
            .expect(413)
        ).body,
      ),
    ).toBe('body-too-large');
    const deep = JSON.parse(`${'{"a":'.repeat(30)}1${'}'.repeat(30)}`);
    expect(code((await post().send(deep).expect(422)).body)).toBe('validation-failed');
  });
});

describe('stock adjustments', () => {
  const adjust = (sku: string, key: string, body: object) =>
    shop.api
      .post(`/products/${sku}/stock-adjustments`)
      .set(shop.merchandiser)
      .set('idempotency-key', key)
      .send(body);

  test('the same key counts once and answers the same; the ledger tells who and why', async () => {
    const sku = await shop.stocked('counted', 5);
    const first = await adjust(sku, 'k1', { delta: 3, reason: 'delivery' }).expect(201);
    const again = await adjust(sku, 'k1', { delta: 3, reason: 'delivery' }).expect(201);
    expect(again.body).toEqual(first.body);
    expect(first.body.available).toBe(8);
    const { body } = await shop.api
      .get(`/products/${sku}/stock-movements`)
      .set(shop.merchandiser)
      .expect(200);
    expect(body.items.map((it: { delta: number }) => it.delta)).toEqual([3, 5]);
  });

  test('a key with another body, no key, and a key that runs are refused', async () => {
    const sku = await shop.stocked('keys', 5);
    await adjust(sku, 'k1', { delta: 1, reason: 'x' }).expect(201);
    expect(code((await adjust(sku, 'k1', { delta: 2, reason: 'x' }).expect(422)).body)).toBe(
      'idempotency-key-reused',
    );
    const none = await shop.api
      .post(`/products/${sku}/stock-adjustments`)
      .set(shop.merchandiser)
      .send({ delta: 1, reason: 'x' })
      .expect(400);
    expect(code(none.body)).toBe('idempotency-key-missing');
    const both = await Promise.all([
      adjust(sku, 'k2', { delta: 1, reason: 'x' }),
      adjust(sku, 'k2', { delta: 1, reason: 'x' }),
    ]);
    expect(both.map(({ status }) => status).filter((status) => status !== 201 && status !== 409)).toEqual([]);
    expect((await shop.catalogue.stock.bySku(sku))?.available).toBe(7);
  });

  test('the stock never goes below zero, and the refusal is kept for the key', async () => {
    const sku = await shop.stocked('floor', 2);
    for (const _ of [1, 2]) {
      expect(code((await adjust(sku, 'k', { delta: -3, reason: 'lost' }).expect(409)).body)).toBe(
        'stock-would-be-negative',
      );
    }
    expect(code((await adjust('NO-SUCH', 'k', { delta: 1, reason: 'x' }).expect(404)).body)).toBe(
      'unknown-sku',
    );
  });
});

describe('pictures', () => {
  test('an upload is re-encoded, narrowed on request and cached for ever', async () => {
    await shop.stocked('pictured', 1);
    const png = await sharp({ create: { width: 900, height: 900, channels: 3, background: '#336699' } })
      .png()
      .toBuffer();
    const { body } = await shop.api
      .post('/products/pictured/images?alt=blue')
      .set(shop.merchandiser)
      .type('image/png')
      .send(png)
      .expect(201);
    const { name, url, alt } = body.images[0];
    expect({ alt, url }).toEqual({ alt: 'blue', url: `/api/v1/catalogue/images/${name}` });
    const small = await shop.api
      .get(`/images/${name}?w=160`)
      .expect(200)
      .expect('cache-control', /immutable/);
    expect((await sharp(small.body).metadata()).width).toBe(160);
  });

  test('a script in a picture is no picture', async () => {
    await shop.stocked('scripted', 1);
    const send = (type: string, bytes: string) =>
      shop.api.post('/products/scripted/images').set(shop.merchandiser).type(type).send(Buffer.from(bytes));
    await send('image/png', '<script>alert(1)</script>').expect(422);
    await send('text/html', '<b>').expect(415);
  });
});
