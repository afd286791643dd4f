import { OrderStatus } from '@shopstack/contracts/order';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { EventRow, OrderRow, SagaRow } from '../facts.ts';
import type { KeptAnswer } from '../promises/keys.ts';
import type { Range } from './range.ts';
import { type AnyDatabase, At, Count, json, readRows, within } from './rows.ts';

const Money = z.object({ amountMinor: z.number() });
const Refund = z
  .looseObject({
    kind: z.string(),
    amount: Money,
    lines: z.array(z.object({ sku: z.string(), quantity: z.number() })).default([]),
    state: z.string(),
  })
  .transform(({ kind, amount, lines, state }) => ({ kind, amountMinor: amount.amountMinor, lines, state }));
const Row = z.object({
  id: z.string(),
  user_id: z.string().nullable(),
  cart_id: z.string(),
  cart_version: Count,
  version: Count,
  status: OrderStatus,
  total_minor: Count,
  placed_at: At,
  updated_at: At,
  skus: json(z.array(z.string())),
  quantities: json(z.array(z.number())),
  refunds: json(z.array(Refund)).nullable(),
  payment: z.string().nullable(),
  reason: z.string().nullable(),
});

const text = (column: string, path: string): RawBuilder<unknown> =>
  sql`cast(json_extract(${sql.ref(column)}, ${sql.lit(path)}) as char)`;
const word = (column: string, path: string): RawBuilder<unknown> =>
  sql`json_unquote(json_extract(${sql.ref(column)}, ${sql.lit(path)}))`;

const orderOf = (row: z.output<typeof Row>): OrderRow => ({
  userId: row.user_id,
  cartId: row.cart_id,
  cartVersion: row.cart_version,
  version: row.version,
  status: row.status,
  totalMinor: row.total_minor,
  placedAt: row.placed_at,
  updatedAt: row.updated_at,
  lines: row.skus.map((sku, index) => ({ sku, quantity: row.quantities[index] ?? 0 })),
  refunds: row.refunds ?? [],
  payment: row.payment,
  reason: row.reason,
});

/** The id that a page begins or ends with, the order's own rows, and its kept answers. */
export function openDispatch(database: AnyDatabase) {
  const read = <S extends z.ZodType>(row: S, query: RawBuilder<unknown>) => readRows(database, row, query);
  return {
    /** The next `size` orders before an id, newest first; without `from` when they are the last. */
    async nextRange(before: string | undefined, size: number): Promise<Range> {
      const upper = before === undefined ? {} : { before };
      const rows = await read(
        z.object({ id: z.string() }),
        sql`select * from (select id from dispatch.orders where ${within('id', upper)}
          order by id desc limit ${sql.lit(size)}) as page`,
      );
      const last = rows.at(-1);
      return last && rows.length === size ? { ...upper, from: last.id } : upper;
    },
    async orders(range: Range): Promise<Map<string, OrderRow>> {
      const rows = await read(Row, selectOrders(within('id', range)));
      return new Map(rows.map((row) => [row.id, orderOf(row)]));
    },
    async ordersById(ids: readonly string[]): Promise<Map<string, OrderRow>> {
      if (ids.length === 0) return new Map();
      const rows = await read(Row, selectOrders(sql`id in (${sql.join([...ids])})`));
      return new Map(rows.map((row) => [row.id, orderOf(row)]));
    },
    async existing(ids: readonly string[]): Promise<Set<string>> {
      if (ids.length === 0) return new Set();
      const found = await read(
        z.object({ id: z.string() }),
        sql`select id from dispatch.orders where id in (${sql.join([...ids])})`,
      );
      return new Set(found.map(({ id }) => id));
    },
    async sagas(range: Range): Promise<Map<string, SagaRow>> {
      const rows = await read(
        z.object({ order_id: z.string(), state: z.string(), updated_at: At }),
        sql`select order_id, state, updated_at from dispatch.sagas where ${within('order_id', range)}`,
      );
      return new Map(
        rows.map(({ order_id, state, updated_at }) => [order_id, { state, updatedAt: updated_at }]),
      );
    },
    async timers(range: Range): Promise<Map<string, number>> {
      const rows = await read(
        z.object({ order_id: z.string(), due: At }),
        sql`select order_id, min(due_at) as due from dispatch.timers
          where ${within('order_id', range)} group by order_id`,
      );
      return new Map(rows.map(({ order_id, due }) => [order_id, due]));
    },
    async events(range: Range): Promise<Map<string, EventRow[]>> {
      const rows = await read(
        z.object({ order_id: z.string(), version: Count, status: OrderStatus }),
        sql`select order_id, version, ${word('view', '$.status')} as status from dispatch.order_events
          where ${within('order_id', range)} order by order_id, version`,
      );
      return Map.groupBy(rows, ({ order_id }) => order_id);
    },
    /** Orders that share a version of a cart, both ways. */
    async twins(range: Range): Promise<Map<string, string[]>> {
      const rows = await read(
        z.object({ id: z.string(), twin: z.string() }),
        sql`select o.id, twin.id as twin from dispatch.orders o
          join dispatch.orders twin on twin.cart_id = o.cart_id and twin.cart_version = o.cart_version
            and twin.id <> o.id
          where ${within('o.id', range)}`,
      );
      const groups = Map.groupBy(rows, ({ id }) => id);
      return new Map([...groups].map(([id, of]) => [id, of.map(({ twin }) => twin)]));
    },
    /** Kept answers in the order of their keys; the last one is where the next page begins. */
    async answers(after: Pick<KeptAnswer, 'scope' | 'key'>, size: number): Promise<KeptAnswer[]> {
      const rows = await read(
        z.object({
          scope: z.string(),
          key: z.string(),
          status: Count.nullable(),
          orderId: z.string().nullable(),
        }),
        sql`select * from (select scope, idempotency_key as \`key\`, ${word('answer', '$.status')} as status,
            ${word('answer', '$.body.id')} as orderId from dispatch.idempotency
          where scope >= ${after.scope} and (scope > ${after.scope} or idempotency_key > ${after.key})
          order by scope, idempotency_key limit ${sql.lit(size)}) as page`,
      );
      return rows;
    },
  };
}

const selectOrders = (condition: RawBuilder<unknown>) =>
  sql`select id, user_id, cart_id, cart_version, version, status, total_minor, placed_at, updated_at,
    ${text('content', '$.lines[*].sku')} as skus, ${text('content', '$.lines[*].quantity')} as quantities,
    ${text('view', '$.refunds')} as refunds, ${word('view', '$.payment')} as payment,
    ${word('view', '$.reason.code')} as reason
    from dispatch.orders where ${condition}`;
