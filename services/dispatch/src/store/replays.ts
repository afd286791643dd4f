import type { Answer, IdempotencyRef } from '@shopstack/kit/idempotency';
import { problem } from '@shopstack/kit/problem';
import { uuidv7 } from '@shopstack/kit/uuid';
import type { Database } from '@shopstack/sql/database';
import { keepAnswer } from '@shopstack/sql/idempotency';
import { sql } from 'kysely';
import { z } from 'zod';
import type { DeadLetterRecord } from '../domain/dead-letter.ts';
import type { Circumstances, Verdict } from '../domain/dead-letter-replay.ts';
import {
  historyColumn,
  type Payload,
  payloadColumns,
  readPayload,
  readRecord,
  recordColumns,
} from './dead-letter-rows.ts';
import { lockOpen, withDeed } from './dead-letters.ts';
import type { Schema, Trx } from './schema.ts';

export type OrderState = Circumstances['order'];
export type Judge = (letter: Payload, order: OrderState) => Verdict;
interface Asked {
  by: string;
  note: string | undefined;
}
interface Kept<T> {
  ref: IdempotencyRef | undefined;
  answer: (outcome: T) => Answer;
}
export interface ManyWanted extends Asked {
  queue: string | undefined;
  type: string | undefined;
  limit: number;
  perSecond: number;
}
export interface ManyAccepted {
  accepted: number;
  refused: { id: string; reason: string }[];
}

/** Read at once: every one of them is in memory with its bytes. */
const CHUNK = 50;

/** People ask for replays here; what they asked for is rows, so it is done whatever ends in between. */
export function openReplays(database: Database<Schema>) {
  return {
    /**
     * Asking again while it is on its way changes nothing.
     * @throws Problem `not-found`, `dead-letter-final` or `replay-refused` with the reason.
     */
    askOne: (id: string, asked: Asked, judge: Judge, kept: Kept<DeadLetterRecord>) =>
      database.transaction(async (trx): Promise<DeadLetterRecord> => {
        const row = await lockOpen(trx, id);
        const record = row.replay_run === null ? await acceptOne(trx, row, asked, judge) : readRecord(row);
        if (kept.ref) await keepAnswer(trx, kept.ref, kept.answer(record));
        return record;
      }),

    /** Looks at the oldest open ones, `limit` of them. */
    askMany: (wanted: ManyWanted, judge: Judge, kept: Kept<ManyAccepted>): Promise<ManyAccepted> =>
      database.transaction(async (trx) => {
        const run = await openRun(trx, wanted.perSecond);
        const verdicts: Judged[] = [];
        for (let more = true; more; ) {
          const size = Math.min(CHUNK, wanted.limit - verdicts.length);
          const judged = await judgeOldest(trx, wanted, judge, { after: verdicts.at(-1)?.id ?? '', size });
          const good = judged.filter(({ verdict }) => verdict.ok);
          const records = good.map(({ record }) => record);
          await accept(trx, records, wanted, run);
          verdicts.push(...judged.map(({ record: { id }, verdict }) => ({ id, verdict })));
          more = judged.length === CHUNK && verdicts.length < wanted.limit;
        }
        const outcome = outcomeOf(verdicts);
        if (kept.ref) await keepAnswer(trx, kept.ref, kept.answer(outcome));
        return outcome;
      }),
  };
}
export type Replays = ReturnType<typeof openReplays>;

async function openRun(trx: Trx, perSecond: number): Promise<string> {
  const id = uuidv7();
  const gap_ms = Math.ceil(1000 / perSecond);
  await trx.insertInto('replay_runs').values({ id, gap_ms, next_at: new Date() }).execute();
  return id;
}

async function acceptOne(
  trx: Trx,
  row: Awaited<ReturnType<typeof lockOpen>>,
  asked: Asked,
  judge: Judge,
): Promise<DeadLetterRecord> {
  const letter = readPayload(row);
  const verdict = judge(letter, (await orderStates(trx, [letter])).get(letter.orderId ?? ''));
  if (!verdict.ok) throw problem('replay-refused', verdict.reason);
  const record = readRecord(row);
  const [accepted = record] = await accept(trx, [record], asked, await openRun(trx, 1));
  return accepted;
}

async function accept(
  trx: Trx,
  records: readonly DeadLetterRecord[],
  { by, note }: Asked,
  run: string,
): Promise<DeadLetterRecord[]> {
  const deed = { by, what: 'replayed' as const, ...(note === undefined ? {} : { note }) };
  const accepted = records.map((record) => withDeed(record, deed));
  if (accepted.length === 0) return accepted;
  const ids = sql.join(accepted.map(({ id }) => id));
  const histories = accepted.map(({ id, history }) => sql`when ${id} then ${historyColumn.write(history)}`);
  await sql`update dead_letters set replay_run = ${run}, leased_until = null,
    history = case id ${sql.join(histories, sql` `)} end where id in (${ids})`.execute(trx);
  return accepted;
}

interface Judged {
  id: string;
  verdict: Verdict;
}
const outcomeOf = (verdicts: readonly Judged[]): ManyAccepted => {
  const refused = verdicts.flatMap(({ id, verdict }) => (verdict.ok ? [] : [{ id, reason: verdict.reason }]));
  return { accepted: verdicts.length - refused.length, refused };
};

async function judgeOldest(
  trx: Trx,
  wanted: ManyWanted,
  judge: Judge,
  { after, size }: { after: string; size: number },
) {
  const rows = await lockOldest(trx, wanted, after, size);
  const read = rows.map((row) => ({ record: readRecord(row), letter: readPayload(row) }));
  const orders = await orderStates(
    trx,
    read.map(({ letter }) => letter),
  );
  return read.map(({ record, letter }) => ({
    record,
    verdict: judge(letter, orders.get(letter.orderId ?? '')),
  }));
}

function lockOldest(trx: Trx, { queue, type }: ManyWanted, after: string, limit: number) {
  let query = trx
    .selectFrom('dead_letters')
    .select([...recordColumns, ...payloadColumns])
    .where('state', '=', 'dead')
    .where('replay_run', 'is', null)
    .where('id', '>', after);
  if (queue !== undefined) query = query.where('queue', '=', queue);
  if (type !== undefined) query = query.where('type', '=', type);
  return query.orderBy('id').limit(limit).forUpdate().execute();
}

const Body = z.object({ undoing: z.boolean().catch(false) });

/** How the orders of these letters stand. */
export async function orderStates(
  trx: Pick<Trx, 'selectFrom'>,
  letters: readonly Pick<Payload, 'orderId'>[],
): Promise<ReadonlyMap<string, NonNullable<OrderState>>> {
  const ids = [...new Set(letters.flatMap((it) => it.orderId ?? []))];
  if (ids.length === 0) return new Map();
  const query = trx.selectFrom('sagas').select(['order_id', 'state', 'body']).where('order_id', 'in', ids);
  const rows = await query.execute();
  return new Map(
    rows.map((it) => [it.order_id, { state: it.state, ...Body.parse(JSON.parse(it.body)) }] as const),
  );
}
