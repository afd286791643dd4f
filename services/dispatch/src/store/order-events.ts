import type { Database } from '@shopstack/sql/database';
import { sql } from 'kysely';
import { type OrderRecord, toOrder } from '../domain/order.ts';
import { orderColumns, readOrder, viewColumn } from './records.ts';
import type { Schema } from './schema.ts';

export interface Watched {
  orderId: string;
  /** Later versions than this are wanted. */
  after: number;
}

export function openOrderEvents({ db }: Database<Schema>) {
  return {
    /** What happened to all of these orders, in order, in one query. */
    async since(watched: readonly Watched[]) {
      if (watched.length === 0) return [];
      const wanted = watched.map(
        ({ orderId, after }) => sql`(order_events.order_id = ${orderId} and order_events.version > ${after})`,
      );
      const rows = await db
        .selectFrom('order_events')
        .innerJoin('orders', 'orders.id', 'order_events.order_id')
        .select(orderColumns)
        .select(['order_events.version as event_version', 'order_events.view as event_view'])
        .select('order_events.at as event_at')
        .where(sql<boolean>`(${sql.join(wanted, sql` or `)})`)
        .orderBy('order_events.order_id')
        .orderBy('order_events.version')
        .execute();
      return rows.map((row) => {
        const order: OrderRecord = {
          ...readOrder(row),
          version: row.event_version,
          view: viewColumn.read(row.event_view),
          updatedAt: row.event_at.toISOString(),
        };
        return toOrder(order);
      });
    },
  };
}
export type OrderEvents = ReturnType<typeof openOrderEvents>;
