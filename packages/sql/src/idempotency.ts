import { randomUUID } from 'node:crypto';
import { inBatches } from '@shopstack/kit/batch';
import type { Answer, Claim, IdempotencyRef, IdempotencyStore } from '@shopstack/kit/idempotency';
import { problem } from '@shopstack/kit/problem';
import { type QueryExecutorProvider, sql } from 'kysely';
import { type AnyDatabase, isDuplicate } from './database.ts';
import { isConflict } from './fault.ts';
import { ddl, type Migrations } from './migration.ts';

const LEASE_SECONDS = 30;
const KEEP_HOURS = 48;
const PURGE_EVERY_MS = 3_600_000;
/** Of one statement: claims or answers of requests that come at the same time. */
const TOGETHER = 100;

/** Building block for a service's migrations: `{ ...idempotencyTable, '0001-orders': ddl('create table …') }`. */
export const idempotencyTable: Migrations = {
  '0000-idempotency': ddl(`create table if not exists idempotency (
    scope varchar(255) character set utf8mb4 collate utf8mb4_bin not null,
    idempotency_key varchar(255) character set utf8mb4 collate utf8mb4_bin not null,
    body_hash char(64) character set ascii collate ascii_bin not null,
    lease char(36) character set ascii collate ascii_bin not null,
    leased_until datetime(3) not null,
    answer mediumtext character set utf8mb4 null,
    created_at datetime(3) not null,
    primary key (scope, idempotency_key),
    key idempotency_created_at (created_at)
  ) engine = InnoDB`),
};

export interface SqlIdempotencyStore extends IdempotencyStore {
  /** Removes keys older than 48 hours; resolves to their number. Runs hourly by itself. */
  purge(): Promise<number>;
  close(): void;
}

/** Keys and answers in the service's own schema. Every method throws DatabaseAway when it is away. */
export function openIdempotencyStore(database: AnyDatabase): SqlIdempotencyStore {
  const { db } = database;
  const start = inBatches(TOGETHER, (claims: readonly Wanted[]) => startAll(db, claims));
  const keep = inBatches(TOGETHER, (answers: readonly Answered[]) => writeAnswers(db, answers));
  const purge = () => purgeOld(db);
  const timer = setInterval(() => void purge().catch(() => 0), PURGE_EVERY_MS);
  timer.unref();
  return {
    claim: async (claim) => {
      for (let round = 0; round < 3; round++) {
        const answer = (await start(claim)) ?? (await takeOver(db, claim)) ?? (await look(db, claim));
        if (answer) return answer;
      }
      return { state: 'running' };
    },
    keep: (ref, answer) => keep({ ref, answer }),
    release: async ({ scope, key, lease }) => {
      await sql`delete from idempotency where scope = ${scope} and idempotency_key = ${key}
        and lease = ${lease} and answer is null`.execute(db);
    },
    purge,
    close: () => clearInterval(timer),
  };
}

/**
 * Writes the answer inside the business transaction, so effect and answer commit together.
 * Throws `idempotency-key-running` when the lease has been taken over: the transaction must then roll back.
 */
export async function keepAnswer(
  trx: QueryExecutorProvider,
  ref: IdempotencyRef,
  answer: Answer,
): Promise<void> {
  if ((await writeAnswer(trx, ref, answer)) !== 1n) throw problem('idempotency-key-running');
}

interface Wanted {
  scope: string;
  key: string;
  bodyHash: string;
}

interface Answered {
  ref: IdempotencyRef;
  answer: Answer;
}

/** All in one statement; when one of them is not new, each by itself. */
async function startAll(
  db: QueryExecutorProvider,
  claims: readonly Wanted[],
): Promise<(Claim | undefined)[]> {
  const wanted = claims.map((claim) => ({ ...claim, lease: randomUUID() }));
  const rows = wanted.map(
    ({ scope, key, bodyHash, lease }) =>
      sql`(${scope}, ${key}, ${bodyHash}, ${lease},
        utc_timestamp(3) + interval ${LEASE_SECONDS} second, utc_timestamp(3))`,
  );
  try {
    await sql`insert into idempotency (scope, idempotency_key, body_hash, lease, leased_until, created_at)
      values ${sql.join(rows)}`.execute(db);
    return wanted.map(({ scope, key, lease }) => ({ state: 'started', ref: { scope, key, lease } }));
  } catch (error) {
    const [only, another] = claims;
    if (only && another && (isDuplicate(error) || isConflict(error)))
      return (await Promise.all(claims.map((claim) => startAll(db, [claim])))).flat();
    if (isDuplicate(error)) return [undefined];
    throw error;
  }
}

async function takeOver(
  db: QueryExecutorProvider,
  { scope, key, bodyHash }: Wanted,
): Promise<Claim | undefined> {
  const lease = randomUUID();
  const { numAffectedRows } = await sql`update idempotency
    set lease = ${lease}, leased_until = utc_timestamp(3) + interval ${LEASE_SECONDS} second
    where scope = ${scope} and idempotency_key = ${key} and body_hash = ${bodyHash}
      and answer is null and leased_until < utc_timestamp(3)`.execute(db);
  return numAffectedRows === 1n ? { state: 'started', ref: { scope, key, lease } } : undefined;
}

async function look(db: QueryExecutorProvider, { scope, key, bodyHash }: Wanted): Promise<Claim | undefined> {
  const { rows } = await sql<{ body_hash: string; answer: string | null }>`select body_hash, answer
    from idempotency where scope = ${scope} and idempotency_key = ${key}`.execute(db);
  const row = rows[0];
  if (!row) return undefined;
  if (row.body_hash !== bodyHash) return { state: 'reused' };
  if (row.answer === null) return { state: 'running' };
  const answer: Answer = JSON.parse(row.answer);
  return { state: 'answered', answer };
}

async function writeAnswer(db: QueryExecutorProvider, ref: IdempotencyRef, answer: Answer): Promise<bigint> {
  const { numAffectedRows } = await sql`update idempotency set answer = ${JSON.stringify(answer)}
    where scope = ${ref.scope} and idempotency_key = ${ref.key} and lease = ${ref.lease}
      and answer is null`.execute(db);
  return numAffectedRows ?? 0n;
}

/** Several at once; a lease belongs to one key. */
async function writeAnswers(db: QueryExecutorProvider, all: readonly Answered[]): Promise<undefined[]> {
  const keys = all.map(({ ref }) => sql`(${ref.scope}, ${ref.key})`);
  const leases = all.map(({ ref }) => sql`${ref.lease}`);
  const answers = all.map(({ ref, answer }) => sql`when ${ref.lease} then ${JSON.stringify(answer)}`);
  await sql`update idempotency set answer = case lease ${sql.join(answers, sql` `)} end
    where (scope, idempotency_key) in (${sql.join(keys)}) and lease in (${sql.join(leases)})
      and answer is null`.execute(db);
  return all.map(() => undefined);
}

async function purgeOld(db: QueryExecutorProvider): Promise<number> {
  for (let total = 0; ; ) {
    const { numAffectedRows = 0n } = await sql`delete from idempotency
      where created_at < utc_timestamp(3) - interval ${KEEP_HOURS} hour limit 500`.execute(db);
    total += Number(numAffectedRows);
    if (numAffectedRows < 500n) return total;
  }
}
