import type { Connection } from 'mongoose';

const VERSION = 1;
interface Marker {
  _id: string;
  version: number;
}
interface Indexed {
  createIndexes(): Promise<void>;
}
const markers = (connection: Connection) => connection.collection<Marker>('schema');

/** Creates what the collections need; safe to repeat, and to run while older replicas serve. */
export async function migrate(connection: Connection, collections: readonly Indexed[]): Promise<void> {
  for (const it of collections) await it.createIndexes();
  await markers(connection).updateOne({ _id: 'users' }, { $max: { version: VERSION } }, { upsert: true });
}

/** @throws when the store was not migrated: one clear line. */
export async function checkSchema(connection: Connection): Promise<void> {
  const marker = await markers(connection).findOne({ _id: 'users' });
  if ((marker?.version ?? 0) >= VERSION) return;
  throw new Error(
    `the users database has schema ${marker?.version ?? 'none'}, this needs ${VERSION}: run src/migrate.ts first`,
  );
}
