import { createServiceApp, type Platform } from '@shopstack/kit/api';
import type { Express } from 'express';
import type { ShopFront } from './domain/product.ts';
import { categories } from './http/categories.ts';
import { images } from './http/images.ts';
import { imports } from './http/imports.ts';
import { merchandise } from './http/merchandise.ts';
import { products } from './http/products.ts';
import { stock } from './http/stock.ts';
import type { Catalogue } from './store/catalogue.ts';
import { createImporter } from './store/importer.ts';
import { picturesKnown } from './store/pictures.ts';

export interface Deps {
  platform: Platform;
  catalogue: Catalogue;
  front: ShopFront;
  publicUrl: string;
  homeCountry: string;
  /** Sends outgoing events soon. */
  wake: () => void;
}

export function createApp(deps: Deps): Express {
  const { catalogue, front } = deps;
  return createServiceApp({ ...deps.platform, idempotency: catalogue.keys }, (api) => {
    products(api, { ...catalogue, front, homeCountry: deps.homeCountry });
    categories(api, catalogue);
    images(api, { ...catalogue, front });
    merchandise(api, { ...catalogue, front, wake: deps.wake });
    stock(api, catalogue);
    imports(api, {
      ...catalogue,
      front,
      publicUrl: deps.publicUrl,
      importCsv: createImporter(catalogue, picturesKnown(catalogue.images)),
    });
  });
}
