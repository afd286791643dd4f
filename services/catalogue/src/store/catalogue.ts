import type { Logger } from '@shopstack/kit/log';
import type { Connection } from 'mongoose';
import { openCategories } from './categories.ts';
import { openHolds } from './holds.ts';
import { openImages } from './images.ts';
import { openKeys } from './keys.ts';
import { openProducts } from './products.ts';
import { openReservations } from './reservations.ts';
import { openSearch } from './search.ts';
import { openStock } from './stock.ts';

/** Every collection of the catalogue, with its indexes, over one connection. */
export async function openCatalogue(connection: Connection, log: Logger) {
  const products = openProducts(connection);
  const stock = openStock(connection);
  const reservations = openReservations(connection, openHolds(stock), log);
  const keys = openKeys(connection);
  for (const it of [products, stock, reservations, keys]) await it.createIndexes();
  const categories = await openCategories(connection);
  const search = await openSearch(products, stock, log);
  return {
    products,
    stock,
    reservations,
    keys,
    categories,
    search,
    images: openImages(connection),
    close: async () => {
      categories.close();
      await search.close();
    },
  };
}
export type Catalogue = Awaited<ReturnType<typeof openCatalogue>>;
