import { sql, type Transaction } from 'kysely';
import { backoffMs } from '../domain/backoff.ts';
import { type AttemptRecord, attemptOf, type Db, openStates } from './attempts.ts';
import type { Schema } from './schema.ts';

/** An attempt that is being asked about. */
export interface TakenAttempt extends AttemptRecord {
  takenUntil: Date;
}
/** Longer than the provider's timeout: nobody else asks while an answer may still come. */
const TAKEN_FOR_MS = 4000;

/** Whose turn it is to be asked about, and what became of it. */
export const asking = {
  /** Attempts whose time has come, oldest first. */
  async due(
    db: Db,
    { limit, except }: { limit: number; except: readonly string[] },
  ): Promise<AttemptRecord[]> {
    const query = db.selectFrom('attempts').selectAll().where('next_check_at', '<=', new Date());
    const others = except.length > 0 ? query.where('id', 'not in', except) : query;
    const rows = await others.orderBy('next_check_at').limit(limit).execute();
    return rows.map(attemptOf);
  },
  /** Takes an attempt for the next try; nothing when another replica has it. */
  async take(db: Db, it: AttemptRecord): Promise<TakenAttempt | undefined> {
    const now = new Date();
    const takenUntil = new Date(now.getTime() + TAKEN_FOR_MS);
    const taken = await db
      .updateTable('attempts')
      .set({
        tries: it.tries + 1,
        next_check_at: takenUntil,
        updated_at: now,
        ...(it.tries === 0 ? { asked_at: now } : {}),
      })
      .where('id', '=', it.id)
      .where('tries', '=', it.tries)
      .where('next_check_at', 'is not', null)
      .executeTakeFirst();
    return taken.numUpdatedRows === 1n ? { ...it, tries: it.tries + 1, takenUntil } : undefined;
  },
  /** False when it is settled already. The token is forgotten with it. With `watch` the provider is asked on. */
  async settle(
    trx: Transaction<Schema>,
    id: string,
    it: {
      state: AttemptRecord['state'];
      reason?: string | undefined;
      receipt?: string | undefined;
      watchFrom?: Date;
    },
  ): Promise<boolean> {
    const done = await trx
      .updateTable('attempts')
      .set({
        state: it.state,
        reason: it.reason?.slice(0, 200) ?? null,
        receipt: it.receipt ?? null,
        token: null,
        next_check_at: it.watchFrom ?? null,
        updated_at: new Date(),
      })
      .where('id', '=', id)
      .where('next_check_at', 'is not', null)
      .executeTakeFirst();
    return done.numUpdatedRows === 1n;
  },
  /** Asks again later (at `lookAgainAt` at the latest, if that is to come), or at once when there was news meanwhile. */
  async markUnknown(db: Db, it: TakenAttempt, lookAgainAt?: Date): Promise<void> {
    await db
      .updateTable('attempts')
      .set({
        state: sql`if(state = 'intent', 'unknown', state)`,
        next_check_at: sql`if(next_check_at < ${it.takenUntil}, next_check_at, ${later(it, lookAgainAt)})`,
        updated_at: new Date(),
      })
      .where('id', '=', it.id)
      .where('tries', '=', it.tries)
      .where('next_check_at', 'is not', null)
      .execute();
  },
  /** The customer is being asked: the token is not needed any more. An id that another attempt has is not ours. */
  async markWaiting(
    trx: Transaction<Schema>,
    it: TakenAttempt,
    { checkoutId, lookAgainAt }: { checkoutId: string; lookAgainAt: Date },
  ): Promise<void> {
    await trx
      .updateTable('attempts')
      .set({
        state: sql`if(state = 'failed', state, 'action-required')`,
        checkout_id: checkoutId,
        token: null,
        next_check_at: sql`if(next_check_at < ${it.takenUntil}, next_check_at, ${later(it, lookAgainAt)})`,
        updated_at: new Date(),
      })
      .where('id', '=', it.id)
      .where('next_check_at', 'is not', null)
      .execute();
  },
  /** The provider never heard of it and will not: it is asked as if for the first time. */
  async askAfresh(db: Db, it: TakenAttempt): Promise<void> {
    await db
      .updateTable('attempts')
      .set({ tries: 0, next_check_at: new Date(), updated_at: new Date() })
      .where('id', '=', it.id)
      .where('tries', '=', it.tries)
      .where('state', 'in', openStates)
      .where('next_check_at', 'is not', null)
      .execute();
  },
};

function later({ tries }: TakenAttempt, lookAgainAt?: Date): Date {
  const usual = Date.now() + backoffMs(tries);
  const wanted = lookAgainAt?.getTime() ?? usual;
  return new Date(wanted > Date.now() ? Math.min(usual, wanted) : usual);
}
