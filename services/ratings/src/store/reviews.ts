import { ReviewState } from '@shopstack/contracts/ratings';
import type { Database } from '@shopstack/sql/database';
import { type SelectQueryBuilder, sql, type Transaction } from 'kysely';
import type { State } from '../domain/moderation.ts';
import type { Schema } from './schema.ts';

export interface ReviewRecord {
  id: string;
  productId: string;
  userId: string;
  rating: number;
  title: string;
  body: string;
  author: string;
  state: State;
  helpful: number;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}
export type Sort = 'newest' | 'helpful' | 'rating-desc' | 'rating-asc';
/** The last row of the page before. */
export interface After {
  value: number;
  id: string;
}
type Db = Database<Schema>['db'] | Transaction<Schema>;
type Query = SelectQueryBuilder<Schema, 'reviews', Schema['reviews']>;

const record = (row: Schema['reviews']): ReviewRecord => ({
  id: row.id,
  productId: row.product_id,
  userId: row.user_id,
  rating: row.rating,
  title: row.title,
  body: row.body,
  author: row.author,
  state: ReviewState.parse(row.state),
  helpful: row.helpful,
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** Reviews, one per product and buyer. Ids are UUID v7: their order is the order of writing. */
export const reviews = {
  async byId(db: Db, id: string): Promise<ReviewRecord | undefined> {
    const row = await db.selectFrom('reviews').selectAll().where('id', '=', id).executeTakeFirst();
    return row && record(row);
  },
  async lock(trx: Transaction<Schema>, id: string): Promise<ReviewRecord | undefined> {
    const query = trx.selectFrom('reviews').selectAll().where('id', '=', id).forUpdate();
    const row = await query.executeTakeFirst();
    return row && record(row);
  },
  async byAuthor(
    db: Db,
    { productId, userId }: Pick<ReviewRecord, 'productId' | 'userId'>,
  ): Promise<ReviewRecord | undefined> {
    const row = await db
      .selectFrom('reviews')
      .selectAll()
      .where('product_id', '=', productId)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row && record(row);
  },
  async published(
    db: Db,
    find: { productId: string; sort: Sort; limit: number; after: After | undefined },
  ): Promise<ReviewRecord[]> {
    const query = db
      .selectFrom('reviews')
      .selectAll()
      .where('product_id', '=', find.productId)
      .where('state', '=', 'published');
    const rows = await sorted(query, find.sort, find.after).limit(find.limit).execute();
    return rows.map(record);
  },
  /** Newest first, of one state or of all. */
  async all(
    db: Db,
    find: { state: State | undefined; limit: number; afterId: string | undefined },
  ): Promise<ReviewRecord[]> {
    let query = db.selectFrom('reviews').selectAll();
    if (find.state) query = query.where('state', '=', find.state);
    if (find.afterId) query = query.where('id', '<', find.afterId);
    return (await query.orderBy('id', 'desc').limit(find.limit).execute()).map(record);
  },
  async insert(trx: Transaction<Schema>, it: ReviewRecord): Promise<void> {
    await trx
      .insertInto('reviews')
      .values({
        id: it.id,
        product_id: it.productId,
        user_id: it.userId,
        rating: it.rating,
        title: it.title,
        body: it.body,
        author: it.author,
        state: it.state,
        helpful: it.helpful,
        version: it.version,
        created_at: it.createdAt,
        updated_at: it.updatedAt,
      })
      .execute();
  },
  async update(trx: Transaction<Schema>, it: ReviewRecord): Promise<void> {
    const { rating, title, body, author, state, version } = it;
    await trx
      .updateTable('reviews')
      .set({ rating, title, body, author, state, version, updated_at: it.updatedAt })
      .where('id', '=', it.id)
      .execute();
  },
  async countHelpful(trx: Transaction<Schema>, id: string, change: number): Promise<void> {
    await sql`update reviews set helpful = helpful + ${change} where id = ${id}`.execute(trx);
  },
  async remove(trx: Transaction<Schema>, id: string): Promise<void> {
    // The review first: a vote under way holds its row, and is committed and removed with the others.
    await trx.deleteFrom('reviews').where('id', '=', id).execute();
    await trx.deleteFrom('votes').where('review_id', '=', id).execute();
  },
};

/** Each order is one index read in one direction, newest first among equals. */
function sorted(query: Query, sort: Sort, after: After | undefined): Query {
  if (sort === 'newest') {
    const rest = after ? query.where('id', '<', after.id) : query;
    return rest.orderBy('id', 'desc');
  }
  const column = sort === 'helpful' ? 'helpful' : 'rating';
  const upwards = sort === 'rating-asc';
  const rest = after
    ? query
        .where(column, upwards ? '>=' : '<=', after.value)
        .where(({ eb, or }) => or([eb(column, upwards ? '>' : '<', after.value), eb('id', '<', after.id)]))
    : query;
  return rest.orderBy(column, upwards ? 'asc' : 'desc').orderBy('id', 'desc');
}
