import mysql, { type Connection } from 'mysql2';
import { DatabaseAway } from './fault.ts';
import { connectionOptions } from './pool.ts';

/** A server-wide named lock, held by a connection of its own. */
export interface HeldLock {
  /** Aborted as soon as the lock can no longer be trusted, also after `release`. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

const CHECK_EVERY_MS = 3000;
const ANSWER_WITHIN_MS = 3000;

/**
 * Waits up to `waitSeconds` for GET_LOCK(name); undefined when another holds it or `signal` fires first.
 * Names are server-wide: put the schema into them. Throws DatabaseAway.
 */
export async function acquireLock(
  url: string,
  name: string,
  options: { waitSeconds: number; signal?: AbortSignal },
): Promise<HeldLock | undefined> {
  const connection = mysql.createConnection(connectionOptions(url));
  const lost = new AbortController();
  const lose = () => lost.abort();
  connection.on('error', lose);
  connection.on('end', lose);
  const giveUp = () => connection.destroy();
  options.signal?.addEventListener('abort', giveUp);
  try {
    const limitMs = (options.waitSeconds + 5) * 1000;
    const statement = 'select get_lock(?, ?) as answer';
    const got = await racing(lost.signal, options.signal, () =>
      ask(connection, statement, [name, options.waitSeconds], limitMs),
    );
    if (got !== 1) {
      connection.destroy();
      return undefined;
    }
  } catch (error) {
    connection.destroy();
    if (options.signal?.aborted) return undefined;
    throw new DatabaseAway(error);
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
  }
  return hold(connection, name, lost);
}

function hold(connection: Connection, name: string, lost: AbortController): HeldLock {
  const check = async () => {
    const mine = 'select coalesce(is_used_lock(?) = connection_id(), 0) as answer';
    const answer = await ask(connection, mine, [name], ANSWER_WITHIN_MS).catch(() => 0);
    if (answer !== 1) lost.abort();
  };
  const timer = setInterval(() => void check(), CHECK_EVERY_MS);
  timer.unref();
  lost.signal.addEventListener('abort', () => {
    clearInterval(timer);
    connection.destroy();
  });
  return {
    lost: lost.signal,
    release: async () => {
      if (lost.signal.aborted) return;
      await ask(connection, 'select release_lock(?) as answer', [name], ANSWER_WITHIN_MS).catch(() => 0);
      lost.abort();
    },
  };
}

function ask(
  connection: Connection,
  text: string,
  values: (string | number)[],
  timeout: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    connection.query<mysql.RowDataPacket[]>({ sql: text, values, timeout }, (error, rows) => {
      if (error) reject(error);
      else resolve(Number(rows[0]?.answer ?? 0));
    });
  });
}

/** A destroyed mysql2 connection never answers, so the wait ends with its signals. */
function racing<T>(lost: AbortSignal, stop: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(new Error('the connection ended'));
    lost.addEventListener('abort', end, { once: true });
    stop?.addEventListener('abort', end, { once: true });
    if (lost.aborted || stop?.aborted) end();
    work().then(resolve, reject);
  });
}
