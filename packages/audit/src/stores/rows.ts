import type { Database } from '@shopstack/sql/database';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Range } from './range.ts';

export type AnyDatabase = Pick<Database<unknown>, 'db'>;

export const Count = z.coerce.number();
/** A date as milliseconds since 1970. */
export const At = z.date().transform((it) => it.getTime());
/** JSON that the server gives as text. */
export const json = <S extends z.ZodType>(schema: S) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

/** A page has a thousand orders; no store has this many rows for them unless something is very wrong. */
const MOST_ROWS = 100_000;

/** Rows of one short, plain read. @throws when there are more than any page explains. */
export async function readRows<S extends z.ZodType>(
  { db }: AnyDatabase,
  row: S,
  query: RawBuilder<unknown>,
): Promise<z.output<S>[]> {
  const { rows } = await sql`${query} limit ${sql.lit(MOST_ROWS)}`.execute(db);
  if (rows.length === MOST_ROWS) throw new Error(`more than ${MOST_ROWS} rows belong to one page of orders`);
  return z.array(row).parse(rows);
}

/** A condition on a column for a range of ids. */
export function within(column: string, { from, before }: Range): RawBuilder<unknown> {
  const ref = sql.ref(column);
  if (from === undefined) return before === undefined ? sql`1 = 1` : sql`${ref} < ${before}`;
  return before === undefined ? sql`${ref} >= ${from}` : sql`${ref} >= ${from} and ${ref} < ${before}`;
}
