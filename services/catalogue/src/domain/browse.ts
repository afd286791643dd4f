import type { Facets, ProductSort } from '@shopstack/contracts/catalogue';
import type { z } from 'zod';
import { stockState } from './product.ts';

/** What browsing needs of a product; kept in memory for every product. */
export interface Entry {
  id: string;
  name: string;
  brand: string;
  categories: string[];
  /** Price of the cheapest variant. */
  priceMinor: number;
  rating: number;
  available: number;
  createdAtMs: number;
}
export interface Filters {
  category?: string | undefined;
  brands?: readonly string[] | undefined;
  minPriceMinor?: number | undefined;
  maxPriceMinor?: number | undefined;
  inStock?: boolean | undefined;
  rating?: number | undefined;
}
export type Sort = z.infer<typeof ProductSort>;
type Facet = keyof Facets;

const tests: Record<Facet, (it: Entry, filters: Filters) => boolean> = {
  category: (it, { category }) => category === undefined || it.categories.includes(category),
  brand: (it, { brands }) => brands === undefined || brands.length === 0 || brands.includes(it.brand),
  price: (it, { minPriceMinor = 0, maxPriceMinor = Number.POSITIVE_INFINITY }) =>
    it.priceMinor >= minPriceMinor && it.priceMinor <= maxPriceMinor,
  availability: (it, { inStock }) => inStock === undefined || it.available > 0 === inStock,
  rating: (it, { rating }) => rating === undefined || it.rating >= rating,
};
const names: readonly Facet[] = ['category', 'brand', 'price', 'availability', 'rating'];
const passes = (it: Entry, filters: Filters, except?: Facet) =>
  names.every((name) => name === except || tests[name](it, filters));

export const filterEntries = (entries: readonly Entry[], filters: Filters): Entry[] =>
  entries.filter((it) => passes(it, filters));

/** The value that orders an entry, and after it the id, so that every order is total. */
export const sortValue: Record<Exclude<Sort, 'relevance'>, (it: Entry) => number | string> = {
  newest: (it) => -it.createdAtMs,
  'price-asc': (it) => it.priceMinor,
  'price-desc': (it) => -it.priceMinor,
  rating: (it) => -it.rating,
  name: (it) => it.name.toLowerCase(),
};
export type Ranked = { entry: Entry; value: number | string };
export const compareRanked = (a: Ranked, b: Ranked): number => {
  if (a.value !== b.value) return a.value < b.value ? -1 : 1;
  return a.entry.id < b.entry.id ? -1 : a.entry.id > b.entry.id ? 1 : 0;
};

const PRICE_STEPS_MINOR = [0, 1500, 3000, 6000, 12_000, 25_000];

/** Each facet counts what the other filters leave, so that choosing another value never leads to nothing. */
export function countFacets(
  entries: readonly Entry[],
  filters: Filters,
  labelOf: (slug: string) => string,
): Facets {
  const left = (except: Facet) => entries.filter((it) => passes(it, filters, except));
  return {
    category: counted(
      left('category').flatMap((it) => it.categories),
      labelOf,
    ),
    brand: counted(
      left('brand').map((it) => it.brand),
      (brand) => brand,
    ),
    availability: counted(
      left('availability').map((it) => stockState(it.available)),
      (state) => state,
    ),
    rating: [4, 3, 2, 1].map((stars) => ({
      value: String(stars),
      label: String(stars),
      count: left('rating').filter((it) => it.rating >= stars).length,
    })),
    price: priceBands(left('price')),
  };
}

function counted(values: readonly string[], labelOf: (value: string) => string) {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, label: labelOf(value), count }))
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}

function priceBands(entries: readonly Entry[]) {
  return PRICE_STEPS_MINOR.map((fromMinor, at) => {
    const toMinor = PRICE_STEPS_MINOR[at + 1] ?? null;
    const inBand = (it: Entry) => it.priceMinor >= fromMinor && (toMinor === null || it.priceMinor < toMinor);
    return { fromMinor, toMinor, count: entries.filter(inBand).length };
  }).filter(({ count }) => count > 0);
}
