import {
  getProduct,
  listProducts,
  listRelated,
  snapshotPrices,
  suggest,
} from '@shopstack/contracts/catalogue';
import type { Query } from '@shopstack/contracts/operation';
import { type Api, ok } from '@shopstack/kit/api';
import { etag } from '@shopstack/kit/etag';
import { decodeCursor, pageOf } from '@shopstack/kit/page';
import { problem } from '@shopstack/kit/problem';
import { z } from 'zod';
import {
  compareRanked,
  countFacets,
  type Filters,
  filterEntries,
  type Ranked,
  type Sort,
  sortValue,
} from '../domain/browse.ts';
import {
  imageUrl,
  type ProductRecord,
  presentCard,
  presentProduct,
  type ShopFront,
  stockState,
} from '../domain/product.ts';
import { taxRateBp } from '../domain/tax.ts';
import type { Categories } from '../store/categories.ts';
import type { Products } from '../store/products.ts';
import type { Search } from '../store/search.ts';
import type { Stock } from '../store/stock.ts';

export interface BrowseDeps {
  products: Pick<Products, 'find' | 'byIds' | 'bySkus'>;
  stock: Pick<Stock, 'availability'>;
  search: Pick<Search, 'all' | 'find'>;
  categories: Pick<Categories, 'label'>;
  front: ShopFront;
  homeCountry: string;
}
const Cursor = z.tuple([z.union([z.number(), z.string()]), z.string()]);

/** The shopper's doors: browse, look, and what things cost at this moment. */
export function products(api: Api, deps: BrowseDeps): void {
  const { front } = deps;

  api.on(listProducts, async ({ query }) => {
    const filters = filtersOf(query);
    const found = query.q === undefined ? undefined : deps.search.find(query.q);
    const pool = found ? found.map(({ entry }) => entry) : deps.search.all();
    const scores = new Map(found?.map(({ entry, score }) => [entry.id, -score]));
    const sort: Sort = query.sort ?? (found ? 'relevance' : 'newest');
    const value = sort === 'relevance' ? undefined : sortValue[sort];
    const ranked: Ranked[] = filterEntries(pool, filters).map((entry) => ({
      entry,
      value: value ? value(entry) : (scores.get(entry.id) ?? 0),
    }));
    ranked.sort(compareRanked);
    const page = pageOf(from(ranked, query.cursor, query.limit + 1), query.limit, (it) => [
      it.value,
      it.entry.id,
    ]);
    return ok({
      items: await cards(
        deps,
        page.items.map(({ entry }) => entry.id),
      ),
      next: page.next,
      total: ranked.length,
      facets: countFacets(pool, filters, deps.categories.label),
    });
  });

  api.on(getProduct, async ({ params }) => {
    const product = await found(deps, params.sku);
    const available = await deps.stock.availability(product.variants.map(({ sku }) => sku));
    const body = presentProduct(product, (sku) => available.get(sku) ?? 0, { ...front, sku: params.sku });
    return ok(body, { etag: etag(product.version) });
  });

  api.on(listRelated, async ({ params, query }) => {
    const product = await found(deps, params.sku);
    const near = deps.search
      .all()
      .filter((it) => it.id !== product._id)
      .map((entry) => ({ entry, value: -closeness(product, entry) }))
      .filter(({ value }) => value < 0)
      .sort(compareRanked);
    const page = pageOf(from(near, query.cursor, query.limit + 1), query.limit, (it) => [
      it.value,
      it.entry.id,
    ]);
    return ok({
      items: await cards(
        deps,
        page.items.map(({ entry }) => entry.id),
      ),
      next: page.next,
    });
  });

  api.on(suggest, async ({ query }) => {
    const ids = deps.search
      .find(query.q)
      .slice(0, query.limit)
      .map(({ entry }) => entry.id);
    const items = (await cards(deps, ids)).map(({ id, sku, name, price, images }) => ({
      id,
      sku,
      name,
      price,
      ...(images[0] ? { image: images[0] } : {}),
    }));
    return ok({ items });
  });

  api.on(snapshotPrices, async ({ body }) => {
    const skus = [...new Set(body.skus)];
    const [some, available] = await Promise.all([deps.products.bySkus(skus), deps.stock.availability(skus)]);
    const bySku = new Map(
      some.flatMap((it) => it.variants.map((variant) => [variant.sku, { it, variant }] as const)),
    );
    const unknown = skus.filter((sku) => !bySku.has(sku));
    if (unknown.length > 0) throw unknownSkus(unknown, body.skus);
    const country = body.country ?? deps.homeCountry;
    const items = skus.flatMap((sku) => {
      const known = bySku.get(sku);
      if (!known) return [];
      const units = Math.max(0, available.get(sku) ?? 0);
      const image = known.it.images[0];
      return [
        {
          sku,
          productId: known.it._id,
          name: known.it.name,
          options: known.variant.options,
          ...(image ? { image: imageUrl(front, image.name) } : {}),
          price: { amountMinor: known.variant.priceMinor, currency: front.currency },
          taxClass: known.it.taxClass,
          taxRateBp: taxRateBp(known.it.taxClass, country),
          weightGrams: known.variant.weightGrams,
          available: units,
          state: stockState(units),
          discontinued: known.it.discontinued,
        },
      ];
    });
    return ok({ currency: front.currency, shippingTaxRateBp: taxRateBp('standard', country), items });
  });
}

const unknownSkus = (unknown: readonly string[], asked: readonly string[]) =>
  problem('unknown-sku', `No product has ${unknown.join(', ')}.`, {
    errors: unknown.map((sku) => ({ pointer: `/skus/${asked.indexOf(sku)}`, detail: 'unknown' })),
    members: { skus: unknown },
  });

async function found(deps: BrowseDeps, key: string): Promise<ProductRecord> {
  const product = await deps.products.find(key);
  if (!product) throw problem('not-found', `There is no product ${key}.`);
  return product;
}

/** Two queries for a whole page: the products and the stock of all their variants. */
async function cards(deps: BrowseDeps, ids: readonly string[]) {
  const some = new Map((await deps.products.byIds(ids)).map((it) => [it._id, it]));
  const available = await deps.stock.availability(
    [...some.values()].flatMap((it) => it.variants.map(({ sku }) => sku)),
  );
  return ids.flatMap((id) => {
    const it = some.get(id);
    return it ? [presentCard(it, (sku) => available.get(sku) ?? 0, deps.front)] : [];
  });
}

function from(ranked: readonly Ranked[], cursor: string | undefined, count: number): Ranked[] {
  const after = decodeCursor(Cursor, cursor);
  if (!after) return ranked.slice(0, count);
  const [value, id] = after;
  const start = ranked.findIndex((it) => it.value > value || (it.value === value && it.entry.id > id));
  return start < 0 ? [] : ranked.slice(start, start + count);
}

const filtersOf = (query: Query<typeof listProducts>): Filters => ({
  category: query.category,
  brands: query.brand === undefined ? undefined : [query.brand].flat(),
  minPriceMinor: query.minPrice,
  maxPriceMinor: query.maxPrice,
  inStock: query.inStock === undefined ? undefined : query.inStock === 'true',
  rating: query.rating,
});

function closeness(
  product: ProductRecord,
  entry: { brand: string; categories: string[]; available: number },
): number {
  const shared = entry.categories.filter((slug) => product.categories.includes(slug)).length;
  const near = 2 * shared + (entry.brand === product.brand ? 1 : 0);
  return near === 0 ? 0 : near + (entry.available > 0 ? 0.5 : 0);
}
