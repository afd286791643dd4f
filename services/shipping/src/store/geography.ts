import { DeliveryMethod } from '@shopstack/contracts/shipping';
import type { Database } from '@shopstack/sql/database';
import { sql } from 'kysely';
import type { Coordinates } from '../domain/distance.ts';
import type { Rate } from '../domain/rates.ts';
import type { Schema } from './schema.ts';

export interface Country extends Coordinates {
  code: string;
  name: string;
  currency: string;
  zone: string;
  postcodePattern: string;
}
export interface Place extends Coordinates {
  name: string;
  postcode?: string;
  population: number;
}
/** How names are compared: without case, marks and punctuation. */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Countries, places and rates. */
export function openGeography({ db }: Pick<Database<Schema>, 'db'>) {
  const place = (row: Schema['places']): Place => ({
    name: row.name,
    latitude: row.latitude,
    longitude: row.longitude,
    population: row.population,
    ...(row.postcode === '' ? {} : { postcode: row.postcode }),
  });
  return {
    countries: () =>
      db.selectFrom('countries').select(['code', 'name', 'currency']).orderBy('name').limit(300).execute(),
    async country(code: string): Promise<Country | undefined> {
      const row = await db.selectFrom('countries').selectAll().where('code', '=', code).executeTakeFirst();
      return row && { ...row, postcodePattern: row.postcode_pattern };
    },
    /** Biggest first; `after` is the last place of the page before. */
    async places(
      country: string,
      find: { q: string; limit: number; after?: { population: number; name: string } | undefined },
    ) {
      let query = db.selectFrom('places').selectAll().where('country', '=', country);
      const prefix = nameKey(find.q);
      if (prefix !== '') query = query.where('name_key', 'like', `${prefix.replaceAll(/[\\%_]/g, '\\$&')}%`);
      const { after } = find;
      if (after) {
        const key = nameKey(after.name);
        query = query.where(
          sql<boolean>`(population < ${after.population} or (population = ${after.population} and name_key > ${key}))`,
        );
      }
      const rows = await query.orderBy('population', 'desc').orderBy('name_key').limit(find.limit).execute();
      return rows.map(place);
    },
    async place(country: string, name: string): Promise<Place | undefined> {
      const row = await db
        .selectFrom('places')
        .selectAll()
        .where('country', '=', country)
        .where('name_key', '=', nameKey(name))
        .executeTakeFirst();
      return row && place(row);
    },
    async rates(zone: string): Promise<Rate[]> {
      const rows = await db.selectFrom('rates').selectAll().where('zone', '=', zone).execute();
      return rows.map((row) => ({
        zone: row.zone,
        method: DeliveryMethod.parse(row.method),
        baseMinor: row.base_minor,
        perKgMinor: row.per_kg_minor,
        freeFromMinor: row.free_from_minor,
        minDays: row.min_days,
        maxDays: row.max_days,
        maxWeightGrams: row.max_weight_grams,
      }));
    },
    /** Replaces rows of the same key and adds the rest; repeated it changes nothing. */
    async load(
      table: 'countries' | 'places' | 'rates',
      rows: readonly Record<string, string | number | null>[],
    ) {
      const columns = Object.keys(rows[0] ?? {});
      for (let at = 0; at < rows.length; at += 200) {
        const values = rows
          .slice(at, at + 200)
          .map((row) => sql`(${sql.join(columns.map((it) => row[it] ?? null))})`);
        await sql`replace into ${sql.table(table)} (${sql.join(columns.map((it) => sql.ref(it)))}) values ${sql.join(values)}`.execute(
          db,
        );
      }
    },
  };
}
export type Geography = ReturnType<typeof openGeography>;
