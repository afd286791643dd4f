import type { Database } from '@shopstack/sql/database';
import { sql, type Transaction } from 'kysely';
import { type Histogram, nobody } from '../domain/rating.ts';
import type { Schema } from './schema.ts';

export interface Tally {
  productId: string;
  /** Counts the changes of a product's reviews and never repeats. */
  revision: number;
  histogram: Histogram;
}
type Db = Database<Schema>['db'] | Transaction<Schema>;

/** Published votes per product, changed in the transaction that changes a review. */
export const tallies = {
  async read(db: Db, productId: string): Promise<Tally> {
    const row = await db
      .selectFrom('tallies')
      .selectAll()
      .where('product_id', '=', productId)
      .executeTakeFirst();
    if (!row) return { productId, revision: 0, histogram: nobody };
    const histogram = [row.stars_1, row.stars_2, row.stars_3, row.stars_4, row.stars_5];
    return { productId, revision: row.revision, histogram };
  },
  /** Takes the next revision; other changes of this product's reviews wait until the transaction ends. */
  async next(trx: Transaction<Schema>, productId: string): Promise<Tally> {
    await sql`insert into tallies (product_id, revision) values (${productId}, 1)
      on duplicate key update revision = revision + 1`.execute(trx);
    return tallies.read(trx, productId);
  },
  async save(trx: Transaction<Schema>, { productId, histogram }: Tally): Promise<void> {
    const [stars_1 = 0, stars_2 = 0, stars_3 = 0, stars_4 = 0, stars_5 = 0] = histogram;
    await trx
      .updateTable('tallies')
      .set({ stars_1, stars_2, stars_3, stars_4, stars_5 })
      .where('product_id', '=', productId)
      .execute();
  },
};
