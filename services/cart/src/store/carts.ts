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
const Outcome = z.tuple([
  z.enum(['ok', 'reused', 'stale', 'full', 'many', 'missing']),
  z.array(z.string()),
  z.array(z.string()),
]);
/** What Redis answers when it cannot take a write now: it starts, has no disk or memory, or lost its primary. */
const notNow = /^(LOADING|MISCONF|OOM|READONLY|MASTERDOWN|NOREPLICAS|BUSY|CLUSTERDOWN)\b/;

/** What to do to a cart. */
export type Change =
  | { op: 'add' | 'set'; sku: string; quantity: number; known: KnownPrice }
  | { op: 'remove'; sku: string }
  | { op: 'empty' }
  | { op: 'destination'; destination: Destination }
  /** `most` caps each SKU of both carts together; what the holder has already is never made less. */
  | { op: 'merge'; guest: Holder; most: ReadonlyMap<string, number> }
  | { op: 'ordered'; orderId: string; lines: readonly { sku: string; quantity: number }[] };
/** A request that was seen already does nothing; the same id with another digest is refused. Neither may hold | or #. */
export interface ChangeRequest {
  id: string;
  digest: string;
}
export interface Condition {
  request: ChangeRequest;
  expectedVersion?: number | undefined;
}

/** Carts in Redis. Every change is one script call: compare the version, apply, bump, remember the request. */
export function openCarts(redis: Redis, keyPrefix = 'cart:') {
  const keyOf = (id: string) => `${keyPrefix}${id}`;
  const evaluate = (keys: string[], args: (string | number)[]): Promise<unknown> =>
    reached(redis.call('EVAL', script, keys.length, ...keys, ...args));

  return {
    async read(id: string): Promise<CartRecord> {
      const fields = await reached(redis.hgetall(keyOf(id)));
      return recordOf(Object.entries(fields));
    },

    /** Whether the request was done already. @throws Problem `idempotency-key-reused`. */
    async hasDone(holderId: string, { id, digest }: ChangeRequest): Promise<boolean> {
      const seen = (await reached(redis.hget(keyOf(holderId), 'r'))) ?? '';
      if (seen.includes(`|${id}#${digest}|`)) return true;
      if (seen.includes(`|${id}#`)) throw problem('idempotency-key-reused');
      return false;
    },

    /**
     * `capped` names the SKUs of which a merge could not add everything.
     * @throws Problem `etag-stale`, `cart-full`, `not-found` (no such line), `validation-failed` (over 99 of one),
     * `idempotency-key-reused`.
     */
    async change(
      holder: Pick<Holder, 'id' | 'ttlSeconds'>,
      change: Change,
      { request, expectedVersion }: Condition,
    ): Promise<{ record: CartRecord; capped: readonly string[] }> {
      const keys = [keyOf(holder.id), ...(change.op === 'merge' ? [keyOf(change.guest.id)] : [])];
      const answer = await evaluate(keys, [
        request.id,
        request.digest,
        expectedVersion ?? '',
        Math.floor(Date.now() / 1000),
        holder.ttlSeconds,
        MAX_LINES,
        change.op,
        ...argumentsOf(change),
      ]);
      const [status, fields, capped] = Outcome.parse(answer);
      if (status !== 'ok') throw refusal(status);
      return { record: recordOf(pairs(fields)), capped };
    },

    /** What to show while the catalogue is away. */
    async lastKnown(
      skus: readonly string[],
    ): Promise<Map<string, { priceMinor?: number; discontinued: boolean }>> {
      if (skus.length === 0) return new Map();
      const [gone, prices] = await Promise.all([
        reached(redis.smismember(keyOf(DISCONTINUED), ...skus)),
        reached(redis.hmget(keyOf(LAST_PRICES), ...skus)),
      ]);
      return new Map(
        skus.map((sku, at) => {
          const price = prices[at];
          return [sku, { discontinued: gone[at] === 1, ...(price ? { priceMinor: Number(price) } : {}) }];
        }),
      );
    },
    async markDiscontinued(skus: readonly string[]): Promise<void> {
      if (skus.length > 0) await reached(redis.sadd(keyOf(DISCONTINUED), ...skus));
    },
    async notePrice(sku: string, priceMinor: number): Promise<void> {
      await reached(redis.hset(keyOf(LAST_PRICES), sku, priceMinor));
    },
  };
}
export type Carts = ReturnType<typeof openCarts>;

/** Whatever is not Redis's own answer means that there was none. @throws Problem `unavailable`. */
async function reached<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const answered = error instanceof Error && error.name === 'ReplyError';
    if (answered && !notNow.test(error.message)) throw error;
    throw problem('unavailable', 'Carts cannot be read at the moment.', {
      retryAfterSeconds: 2,
      cause: error,
    });
  }
}

function refusal(status: Exclude<z.infer<typeof Outcome>[0], 'ok'>) {
  switch (status) {
    case 'reused':
      return problem('idempotency-key-reused');
    case 'stale':
      return problem('etag-stale');
    case 'full':
      return problem('cart-full');
    case 'many':
      return problem('validation-failed', 'A cart holds at most 99 of one product.', {
        errors: [{ pointer: '/quantity', detail: 'makes more than 99 with what is in the cart' }],
      });
    case 'missing':
      return problem('not-found', 'The cart has no such line.');
    default:
      return status satisfies never;
  }
}

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
