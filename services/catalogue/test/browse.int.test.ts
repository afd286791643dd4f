import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createImporter } from '../src/store/importer.ts';
import { picturesKnown } from '../src/store/pictures.ts';
import { type Fixture, openFixture } from './fixture.ts';

let shop: Fixture;
const rows = [
  'Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src',
  'oak-lamp,Oak lamp,<p>Warm</p>,Nordlicht,Lighting,"material:oak, cosy",Colour,Natural,LAMP-NAT,1200,8,89.00,99.00,',
  'oak-lamp,,,,,,,Black,LAMP-BLK,1200,0,92.00,,',
  'brass-lamp,Brass lantern,,Nordlicht,Lighting,,,,LANTERN,800,2,45.50,,',
  'tide-mug,Tide mug,,Seegras,Kitchen,,Colour,Blue,MUG-BLU,340,50,18.00,,',
  'novel,The quiet harbour,,Seegras,Books,,,,BOOK-1,400,0,12.00,,',
];
beforeAll(async () => {
  shop = await openFixture();
  const importCsv = createImporter(shop.catalogue, picturesKnown(shop.catalogue.images));
  await importCsv(Buffer.from(rows.join('\n')));
  await shop.catalogue.search.refresh();
});
afterAll(() => shop.close());

const list = async (query: string) => (await shop.api.get(`/products?${query}`).expect(200)).body;
const ids = (body: { items: { id: string }[] }) => body.items.map(({ id }) => id);

describe('browsing', () => {
  test('a list shows price, stock and picture of each product, and facets with counts', async () => {
    const body = await list('sort=price-asc');
    expect(ids(body)).toEqual(['novel', 'tide-mug', 'brass-lamp', 'oak-lamp']);
    expect(body.total).toBe(4);
    expect(body.items[3]).toMatchObject({
      sku: 'LAMP-NAT',
      price: { amountMinor: 8900, currency: 'EUR' },
      stock: { available: 8, state: 'in-stock' },
      variantCount: 2,
    });
    expect(body.facets.category).toContainEqual({ value: 'lighting', label: 'Lighting', count: 2 });
    expect(body.facets.availability).toContainEqual({ value: 'out', label: 'out', count: 1 });
  });

  test('a facet counts what the other filters leave', async () => {
    const body = await list('brand=Seegras&inStock=true');
    expect(ids(body)).toEqual(['tide-mug']);
    expect(body.facets.brand.map((it: { value: string }) => it.value).sort()).toEqual([
      'Nordlicht',
      'Seegras',
    ]);
  });

  test('filters combine: category, price band and two brands', async () => {
    expect(ids(await list('category=lighting&maxPrice=5000'))).toEqual(['brass-lamp']);
    expect(ids(await list('brand=Seegras&brand=Nordlicht&minPrice=8000'))).toEqual(['oak-lamp']);
  });

  test('search forgives a typo and ranks the name first', async () => {
    expect(ids(await list('q=lanternn'))).toEqual(['brass-lamp']);
    expect(ids(await list('q=laterne'))).toEqual(['brass-lamp']);
    expect(ids(await list('q=oak%20lmap'))).toEqual(['oak-lamp']);
    const { body } = await shop.api.get('/suggestions?q=oak').expect(200);
    expect(body.items[0]).toMatchObject({ id: 'oak-lamp', name: 'Oak lamp' });
  });

  test('pages follow each other without gap or repetition, in every order', async () => {
    for (const sort of ['newest', 'price-asc', 'price-desc', 'rating', 'name']) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const body = await list(`sort=${sort}&limit=1${cursor}`);
        seen.push(...ids(body));
        cursor = body.next ? `&cursor=${encodeURIComponent(body.next)}` : '';
      } while (cursor !== '');
      expect([...seen].sort()).toEqual(['brass-lamp', 'novel', 'oak-lamp', 'tide-mug']);
    }
  });

  test('a made-up cursor, an unknown filter and a wrong limit are refused with a pointer', async () => {
    for (const [query, pointer] of [
      ['cursor=zzz', '/query/cursor'],
      ['colour=red', '/query/colour'],
      ['limit=1000', '/query/limit'],
      ['category[$ne]=x', '/query/category[$ne]'],
    ]) {
      const { body } = await shop.api.get(`/products?${query}`).expect(422);
      expect(body.type).toBe('urn:shopstack:problem:validation-failed');
      expect(body.errors[0].pointer).toBe(pointer);
    }
  });

  test('a product answers by SKU and by id, with the variant that was asked for on top', async () => {
    const { body } = await shop.api.get('/products/LAMP-BLK').expect(200).expect('etag', '"1"');
    expect(body).toMatchObject({
      id: 'oak-lamp',
      sku: 'LAMP-BLK',
      stock: { state: 'out' },
      attributes: { material: 'oak', Tags: 'cosy' },
    });
    expect((await shop.api.get('/products/oak-lamp').expect(200)).body.sku).toBe('LAMP-NAT');
    await shop.api.get('/products/nothing').expect(404);
  });

  test('related products share category or brand', async () => {
    const { body } = await shop.api.get('/products/oak-lamp/related').expect(200);
    expect(ids(body)).toEqual(['brass-lamp']);
  });

  test('categories count what is on sale', async () => {
    const { body } = await shop.api.get('/categories').expect(200);
    expect(body.items).toContainEqual({ slug: 'lighting', name: 'Lighting', count: 2, children: [] });
  });

  test('a price snapshot carries tax of the destination, weight and availability', async () => {
    const { body } = await shop.api
      .post('/price-snapshots')
      .send({ skus: ['MUG-BLU'], country: 'FR' })
      .expect(200);
    expect(body.items[0]).toMatchObject({
      productId: 'tide-mug',
      taxRateBp: 2000,
      weightGrams: 340,
      available: 50,
    });
    const unknown = await shop.api
      .post('/price-snapshots')
      .send({ skus: ['MUG-BLU', 'NOPE'] })
      .expect(404);
    expect(unknown.body).toMatchObject({
      type: 'urn:shopstack:problem:unknown-sku',
      errors: [{ pointer: '/skus/1' }],
    });
  });
});

test('the documents page and OpenAPI describe every operation', async () => {
  const { body } = await shop.api.get('/openapi.json').expect(200);
  expect(Object.keys(body.paths)).toContain('/products/{sku}');
  expect(JSON.stringify(body)).not.toContain('"$ref":"#/$defs');
  expect((await shop.api.get('/docs').expect(200)).text).toContain(
    '/api/v1/catalogue/docs/swagger-ui-bundle.js',
  );
});
