import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@shopstack/kit/log';
import { Kysely, MysqlDialect, type QueryExecutorProvider, sql, type Transaction } from 'kysely';
import { isConflict, isConnectionLoss } from './fault.ts';
import { acquireLock, type HeldLock } from './lock.ts';
import { openPool } from './pool.ts';

export { DatabaseAway, isConnectionLoss, isDuplicate } from './fault.ts';
export type { HeldLock } from './lock.ts';

export interface DatabaseSettings {
  /** mysql://user:password@host:port/schema, the same for MySQL 8.4 and MariaDB 10.11. */
  url: string;
  poolSize?: number;
  /** Default 4000: longer than any wait for a lock, so a hanging server is told within the patience of a person. */
  queryTimeoutMs?: number;
  log: Logger;
}

/** What packages need of a database without knowing its tables. */
export interface AnyDatabase {
  readonly db: QueryExecutorProvider;
  readonly schemaName: string;
  /** GET_LOCK on a connection of its own; names are server-wide, so put `schemaName` into them. */
  acquireLock(
    name: string,
    options: { waitSeconds: number; signal?: AbortSignal },
  ): Promise<HeldLock | undefined>;
  /** Rejects with DatabaseAway unless the database answers. */
  ping(): Promise<void>;
}
export interface Database<Schema> extends AnyDatabase {
  readonly db: Kysely<Schema>;
  /**
   * One READ COMMITTED transaction. Run again from its start (at most 5 times) after a deadlock or lock timeout, so
   * `work` has no effects outside the database. Throws DatabaseAway when the outcome is unknown or nothing happened.
   */
  transaction<T>(work: (trx: Transaction<Schema>) => Promise<T>): Promise<T>;
  /** Another, small pool to the same schema; used for statements that take long. */
  reopen(settings: { poolSize: number; queryTimeoutMs: number }): Database<Schema>;
  close(): Promise<void>;
}

const ATTEMPTS = 5;

/** Opens nothing yet: connections are made when they are needed, so a service starts while its database is away. */
export function openDatabase<Schema>(settings: DatabaseSettings): Database<Schema> {
  const { url, log } = settings;
  const schemaName = schemaOf(url);
  const pool = openPool({
    url,
    poolSize: settings.poolSize ?? 10,
    queryTimeoutMs: settings.queryTimeoutMs ?? 4000,
  });
  const db = new Kysely<Schema>({ dialect: new MysqlDialect({ pool }) });
  let closed = false;

  return {
    db,
    schemaName,
    transaction: (work) => withRetries(log, () => db.transaction().execute(work)),
    acquireLock: (name, options) => acquireLock(url, name, options),
    ping: async () => {
      await sql`select 1`.execute(db);
    },
    reopen: (other) => openDatabase<Schema>({ url, log, ...other }),
    close: async () => {
      if (closed) return;
      closed = true;
      await db.destroy();
    },
  };
}

async function withRetries<T>(log: Logger, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (!isConflict(error) || attempt >= ATTEMPTS) throw error;
      log.debug({ attempt }, 'transaction runs again after a lock conflict');
      await sleep(Math.random() * 20 * 2 ** attempt);
    }
  }
}

/** Resolves when the database answers; gives up with its last error after `waitMs`. */
export async function waitForDatabase(database: AnyDatabase, log: Logger, waitMs = 60_000): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (let told = false; ; told = true) {
    try {
      return await database.ping();
    } catch (error) {
      if (!isConnectionLoss(error) || Date.now() > deadline) throw error;
      if (!told) log.warn({ schema: database.schemaName }, 'waiting for the database');
      await sleep(500);
    }
  }
}

function schemaOf(url: string): string {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  if (!/^[A-Za-z0-9_$-]{1,48}$/.test(name)) throw new TypeError('MYSQL_URL does not end in a schema name');
  return name;
}
