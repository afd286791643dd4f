import { testPlatform } from '@shopstack/testkit/platform';
import { openTestMongo } from '@shopstack/testkit/stores';
import { bearer, createTestIssuer } from '@shopstack/testkit/tokens';
import supertest from 'supertest';
import { createApp } from '../src/app.ts';
import { openCatalogue } from '../src/store/catalogue.ts';
import { openDatabase } from '../src/store/database.ts';

/** The real app over a database of its own. */
export async function openFixture() {
  const store = await openTestMongo();
  const database = await openDatabase(store.url);
  const issuer = createTestIssuer();
  const platform = testPlatform('catalogue', issuer.authorisation);
  const catalogue = await openCatalogue(database.connection, platform.log);
  const app = createApp({
    platform,
    catalogue,
    front: { currency: 'EUR', publicPath: '/api/v1/catalogue' },
    publicUrl: 'http://shop.test',
    homeCountry: 'DE',
    wake: () => undefined,
  });
  return {
    api: supertest(app),
    catalogue,
    database,
    merchandiser: bearer(issuer.token({ roles: ['merchandiser'] })),
    customer: bearer(issuer.token()),
    /** A product with one SKU that has this many units for sale. */
    async stocked(id: string, units: number, priceMinor = 1000): Promise<string> {
      const sku = id.toUpperCase();
      await catalogue.products.create(
        id,
        {
          name: id,
          description: '',
          brand: 'Test',
          categories: ['tests'],
          taxClass: 'standard',
          attributes: {},
          variants: [{ sku, options: {}, priceMinor, weightGrams: 100 }],
        },
        [],
      );
      await catalogue.stock.open(sku, id);
      if (units > 0)
        await catalogue.stock.adjust({
          sku,
          delta: units,
          reason: 'test',
          key: `first ${sku}`,
          kind: 'import',
        });
      await catalogue.search.refresh();
      return sku;
    },
    close: async () => {
      await catalogue.close();
      await database.close();
      await store.close();
    },
  };
}
export type Fixture = Awaited<ReturnType<typeof openFixture>>;
