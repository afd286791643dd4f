import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Fixture, openFixture } from './fixture.ts';

let shop: Fixture;
beforeAll(async () => {
  shop = await openFixture();
});
afterAll(() => shop.close());

const header =
  'Handle,Title,Body (HTML),Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Image Src';
const send = (rows: string[]) =>
  shop.api
    .post('/imports')
    .set(shop.merchandiser)
    .type('text/csv')
    .send([header, ...rows].join('\n'));

describe('importing a product CSV', () => {
  test('good products come in, one with a bad row stays out whole and is named by line and column', async () => {
    const { body } = await send([
      'good,Good,"<p>two',
      'lines</p>",V,Tools,,,GOOD,100,5,10.00,',
      'half,Half,,V,Tools,Size,S,HALF-S,100,5,10.00,',
      'half,,,,,,L,HALF-L,100,5,ten euros,',
      'half,,,,,,XL,HALF-XL,heavy,5,12.00,',
    ]).expect(200);
    expect(body.products).toEqual({ created: 1, updated: 0, unchanged: 0, failed: 1 });
    expect(body.errors).toEqual([
      { line: 5, column: 'Variant Price', product: 'half', detail: 'is not a price like 24.90' },
      { line: 6, column: 'Variant Grams', product: 'half', detail: 'is not a whole number' },
    ]);
    await shop.api.get('/products/good').expect(200);
    await shop.api.get('/products/HALF-S').expect(404);
  });

  test('a repeated import changes nothing; a changed row updates; stock becomes what the file says', async () => {
    const rows = ['repeat,Repeat,,V,Tools,,,REPEAT,100,5,10.00,'];
    expect((await send(rows).expect(200)).body.products.created).toBe(1);
    expect((await send(rows).expect(200)).body.products.unchanged).toBe(1);
    const changed = await send(['repeat,Repeat,,V,Tools,,,REPEAT,100,9,11.00,']).expect(200);
    expect(changed.body.products.updated).toBe(1);
    const { body } = await shop.api.get('/products/repeat').expect(200);
    expect(body).toMatchObject({ price: { amountMinor: 1100 }, stock: { available: 9 }, version: 2 });
    const it = await shop.catalogue.stock.bySku('REPEAT');
    expect(it?.adjusted).toBe(9);
  });

  test('rows without a SKU get one from handle and options; rows that only add a picture are no variants', async () => {
    await send([
      'shirt,Shirt,,V,Wear,Size,S,,100,5,10.00,',
      'shirt,,,,,,M,,100,5,10.00,',
      'shirt,,,,,,,,,,,https://example.test/a.jpg',
    ]).expect(200);
    const { body } = await shop.api.get('/products/shirt').expect(200);
    expect(body.variants.map((it: { sku: string }) => it.sku)).toEqual(['shirt-s', 'shirt-m']);
  });

  test('a SKU of another product is reported and nothing of the product is kept', async () => {
    await send(['owner,Owner,,V,Tools,,,TAKEN,100,5,10.00,']).expect(200);
    const { body } = await send(['thief,Thief,,V,Tools,,,TAKEN,100,5,10.00,']).expect(200);
    expect(body.errors).toEqual([
      { line: 2, column: 'Variant SKU', product: 'thief', detail: 'Another product has this SKU' },
    ]);
    await shop.api.get('/products/thief').expect(404);
  });

  test('what is no product CSV is refused, and so is a customer', async () => {
    await shop.api.post('/imports').set(shop.merchandiser).type('text/csv').send('a,b\n1,2').expect(422);
    await shop.api.post('/imports').set(shop.customer).type('text/csv').send(header).expect(403);
    await shop.api.post('/imports').set(shop.merchandiser).send({ rows: [] }).expect(415);
  });

  test('an export can be imported again and changes nothing; formulas are made harmless', async () => {
    await send(['formula,=1+1,,V,Tools,,,FORMULA,100,5,10.00,']).expect(200);
    const { text } = await shop.api.get('/exports/products.csv').set(shop.merchandiser).expect(200);
    expect(text).toContain("'=1+1");
    const { body } = await shop.api
      .post('/imports')
      .set(shop.merchandiser)
      .type('text/csv')
      .send(text)
      .expect(200);
    expect(body.products).toMatchObject({ created: 0, failed: 0 });
  });
});

test('the sample catalogue is a CSV that comes in without an error', async () => {
  const file = await readFile(new URL('../../../mongo/catalogue/products.csv', import.meta.url));
  const { body } = await shop.api
    .post('/imports')
    .set(shop.merchandiser)
    .type('text/csv')
    .send(file.toString())
    .expect(200);
  expect(body.errors).toEqual([]);
  expect(body.products.created).toBeGreaterThanOrEqual(50);
});
