import type { Logger } from '@shopstack/kit/log';
import { type AnyDatabase, type HeldLock, isConnectionLoss } from '@shopstack/sql/database';
import { sql } from 'kysely';
import type { Bus } from './connection.ts';
import * as measures from './measures.ts';
import { messageColumn } from './outbox-row.ts';
import { createBackoff, publishLanes, type Relay, startLoop, type Waiting } from './relay.ts';

interface RelaySettings {
  database: AnyDatabase;
  bus: Bus;
  log: Logger;
  pollMs?: number;
}

const BATCH = 200;
const LOCK_WAIT_SECONDS = 5;
const MEASURE_EVERY_MS = 5000;
const PURGE_EVERY_MS = 600_000;
const KEEP_PUBLISHED_HOURS = 24;
const KEEP_INBOX_DAYS = 30;

/**
 * Publishes the rows of `outbox`. Of all replicas one is active at a time, the one that holds the lock
 * '<schema>:outbox'; when it dies another takes over. Order is kept per subject. Rows are never given up.
 */
export function startMysqlRelay(settings: RelaySettings): Relay {
  const { database, bus, log } = settings;
  const source = database.schemaName;
  const backoff = createBackoff();
  let lock: HeldLock | undefined;
  let purgeAt = 0;

  const takeLock = async (stop: AbortSignal): Promise<void> => {
    if (lock) log.warn({ source }, 'outbox lock lost');
    lock = await database.acquireLock(`${source}:outbox`, { waitSeconds: LOCK_WAIT_SECONDS, signal: stop });
    if (lock) log.info({ source }, 'outbox relay active');
  };
  const step = async (stop: AbortSignal): Promise<'more' | 'idle'> => {
    if (!lock || lock.lost.aborted) {
      await takeLock(stop);
      return 'more';
    }
    if (Date.now() > purgeAt) {
      purgeAt = Date.now() + PURGE_EVERY_MS;
      await purge(database);
    }
    return bus.state() === 'up' ? publishBatch(settings, backoff, lock) : 'idle';
  };
  const loop = startLoop(step, {
    pollMs: settings.pollMs ?? 500,
    onError: (error, again) => {
      if (!again) log.warn({ source, reason: String(error) }, 'outbox relay waits');
    },
  });
  const stopListening = bus.onState((state) => {
    if (state !== 'up') return;
    backoff.reset();
    loop.wake();
  });
  const timer = setInterval(() => void measure(database, log), MEASURE_EVERY_MS);
  timer.unref();
  return {
    wake: loop.wake,
    close: async () => {
      clearInterval(timer);
      stopListening();
      await loop.close();
      await lock?.release();
    },
  };
}

async function publishBatch(
  { database, bus, log }: RelaySettings,
  backoff: ReturnType<typeof createBackoff>,
  lock: HeldLock,
): Promise<'more' | 'idle'> {
  const batch = await readBatch(database, backoff.waiting());
  if (batch.length === 0 || lock.lost.aborted) return 'idle';
  const done = await publishLanes(batch, bus, backoff, ({ message }, error) =>
    log.warn(
      { messageId: message.id, type: message.type, reason: String(error) },
      'message not published yet',
    ),
  );
  if (done.length > 0) {
    await sql`update outbox set published_at = utc_timestamp(3) where id in (${sql.join(done)})`.execute(
      database.db,
    );
  }
  return batch.length === BATCH && done.length > 0 ? 'more' : 'idle';
}

/** Always from the oldest unpublished row on: a transaction with a lower id may commit later than one with a higher. */
async function readBatch(
  database: AnyDatabase,
  waitingSubjects: string[],
): Promise<Waiting<number | string>[]> {
  const others = waitingSubjects.length > 0 ? sql`and subject not in (${sql.join(waitingSubjects)})` : sql``;
  const { rows } = await sql<{ id: number | string; subject: string; message: string }>`
    select id, subject, message from outbox
    where published_at is null ${others} order by id limit ${sql.lit(BATCH)}`.execute(database.db);
  return rows.map((row) => ({ key: row.id, lane: row.subject, message: messageColumn.read(row.message) }));
}

async function measure(database: AnyDatabase, log: Logger): Promise<void> {
  try {
    const { rows } = await sql<{ age: number | string | null; waiting: number | string }>`
      select timestampdiff(microsecond, min(created_at), utc_timestamp(3)) / 1000000 as age, count(*) as waiting
      from outbox where published_at is null`.execute(database.db);
    const source = database.schemaName;
    measures.outboxAge.set(Math.max(0, Number(rows[0]?.age ?? 0)), { source });
    measures.outboxWaiting.set(Number(rows[0]?.waiting ?? 0), { source });
  } catch (error) {
    if (!isConnectionLoss(error)) log.warn({ reason: String(error) }, 'outbox age unknown');
  }
}

async function purge({ db }: AnyDatabase): Promise<void> {
  await sql`delete from outbox
    where published_at < utc_timestamp(3) - interval ${sql.lit(KEEP_PUBLISHED_HOURS)} hour limit 5000`.execute(
    db,
  );
  await sql`delete from inbox
    where received_at < utc_timestamp(3) - interval ${sql.lit(KEEP_INBOX_DAYS)} day limit 5000`.execute(db);
}
