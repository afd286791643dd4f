import type { Database } from '@shopstack/sql/database';
import { sql, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';

type Db = Database<Schema>['db'] | Transaction<Schema>;
export interface Buyer {
  userId: string;
  productId: string;
}

/** Who has received which product. */
export const buyers = {
  /** The first delivery counts; a repeated one changes nothing. */
  async add(
    trx: Transaction<Schema>,
    order: { userId: string; orderId: string; productIds: readonly string[] },
  ): Promise<void> {
    if (order.productIds.length === 0) return;
    const rows = order.productIds.map(
      (productId) => sql`(${order.userId}, ${productId}, ${order.orderId}, utc_timestamp(3))`,
    );
    await sql`insert into buyers (user_id, product_id, order_id, bought_at) values ${sql.join(rows)}
      on duplicate key update order_id = order_id`.execute(trx);
  },
  /** `watched`: moderation held this buyer's last review of the product back. */
  async find(db: Db, { userId, productId }: Buyer): Promise<{ watched: boolean } | undefined> {
    const row = await db
      .selectFrom('buyers')
      .select('watched')
      .where('user_id', '=', userId)
      .where('product_id', '=', productId)
      .executeTakeFirst();
    return row && { watched: row.watched === 1 };
  },
  async watch(trx: Transaction<Schema>, { userId, productId }: Buyer): Promise<void> {
    await trx
      .updateTable('buyers')
      .set({ watched: 1 })
      .where('user_id', '=', userId)
      .where('product_id', '=', productId)
      .execute();
  },
};
