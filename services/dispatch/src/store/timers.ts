import type { Database } from '@shopstack/sql/database';
import { sql } from 'kysely';
import type { TimerName } from '../domain/saga/saga.ts';
import { SagaState as States } from './records.ts';
import type { Schema } from './schema.ts';
import { removeTimer } from './timer-rows.ts';
import { advance, lockSaga, type Rules } from './transitions.ts';

/** Timers are rows: they survive every restart, and several replicas may work on them at once. */
export function openTimers(database: Database<Schema>, rules: Rules) {
  /**
   * Lets one due timer fall. `busy`: its order is being changed by somebody else, who may well clear it.
   * Both rows are skipped when locked: waiting here for an order whose handler waits for the timer is a deadlock.
   */
  const fireOne = async (): Promise<'fired' | 'busy' | 'none'> => {
    const move = await database.transaction(async (trx) => {
      const timer = await trx
        .selectFrom('timers')
        .selectAll()
        .where('due_at', '<=', new Date())
        .orderBy('due_at')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      if (!timer) return 'none';
      const held = await lockSaga(trx, timer.order_id, true);
      if (!held) return 'busy';
      const name: TimerName = timer.name === 'deadline' ? 'deadline' : 'resend';
      await removeTimer(trx, timer.order_id, name);
      const state = States.parse(timer.state);
      return advance(trx, rules, held, { input: { kind: 'timer', timer: name, state } });
    });
    if (typeof move === 'string') return move;
    rules.witness?.moved(move);
    return 'fired';
  };

  return {
    /** Fires what is due, at most `limit`; resolves to how many. */
    async fireDue(limit: number): Promise<number> {
      for (let fired = 0; fired < limit; fired += 1) if ((await fireOne()) !== 'fired') return fired;
      return limit;
    },
    /** Seconds by which the most overdue timer is late. */
    async lateness(): Promise<number> {
      const { rows } = await sql<{ late: number | string | null }>`
        select timestampdiff(microsecond, min(due_at), utc_timestamp(3)) / 1000000 as late from timers`.execute(
        database.db,
      );
      return Math.max(0, Number(rows[0]?.late ?? 0));
    },
  };
}
export type TimerStore = ReturnType<typeof openTimers>;
