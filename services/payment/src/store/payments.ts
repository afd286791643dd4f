import { PaymentState } from '@shopstack/contracts/order';
import type { Database } from '@shopstack/sql/database';
import { isDuplicate } from '@shopstack/sql/database';
import type { Transaction } from 'kysely';
import type { Entry } from '../domain/ledger.ts';
import { kindOf } from '../domain/methods.ts';
import type { PaymentFacts } from '../domain/payment.ts';
import type { Schema } from './schema.ts';

export interface PaymentRecord extends PaymentFacts {
  id: string;
  orderId: string;
  currency: string;
  method: string;
  country: string;
  providerId: string | null;
  lastReason: string | null;
  voidRound: number | null;
  voidCause: string | null;
  userId: string | null;
  followTokenHash: string | null;
  round: number;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}
export type NewPayment = Pick<
  PaymentRecord,
  | 'id'
  | 'orderId'
  | 'amountMinor'
  | 'currency'
  | 'method'
  | 'country'
  | 'state'
  | 'maxTries'
  | 'userId'
  | 'followTokenHash'
  | 'round'
>;
type Db = Database<Schema>['db'] | Transaction<Schema>;

const record = (row: Schema['payments']): PaymentRecord => ({
  id: row.id,
  orderId: row.order_id,
  amountMinor: row.amount_minor,
  currency: row.currency,
  method: row.method,
  kind: kindOf(row.method),
  country: row.country,
  state: PaymentState.parse(row.state),
  voidRequested: row.void_requested === 1,
  voidRound: row.void_round,
  voidCause: row.void_cause,
  tries: row.tries,
  maxTries: row.max_tries,
  capturedMinor: row.captured_minor,
  refundedMinor: row.refunded_minor,
  lostMinor: row.lost_minor,
  late: row.late === 1,
  providerId: row.provider_id,
  lastReason: row.last_reason,
  userId: row.user_id,
  followTokenHash: row.follow_token_hash,
  round: row.round,
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** Payments: one per order. Functions take the connection, so that a change shares its transaction with the outbox. */
export const payments = {
  async byId(db: Db, id: string): Promise<PaymentRecord | undefined> {
    const row = await db.selectFrom('payments').selectAll().where('id', '=', id).executeTakeFirst();
    return row && record(row);
  },
  async byOrder(db: Db, orderId: string): Promise<PaymentRecord[]> {
    const rows = await db
      .selectFrom('payments')
      .selectAll()
      .where('order_id', '=', orderId)
      .limit(10)
      .execute();
    return rows.map(record);
  },
  async idsOfOrders(db: Db, orderIds: readonly string[]): Promise<string[]> {
    if (orderIds.length === 0) return [];
    const rows = await db.selectFrom('payments').select('id').where('order_id', 'in', orderIds).execute();
    return rows.map(({ id }) => id);
  },
  /** Locked until the transaction ends. */
  async lock(trx: Transaction<Schema>, id: string): Promise<PaymentRecord | undefined> {
    const row = await trx
      .selectFrom('payments')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    return row && record(row);
  },
  /** The payment, locked; made first when there is none. Looked at before it is made: a refused insert deadlocks. */
  async lockOrInsert(
    trx: Transaction<Schema>,
    it: NewPayment,
  ): Promise<{ payment: PaymentRecord; isNew: boolean }> {
    const known = await payments.lock(trx, it.id);
    if (known) return { payment: known, isNew: false };
    const isNew = await payments.insert(trx, it);
    const payment = await payments.lock(trx, it.id);
    if (!payment) throw new Error('a payment disappeared');
    return { payment, isNew };
  },
  /** False when it exists. */
  async insert(trx: Transaction<Schema>, it: NewPayment): Promise<boolean> {
    const now = new Date();
    try {
      await trx
        .insertInto('payments')
        .values({
          id: it.id,
          order_id: it.orderId,
          amount_minor: it.amountMinor,
          currency: it.currency,
          method: it.method,
          country: it.country,
          state: it.state,
          void_requested: 0,
          void_round: null,
          void_cause: null,
          tries: 0,
          max_tries: it.maxTries,
          captured_minor: 0,
          refunded_minor: 0,
          lost_minor: 0,
          late: 0,
          provider_id: null,
          last_reason: null,
          user_id: it.userId,
          follow_token_hash: it.followTokenHash,
          round: it.round,
          version: 1,
          created_at: now,
          updated_at: now,
        })
        .execute();
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  },
  /** Writes a locked payment back. */
  async save(trx: Transaction<Schema>, it: PaymentRecord): Promise<void> {
    const saved = await trx
      .updateTable('payments')
      .set({
        state: it.state,
        void_requested: it.voidRequested ? 1 : 0,
        void_round: it.voidRound,
        void_cause: it.voidCause,
        tries: it.tries,
        captured_minor: it.capturedMinor,
        refunded_minor: it.refundedMinor,
        lost_minor: it.lostMinor,
        late: it.late ? 1 : 0,
        method: it.method,
        provider_id: it.providerId,
        last_reason: it.lastReason,
        version: it.version + 1,
        updated_at: new Date(),
      })
      .where('id', '=', it.id)
      .where('version', '=', it.version)
      .executeTakeFirst();
    if (saved.numUpdatedRows !== 1n) throw new Error('a payment was written that was not locked');
  },
  async book(
    trx: Transaction<Schema>,
    it: Pick<PaymentRecord, 'id' | 'currency'>,
    { attemptId, entries }: { attemptId: string; entries: readonly Entry[] },
  ): Promise<void> {
    const booked_at = new Date();
    await trx
      .insertInto('ledger')
      .values(
        entries.map(({ account, debitMinor, creditMinor }) => ({
          payment_id: it.id,
          attempt_id: attemptId,
          account,
          debit_minor: debitMinor,
          credit_minor: creditMinor,
          currency: it.currency,
          booked_at,
        })),
      )
      .execute();
  },
  /** False when this event of this provider was seen before. */
  async firstEvent(trx: Transaction<Schema>, provider: string, eventId: string): Promise<boolean> {
    try {
      await trx
        .insertInto('provider_events')
        .values({ provider, event_id: eventId, received_at: new Date() })
        .execute();
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  },
};
