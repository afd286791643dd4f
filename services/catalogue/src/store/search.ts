import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@shopstack/kit/log';
import MiniSearch, { type Query } from 'minisearch';
import type { Entry } from '../domain/browse.ts';
import type { ProductRecord } from '../domain/product.ts';
import type { Products } from './products.ts';
import type { Stock } from './stock.ts';

type Searchable = {
  id: string;
  name: string;
  brand: string;
  categories: string;
  attributes: string;
  options: string;
};
const OVERLAP_MS = 5000;
const FOLLOW_MS = 1000;

/**
 * The search index of this replica: built from the store and following it by `updatedAt` with an overlap, so that every
 * replica sees every change within about a second. It yields ids; price and stock are read from the store.
 */
export async function openSearch(products: Products, stock: Stock, log: Logger) {
  const index = new MiniSearch<Searchable>({
    fields: ['name', 'brand', 'categories', 'attributes', 'options'],
    searchOptions: {
      boost: { name: 4, categories: 2, brand: 1.5 },
      prefix: (term) => term.length > 1,
      fuzzy: (term) => (term.length > 6 ? 2 : term.length > 3 ? 1 : false),
      combineWith: 'AND',
    },
  });
  const entries = new Map<string, Entry>();
  const available = new Map<string, { productId: string; units: number }>();
  const stop = new AbortController();
  let productsSeen = new Date(0);
  let stockSeen = new Date(0);
  let whole: readonly Entry[] | undefined;

  const unitsOf = (product: ProductRecord) =>
    product.variants.reduce((sum, { sku }) => sum + Math.max(0, available.get(sku)?.units ?? 0), 0);
  const take = (product: ProductRecord) => {
    if (index.has(product._id)) index.discard(product._id);
    if (product.discontinued) {
      entries.delete(product._id);
      return;
    }
    index.add(searchable(product));
    entries.set(product._id, entryOf(product, unitsOf(product)));
  };

  /** Takes new stock levels over; answers how many there were. */
  async function followStock(): Promise<number> {
    const levels = await stock.changedSince(new Date(stockSeen.getTime() - OVERLAP_MS));
    for (const it of levels) {
      const before = available.get(it._id)?.units ?? 0;
      available.set(it._id, { productId: it.productId, units: it.available });
      const change = Math.max(0, it.available) - Math.max(0, before);
      const entry = entries.get(it.productId);
      if (entry && change !== 0) entries.set(entry.id, { ...entry, available: entry.available + change });
      if (it.updatedAt > stockSeen) stockSeen = it.updatedAt;
    }
    return levels.length;
  }
  async function followProducts(): Promise<number> {
    const changed = await products.changedSince(new Date(productsSeen.getTime() - OVERLAP_MS));
    for (const product of changed) {
      take(product);
      if (product.updatedAt > productsSeen) productsSeen = product.updatedAt;
    }
    return changed.length;
  }
  async function follow(): Promise<void> {
    const changes = (await followStock()) + (await followProducts());
    if (changes > 0) whole = undefined;
  }

  const matching = (words: string) => {
    const found = index.search(words);
    return found.length > 0 ? found : index.search(withSwaps(words));
  };

  await follow();
  const following = (async () => {
    while (!stop.signal.aborted) {
      await sleep(FOLLOW_MS, undefined, { signal: stop.signal }).catch(() => undefined);
      if (stop.signal.aborted) return;
      await follow().catch((error: unknown) =>
        log.warn({ err: error }, 'the search index could not follow the store'),
      );
    }
  })();

  return {
    /** Every product on sale. */
    all: (): readonly Entry[] => {
      whole ??= [...entries.values()];
      return whole;
    },
    /** Entries that match, best first, each with its score. Misspelt words match too. */
    find: (words: string): { entry: Entry; score: number }[] =>
      matching(words).flatMap(({ id, score }) => {
        const entry = entries.get(String(id));
        return entry ? [{ entry, score: score * (entry.available > 0 ? 1 : 0.6) }] : [];
      }),
    /** Takes what the store holds now, without waiting for the next turn. */
    refresh: follow,
    close: async () => {
      stop.abort();
      await following;
    },
  };
}
export type Search = Awaited<ReturnType<typeof openSearch>>;

/** Swapped letters count as two mistakes, too many for a short word: each neighbouring pair is tried the other way. */
function withSwaps(words: string): Query {
  const queries = words
    .split(/\s+/)
    .map((word): Query => ({ combineWith: 'OR', queries: [word, ...swaps(word)] }));
  return { combineWith: 'AND', queries };
}
const swaps = (word: string): string[] =>
  Array.from(word.slice(1), (letter, at) => word.slice(0, at) + letter + word[at] + word.slice(at + 2));

const searchable = (it: ProductRecord): Searchable => ({
  id: it._id,
  name: it.name,
  brand: it.brand,
  categories: it.categories.join(' '),
  attributes: Object.values(it.attributes).join(' '),
  options: it.variants.flatMap(({ sku, options }) => [sku, ...Object.values(options)]).join(' '),
});
const entryOf = (it: ProductRecord, available: number): Entry => ({
  id: it._id,
  name: it.name,
  brand: it.brand,
  categories: it.categories,
  priceMinor: Math.min(...it.variants.map(({ priceMinor }) => priceMinor)),
  rating: it.rating.average,
  available,
  createdAtMs: it.createdAt.getTime(),
});
