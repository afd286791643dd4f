import type { Database } from '@shopstack/sql/database';
import { sql } from 'kysely';
import { historyColumn, type Payload, payloadColumns, readPayload, readRecord } from './dead-letter-rows.ts';
import { withDeed } from './dead-letters.ts';
import { type OrderState, orderStates } from './replays.ts';
import type { Schema, Trx } from './schema.ts';

export interface Due {
  letter: Payload;
  order: OrderState;
}

/** Longer than a confirm may take: after it, whoever had the letter is taken for dead. */
const LEASE_MS = 30_000;
const LOOK_AGAIN_MS = 1000;

/** What is to be sent again and how fast. Several replicas share one pace: each step takes the run's next slot. */
export function openReplayQueue(database: Database<Schema>) {
  const { db } = database;
  return {
    /** Takes the next letter whose time has come. `none`: nothing is due; `passed`: a run had nothing to give. */
    claim: (): Promise<Due | 'none' | 'passed'> =>
      database.transaction(async (trx) => {
        const now = new Date();
        const run = await trx
          .selectFrom('replay_runs')
          .selectAll()
          .where('next_at', '<=', now)
          .orderBy('next_at')
          .limit(1)
          .forUpdate()
          .skipLocked()
          .executeTakeFirst();
        if (!run) return 'none';
        const letter = await takeFrom(trx, run.id, now);
        if (!letter) {
          await endOrWait(trx, run.id, now);
          return 'passed';
        }
        await callAgain(trx, run.id, new Date(now.getTime() + run.gap_ms));
        return { letter, order: (await orderStates(trx, [letter])).get(letter.orderId ?? '') };
      }),

    /** Milliseconds until a run has its next slot; undefined when there is no run. */
    async nextInMs(): Promise<number | undefined> {
      const query = db.selectFrom('replay_runs').select('next_at').orderBy('next_at').limit(1);
      const next = await query.executeTakeFirst();
      return next && Math.max(0, next.next_at.getTime() - Date.now());
    },

    /** The broker has it. */
    async settle(id: string): Promise<void> {
      await db
        .updateTable('dead_letters')
        .set({ state: 'replayed', settled_at: new Date(), replay_run: null, leased_until: null })
        .where('id', '=', id)
        .where('state', '=', 'dead')
        .where('replay_run', 'is not', null)
        .execute();
    },

    /** It was not sent and will not be: it is open again, and its history says why. */
    fail: (id: string, note: string): Promise<void> =>
      database.transaction(async (trx) => {
        const query = trx.selectFrom('dead_letters').selectAll().where('id', '=', id).forUpdate();
        const row = await query.executeTakeFirst();
        if (row?.state !== 'dead' || row.replay_run === null) return;
        const { history } = withDeed(readRecord(row), { by: 'dispatch', what: 'replay-failed', note });
        const open = { replay_run: null, leased_until: null, history: historyColumn.write(history) };
        await trx.updateTable('dead_letters').set(open).where('id', '=', id).execute();
      }),

    /** Nobody knows whether the broker has it: it is sent again, which is harmless. */
    async release(id: string): Promise<void> {
      await db.updateTable('dead_letters').set({ leased_until: null }).where('id', '=', id).execute();
    },
  };
}
export type ReplayQueue = ReturnType<typeof openReplayQueue>;

async function takeFrom(trx: Trx, run: string, now: Date): Promise<Payload | undefined> {
  const row = await trx
    .selectFrom('dead_letters')
    .select(payloadColumns)
    .where('replay_run', '=', run)
    .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!row) return undefined;
  const leased_until = new Date(now.getTime() + LEASE_MS);
  await trx.updateTable('dead_letters').set({ leased_until }).where('id', '=', row.id).execute();
  return readPayload(row);
}

const callAgain = (trx: Trx, run: string, next_at: Date) =>
  trx.updateTable('replay_runs').set({ next_at }).where('id', '=', run).execute();

/** A run ends when nothing is left of it; letters that are leased may still come back. */
async function endOrWait(trx: Trx, run: string, now: Date): Promise<void> {
  await sql`delete from replay_runs where id = ${run}
    and not exists (select 1 from dead_letters where replay_run = ${run})`.execute(trx);
  await callAgain(trx, run, new Date(now.getTime() + LOOK_AGAIN_MS));
}
