import { sql } from 'kysely';
import type { mongo } from 'mongoose';
import { z } from 'zod';
import type { WaitingMessage } from '../promises/messages.ts';
import { type AnyDatabase, At, readRows } from './rows.ts';

const schemas = ['dispatch', 'payment', 'shipping', 'ratings'] as const;
/** Collections whose documents carry what they have to send. */
const carriers = [
  { database: 'catalogue', collection: 'products' },
  { database: 'catalogue', collection: 'reservations' },
  { database: 'users', collection: 'users' },
] as const;
const Row = z.object({ id: z.string(), type: z.string().nullable(), created_at: At });
const Carrier = z.object({
  outgoing: z.array(z.looseObject({ id: z.string(), type: z.string(), time: z.coerce.date() })),
});

/** The longest waiting messages of every outbox; `most` bounds how many are looked at in each. */
export async function readOutboxes(
  database: AnyDatabase,
  client: Pick<mongo.MongoClient, 'db'>,
  most: number,
): Promise<{ places: number; waiting: WaitingMessage[] }> {
  const tables = await Promise.all(
    schemas.map(async (schema) => {
      const place = `${schema}.outbox`;
      const rows = await readRows(
        database,
        Row,
        sql`select * from (select message_id as id, json_unquote(json_extract(message, '$.type')) as type, created_at
          from ${sql.table(place)} where published_at is null order by id limit ${sql.lit(most)}) as waiting`,
      );
      return rows.map(({ id, type, created_at }) => ({ place, id, type: type ?? '', createdAt: created_at }));
    }),
  );
  const documents = await Promise.all(
    carriers.map(async ({ database: name, collection }) => {
      const found = await client
        .db(name)
        .collection(collection)
        .find({ 'outgoing.0': { $exists: true }, 'outgoing.id': { $gt: '' } }, { limit: most })
        .project({ _id: 0, 'outgoing.id': 1, 'outgoing.type': 1, 'outgoing.time': 1 })
        .toArray();
      return z
        .array(Carrier)
        .parse(found)
        .flatMap(({ outgoing }) => outgoing)
        .map(({ id, type, time }) => ({
          place: `${name}.${collection}`,
          id,
          type,
          createdAt: time.getTime(),
        }));
    }),
  );
  return { places: schemas.length + carriers.length, waiting: [...tables.flat(), ...documents.flat()] };
}
