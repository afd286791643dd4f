import type { Logger } from '@shopstack/kit/log';
import { sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { type Database, waitForDatabase } from './database.ts';

/** Name → step, run in order of the names: '0001-orders', '0002-orders-by-user'. */
export type Migrations = Readonly<Record<string, Migration>>;

/** A step of exactly one statement: DDL is not transactional, so one that fails can simply be run again. */
export const ddl = (statement: string): Migration => ({
  up: async (db) => {
    await sql.raw(statement).execute(db);
  },
});

interface MigrationOptions<Schema> {
  database: Database<Schema>;
  migrations: Migrations;
}

/** Brings the schema up to date; concurrent callers wait for each other. Resolves to the names that ran. */
export async function migrate<Schema>(
  options: MigrationOptions<Schema> & { log: Logger },
): Promise<string[]> {
  const { database, migrations, log } = options;
  const lock = await database.acquireLock(`${database.schemaName}:migrate`, { waitSeconds: 120 });
  if (!lock) throw new Error(`another migration of schema "${database.schemaName}" did not end within 120 s`);
  const patient = database.reopen({ poolSize: 2, queryTimeoutMs: 0 });
  try {
    const { error, results = [] } = await migrator(patient, migrations).migrateToLatest();
    const done = results.filter((it) => it.status === 'Success').map((it) => it.migrationName);
    if (error) {
      const failed = results.find((it) => it.status === 'Error')?.migrationName ?? 'before the first step';
      throw new Error(`schema "${database.schemaName}": migration ${failed} failed`, { cause: error });
    }
    if (done.length > 0) log.info({ schema: database.schemaName, migrations: done }, 'schema migrated');
    return done;
  } finally {
    await patient.close();
    await lock.release();
  }
}

/** Names of the steps the schema lacks, in order. */
export async function pendingMigrations<Schema>(options: MigrationOptions<Schema>): Promise<string[]> {
  const all = await migrator(options.database, options.migrations).getMigrations();
  return all.filter((it) => !it.executedAt).map((it) => it.name);
}

/** Throws one clear line when the schema is older than this code. A newer schema is fine: expand, then contract. */
export async function requireMigrated<Schema>(options: MigrationOptions<Schema>): Promise<void> {
  const lacking = await pendingMigrations(options);
  if (lacking.length === 0) return;
  const { schemaName } = options.database;
  throw new Error(
    `schema "${schemaName}" is too old, it lacks ${lacking.join(', ')}: run the migration first`,
  );
}

/** What a service calls at start: waits for the database, then migrates or refuses an older schema. */
export async function prepareSchema<Schema>(
  options: MigrationOptions<Schema> & { migrateOnStart: boolean; log: Logger; waitMs?: number },
): Promise<void> {
  await waitForDatabase(options.database, options.log, options.waitMs);
  if (options.migrateOnStart) await migrate(options);
  else await requireMigrated(options);
}

const migrator = <Schema>(database: Database<Schema>, migrations: Migrations) =>
  new Migrator({
    db: database.db,
    provider: { getMigrations: async () => ({ ...migrations }) },
    // Services add steps of their own and building blocks of packages: a block may sort before a step that ran.
    allowUnorderedMigrations: true,
  });
