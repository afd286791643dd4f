import { measurePool } from '@shopstack/kit/pool-metrics';
import type { MysqlPool, MysqlPoolConnection } from 'kysely';
import mysql, { type PoolConnection, type PoolOptions } from 'mysql2';
import { DatabaseAway, isConnectionLoss } from './fault.ts';

export interface PoolSettings {
  url: string;
  poolSize: number;
  /** A statement without an answer for this long fails and its connection is thrown away; 0 waits for ever. */
  queryTimeoutMs: number;
}

const CONNECT_TIMEOUT_MS = 4000;
const WAIT_FOR_CONNECTION_MS = 4000;

const sessionStatements = [
  'set session transaction isolation level read committed',
  "set session time_zone = '+00:00', innodb_lock_wait_timeout = 3, sql_mode = " +
    "'STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
];

export const connectionOptions = (url: string): PoolOptions => ({
  uri: url,
  charset: 'utf8mb4',
  timezone: 'Z',
  stringifyObjects: true,
  supportBigNumbers: true,
  multipleStatements: false,
  connectTimeout: CONNECT_TIMEOUT_MS,
  enableKeepAlive: true,
});

/** A mysql2 pool as kysely wants it, whose waits are bounded and whose losses are DatabaseAway. */
export function openPool(settings: PoolSettings): MysqlPool {
  const pool = mysql.createPool({
    ...connectionOptions(settings.url),
    connectionLimit: settings.poolSize,
    maxIdle: settings.poolSize,
    idleTimeout: 300_000,
    waitForConnections: true,
  });
  const known = new WeakMap<PoolConnection, MysqlPoolConnection>();
  const measured = measurePool('mysql', settings.poolSize);
  const out = new Set<PoolConnection>();
  const giveBack = (raw: PoolConnection) => {
    if (out.delete(raw)) measured.returned();
  };

  const prepare = async (raw: PoolConnection): Promise<MysqlPoolConnection> => {
    const prepared = known.get(raw);
    if (prepared) return prepared;
    const connection = boundConnection(raw, settings.queryTimeoutMs, giveBack);
    for (const statement of sessionStatements) await run(connection, statement);
    known.set(raw, connection);
    return connection;
  };
  const acquire = async (): Promise<MysqlPoolConnection> => {
    measured.asked();
    const raw = await withinTime(pool).catch((error: unknown) => {
      measured.refused();
      throw error;
    });
    measured.got();
    out.add(raw);
    try {
      return await prepare(raw);
    } catch (error) {
      giveBack(raw);
      raw.destroy();
      throw error;
    }
  };
  return {
    getConnection: (callback) => {
      acquire().then(
        (connection) => callback(null, connection),
        // kysely looks at the error first; its type wants a connection all the same.
        (error: unknown) => Reflect.apply(callback, undefined, [named(error)]),
      );
    },
    end: (callback) => {
      measured.closed();
      pool.end(callback);
    },
  };
}

function withinTime(pool: mysql.Pool): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(Object.assign(new Error('no free connection in time'), { code: 'POOL_WAIT_TIMEOUT' }));
    }, WAIT_FOR_CONNECTION_MS);
    pool.getConnection((error, connection) => {
      clearTimeout(timer);
      if (error) reject(error);
      else if (late) connection.release();
      else resolve(connection);
    });
  });
}

/** The same connection: parameters are checked, and a silent server costs the connection, not the process. */
function boundConnection(
  raw: PoolConnection,
  timeoutMs: number,
  giveBack: (raw: PoolConnection) => void,
): MysqlPoolConnection {
  return {
    config: raw.config,
    threadId: raw.threadId,
    connect: () => undefined,
    destroy: () => {
      giveBack(raw);
      raw.destroy();
    },
    release: () => {
      giveBack(raw);
      raw.release();
    },
    query: (text, parameters, callback) => {
      refuseObjects(parameters);
      const timeout = timeoutMs > 0 ? { timeout: timeoutMs } : {};
      raw.query({ sql: text, values: parameters, ...timeout }, (error, result) => {
        if (error && isConnectionLoss(error)) raw.destroy();
        if (error) callback?.(named(error), []);
        else callback?.(null, mutable(result));
      });
      return { stream: refuseStreams };
    },
  };
}

const refuseStreams = (): never => {
  throw new TypeError('streaming is not offered: page instead');
};

const mutable = (result: mysql.QueryResult) => {
  if (Array.isArray(result)) return result.map((row) => ({ ...row }));
  return {
    affectedRows: result.affectedRows,
    changedRows: result.changedRows,
    insertId: result.insertId,
  };
};

function refuseObjects(parameters: unknown): void {
  if (!Array.isArray(parameters)) return;
  const bad = parameters.some(
    (it) => it !== null && typeof it === 'object' && !(it instanceof Date) && !Buffer.isBuffer(it),
  );
  if (bad) throw new TypeError('an object or array is not a column value: write it with a jsonColumn');
}

const named = (error: unknown): unknown =>
  isConnectionLoss(error) && !(error instanceof DatabaseAway) ? new DatabaseAway(error) : error;

const run = (connection: MysqlPoolConnection, statement: string): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.query(statement, [], (error) => (error ? reject(error) : resolve()));
  });
