import type { Database } from '@shopstack/sql/database';
import { sql, type Transaction } from 'kysely';
import { z } from 'zod';
import { backoffMs } from '../domain/backoff.ts';
import type { AttemptKind } from '../domain/payment.ts';
import type { Schema } from './schema.ts';

const Kind = z.enum(['authorise', 'confirm', 'capture', 'void', 'refund']);
const State = z.enum(['intent', 'succeeded', 'failed', 'unknown', 'action-required']);
/** An attempt that is `intent` or `unknown` is open: the provider has to be asked (again). */
export interface AttemptRecord {
  id: string;
  paymentId: string;
  number: number;
  kind: AttemptKind;
  state: z.infer<typeof State>;
  token: string | null;
  /** What the customer answered, for a confirmation. */
  outcome: string | null;
  amountMinor: number;
  refundId: string | null;
  reason: string | null;
  round: number;
  cause: string | null;
  /** How often the provider was asked. */
  tries: number;
  createdAt: Date;
}
export type NewAttempt = Pick<AttemptRecord, 'id' | 'paymentId' | 'kind' | 'amountMinor' | 'round'> &
  Partial<Pick<AttemptRecord, 'token' | 'outcome' | 'refundId' | 'cause'>>;
type Db = Database<Schema>['db'] | Transaction<Schema>;
/** An attempt that is being asked about. */
export interface TakenAttempt extends AttemptRecord {
  takenUntil: Date;
}
const open = ['intent', 'unknown'];
/** Longer than the provider's timeout: nobody else asks while an answer may still come. */
const TAKEN_FOR_MS = 4000;

const record = (row: Schema['attempts']): AttemptRecord => ({
  id: row.id,
  paymentId: row.payment_id,
  number: row.number,
  kind: Kind.parse(row.kind),
  state: State.parse(row.state),
  token: row.token,
  outcome: row.outcome,
  amountMinor: row.amount_minor,
  refundId: row.refund_id,
  reason: row.reason,
  round: row.round,
  cause: row.cause,
  tries: row.tries,
  createdAt: row.created_at,
});

/** What was asked of providers, written before it is asked. */
export const attempts = {
  /** A payment's tries with a card, oldest first. */
  async authorisations(db: Db, paymentId: string): Promise<AttemptRecord[]> {
    const rows = await db
      .selectFrom('attempts')
      .selectAll()
      .where('payment_id', '=', paymentId)
      .where('kind', '=', 'authorise')
      .orderBy('number')
      .limit(100)
      .execute();
    return rows.map(record);
  },
  /** All whose outcome is not known yet. */
  async open(trx: Transaction<Schema>, paymentId: string): Promise<AttemptRecord[]> {
    const rows = await trx
      .selectFrom('attempts')
      .selectAll()
      .where('payment_id', '=', paymentId)
      .where('state', 'in', open)
      .execute();
    return rows.map(record);
  },
  async ofRefund(trx: Transaction<Schema>, refundId: string): Promise<AttemptRecord | undefined> {
    const row = await trx
      .selectFrom('attempts')
      .selectAll()
      .where('refund_id', '=', refundId)
      .executeTakeFirst();
    return row && record(row);
  },
  /** Call it with the payment locked: numbers follow each other. */
  async insert(trx: Transaction<Schema>, it: NewAttempt): Promise<void> {
    const last = await trx
      .selectFrom('attempts')
      .select(({ fn }) => fn.max('number').as('number'))
      .where('payment_id', '=', it.paymentId)
      .executeTakeFirst();
    const now = new Date();
    await trx
      .insertInto('attempts')
      .values({
        id: it.id,
        payment_id: it.paymentId,
        number: Number(last?.number ?? 0) + 1,
        kind: it.kind,
        state: 'intent',
        token: it.token ?? null,
        outcome: it.outcome ?? null,
        amount_minor: it.amountMinor,
        refund_id: it.refundId ?? null,
        reason: null,
        round: it.round,
        cause: it.cause ?? null,
        tries: 0,
        next_check_at: now,
        created_at: now,
        updated_at: now,
      })
      .execute();
  },
  /** Open attempts whose time has come, oldest first. */
  async due(
    db: Db,
    { limit, except }: { limit: number; except: readonly string[] },
  ): Promise<AttemptRecord[]> {
    const query = db.selectFrom('attempts').selectAll().where('next_check_at', '<=', new Date());
    const others = except.length > 0 ? query.where('id', 'not in', except) : query;
    const rows = await others.orderBy('next_check_at').limit(limit).execute();
    return rows.map(record);
  },
  /** Takes an attempt for the next try; nothing when another replica has it. */
  async take(db: Db, it: AttemptRecord): Promise<TakenAttempt | undefined> {
    const takenUntil = new Date(Date.now() + TAKEN_FOR_MS);
    const taken = await db
      .updateTable('attempts')
      .set({ tries: it.tries + 1, next_check_at: takenUntil, updated_at: new Date() })
      .where('id', '=', it.id)
      .where('tries', '=', it.tries)
      .where('state', 'in', open)
      .executeTakeFirst();
    return taken.numUpdatedRows === 1n ? { ...it, tries: it.tries + 1, takenUntil } : undefined;
  },
  /** False when it is settled already. The token is forgotten with it. */
  async settle(
    trx: Transaction<Schema>,
    id: string,
    it: { state: AttemptRecord['state']; reason?: string | undefined },
  ): Promise<boolean> {
    const done = await trx
      .updateTable('attempts')
      .set({
        state: it.state,
        reason: it.reason?.slice(0, 200) ?? null,
        token: null,
        next_check_at: null,
        updated_at: new Date(),
      })
      .where('id', '=', id)
      .where('state', 'in', open)
      .executeTakeFirst();
    return done.numUpdatedRows === 1n;
  },
  /** Asks again later, or at once when there was news meanwhile. */
  async markUnknown(db: Db, it: TakenAttempt): Promise<void> {
    const later = new Date(Date.now() + backoffMs(it.tries));
    await db
      .updateTable('attempts')
      .set({
        state: 'unknown',
        next_check_at: sql`if(next_check_at < ${it.takenUntil}, next_check_at, ${later})`,
        updated_at: new Date(),
      })
      .where('id', '=', it.id)
      .where('tries', '=', it.tries)
      .where('state', 'in', open)
      .execute();
  },
  /** Asks about a payment's open attempts now: there is news, or somebody waits. */
  async hurry(db: Db, paymentId: string): Promise<void> {
    await db
      .updateTable('attempts')
      .set({ next_check_at: new Date() })
      .where('payment_id', '=', paymentId)
      .where('state', 'in', open)
      .execute();
  },
};
