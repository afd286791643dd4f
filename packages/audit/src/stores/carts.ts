import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { CartRow } from '../facts.ts';

/** Version and remembered orders, as they come. */
const Fields = z.tuple([z.coerce.number().nullable(), z.string().nullable()]);
const AT_ONCE = 250;

/** Versions of carts and which orders were taken out of them; what is in a cart is not read. */
export function openCarts(redis: Pick<Redis, 'pipeline'>) {
  async function read(ids: readonly string[]): Promise<[string, CartRow][]> {
    const pipeline = redis.pipeline();
    for (const id of ids) pipeline.hmget(`cart:${id}`, 'v', 'o');
    const answers = (await pipeline.exec()) ?? [];
    return ids.flatMap((id, index) => {
      const [error, fields] = answers[index] ?? [];
      if (error) throw error;
      const [version, orders] = Fields.parse(fields);
      if (version === null) return [];
      return [[id, { version, orders: (orders ?? '').split('|').filter((it) => it !== '') }]];
    });
  }
  return {
    async carts(ids: readonly string[]): Promise<Map<string, CartRow>> {
      const found: [string, CartRow][] = [];
      for (let at = 0; at < ids.length; at += AT_ONCE)
        found.push(...(await read(ids.slice(at, at + AT_ONCE))));
      return new Map(found);
    },
  };
}
