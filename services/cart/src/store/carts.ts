import { readFileSync } from 'node:fs';
import { Destination } from '@shopstack/contracts/cart';
import { problem } from '@shopstack/kit/problem';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { CartRecord } from '../domain/cart.ts';
import { KnownPrice } from '../domain/cart.ts';
import type { Holder } from '../domain/holder.ts';

const script = readFileSync(new URL('./mutation.lua', import.meta.url), 'utf8');
const MAX_LINES = 100;
const DISCONTINUED = 'discontinued';
const LAST_PRICES = 'prices';
const Outcome = z.tuple([z.enum(['ok', 'stale', 'full', 'missing']), z.array(z.string())]);

/** What to do to a cart. */
export type Change =
  | { op: 'add' | 'set'; sku: string; quantity: number; known: KnownPrice }
  | { op: 'remove'; sku: string }
  | { op: 'empty' }
  | { op: 'destination'; destination: Destination }
  /** `most` caps each SKU of both carts together. */
  | { op: 'merge'; guest: Holder; most: ReadonlyMap<string, number> }
  | { op: 'ordered'; orderId: string; lines: readonly { sku: string; quantity: number }[] };
export interface Condition {
  /** A change with an id that was seen already does nothing. */
  requestId: string;
  expectedVersion?: number | undefined;
}

/** Carts in Redis. Every change is one script call: compare the version, apply, bump, remember the request. */
export function openCarts(redis: Redis, keyPrefix = 'cart:') {
  const keyOf = (id: string) => `${keyPrefix}${id}`;
  const changeCart = (keys: string[], args: (string | number)[]): Promise<unknown> =>
    redis.call('EVAL', script, keys.length, ...keys, ...args);

  return {
    async read(id: string): Promise<CartRecord> {
      const fields = await redis.hgetall(keyOf(id));
      return recordOf(Object.entries(fields));
    },

    /** @throws Problem `etag-stale`, `cart-full`, `not-found` (no such line). */
    async change(
      holder: Pick<Holder, 'id' | 'ttlSeconds'>,
      change: Change,
      when: Condition,
    ): Promise<CartRecord> {
      const keys = [keyOf(holder.id), ...(change.op === 'merge' ? [keyOf(change.guest.id)] : [])];
      const answer = await changeCart(keys, [
        when.requestId.replaceAll('|', '/'),
        when.expectedVersion ?? '',
        Math.floor(Date.now() / 1000),
        holder.ttlSeconds,
        MAX_LINES,
        change.op,
        ...argumentsOf(change),
      ]);
      const [status, fields] = Outcome.parse(answer);
      if (status === 'stale') throw problem('etag-stale');
      if (status === 'full') throw problem('cart-full');
      if (status === 'missing') throw problem('not-found', 'The cart has no such line.');
      return recordOf(pairs(fields));
    },

    /** What to show while the catalogue is away. */
    async lastKnown(
      skus: readonly string[],
    ): Promise<Map<string, { priceMinor?: number; discontinued: boolean }>> {
      if (skus.length === 0) return new Map();
      const [gone, prices] = await Promise.all([
        redis.smismember(keyOf(DISCONTINUED), ...skus),
        redis.hmget(keyOf(LAST_PRICES), ...skus),
      ]);
      return new Map(
        skus.map((sku, at) => {
          const price = prices[at];
          return [sku, { discontinued: gone[at] === 1, ...(price ? { priceMinor: Number(price) } : {}) }];
        }),
      );
    },
    async markDiscontinued(skus: readonly string[]): Promise<void> {
      await redis.sadd(keyOf(DISCONTINUED), ...skus);
    },
    async notePrice(sku: string, priceMinor: number): Promise<void> {
      await redis.hset(keyOf(LAST_PRICES), sku, priceMinor);
    },
  };
}
export type Carts = ReturnType<typeof openCarts>;

function argumentsOf(change: Change): (string | number)[] {
  switch (change.op) {
    case 'add':
    case 'set':
      return [change.sku, change.quantity, JSON.stringify(change.known)];
    case 'remove':
      return [change.sku];
    case 'empty':
      return [];
    case 'destination':
      return [JSON.stringify(change.destination)];
    case 'merge':
      return [...change.most].flat();
    case 'ordered':
      return [change.orderId, ...change.lines.flatMap(({ sku, quantity }) => [sku, quantity])];
    default:
      return change satisfies never;
  }
}

const pairs = (flat: readonly string[]): [string, string][] =>
  Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at] ?? '', flat[2 * at + 1] ?? '']);

function recordOf(fields: readonly [string, string][]): CartRecord {
  const all = new Map(fields);
  const lines = fields
    .filter(([field]) => field.startsWith('q:'))
    .map(([field, quantity]) => {
      const sku = field.slice(2);
      const known = KnownPrice.safeParse(parseJson(all.get(`p:${sku}`)));
      return { sku, quantity: Number(quantity), ...(known.success ? { known: known.data } : {}) };
    })
    .sort(
      (a, b) => (a.known?.addedAt ?? '').localeCompare(b.known?.addedAt ?? '') || a.sku.localeCompare(b.sku),
    );
  const destination = Destination.safeParse(parseJson(all.get('d')));
  return {
    version: Number(all.get('v') ?? 0),
    updatedAt: new Date(Number(all.get('t') ?? 0) * 1000),
    lines,
    ...(destination.success ? { destination: destination.data } : {}),
  };
}
const parseJson = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));
