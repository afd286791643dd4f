import { activeTraceparent } from '@shopstack/kit/trace';
import type { Database } from '@shopstack/sql/database';
import { isDuplicate } from '@shopstack/sql/database';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { AttemptKind } from '../domain/payment.ts';
import type { Schema } from './schema.ts';

const Kind = z.enum(['authorise', 'confirm', 'capture', 'void', 'charge', 'refund', 'dispute']);
const State = z.enum(['intent', 'succeeded', 'failed', 'unknown', 'action-required']);
/**
 * The provider is asked (again) at `next_check_at`. An attempt that has one is open, unless it has failed: then it was
 * given up without the provider's last word, and is only watched.
 */
export interface AttemptRecord {
  id: string;
  paymentId: string;
  number: number;
  kind: AttemptKind;
  state: z.infer<typeof State>;
  /** What pays; of a refund the receipt of what goes back, when it is not the payment's. */
  token: string | null;
  /** What the customer answered, for a confirmation; for a reversal the code its callback claims. */
  outcome: string | null;
  amountMinor: number;
  refundId: string | null;
  reason: string | null;
  round: number;
  cause: string | null;
  /** How often the provider was asked. */
  tries: number;
  /** When it was asked first, or afresh. */
  askedAt: Date | null;
  /** M-Pesa's id of the prompt on the phone. */
  checkoutId: string | null;
  /** The trace in which it was wanted: asking the provider is part of it. */
  traceparent: string | null;
  createdAt: Date;
}
export type NewAttempt = Pick<AttemptRecord, 'id' | 'paymentId' | 'kind' | 'amountMinor' | 'round'> &
  Partial<Pick<AttemptRecord, 'token' | 'outcome' | 'refundId' | 'cause'>>;
export type Db = Database<Schema>['db'] | Transaction<Schema>;
export const openStates = ['intent', 'unknown', 'action-required'];

export const attemptOf = (row: Schema['attempts']): AttemptRecord => ({
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
  askedAt: row.asked_at,
  checkoutId: row.checkout_id,
  traceparent: row.traceparent,
  createdAt: row.created_at,
});

/** What was asked of providers, written before it is asked. */
export const attempts = {
  async byId(db: Db, id: string): Promise<AttemptRecord | undefined> {
    const row = await db.selectFrom('attempts').selectAll().where('id', '=', id).executeTakeFirst();
    return row && attemptOf(row);
  },
  /** A payment's tries with a card or a phone, oldest first. */
  async authorisations(db: Db, paymentId: string): Promise<AttemptRecord[]> {
    const rows = await db
      .selectFrom('attempts')
      .selectAll()
      .where('payment_id', '=', paymentId)
      .where('kind', 'in', ['authorise', 'charge'])
      .orderBy('number')
      .limit(100)
      .execute();
    return rows.map(attemptOf);
  },
  /** All whose outcome is not known yet. */
  async open(trx: Transaction<Schema>, paymentId: string): Promise<AttemptRecord[]> {
    const rows = await trx
      .selectFrom('attempts')
      .selectAll()
      .where('payment_id', '=', paymentId)
      .where('kind', '!=', 'dispute')
      .where('state', 'in', openStates)
      .where('next_check_at', 'is not', null)
      .execute();
    return rows.map(attemptOf);
  },
  /** Whether the provider may still take the money of a try that was given up: it said that it is at work. */
  async mayStillPay(db: Db, paymentId: string): Promise<boolean> {
    const row = await db
      .selectFrom('attempts')
      .select('id')
      .where('payment_id', '=', paymentId)
      .where('kind', '=', 'charge')
      .where('state', '=', 'failed')
      .where('next_check_at', 'is not', null)
      .where('checkout_id', 'is not', null)
      .executeTakeFirst();
    return row !== undefined;
  },
  /** Which attempt has which of these receipts. */
  async withReceipts(db: Db, receipts: readonly string[]): Promise<Map<string, string>> {
    const rows = await db
      .selectFrom('attempts')
      .select(['id', 'receipt'])
      .where('receipt', 'in', receipts)
      .execute();
    return new Map(rows.map(({ id, receipt }) => [receipt ?? '', id]));
  },
  async ofRefund(trx: Transaction<Schema>, refundId: string): Promise<AttemptRecord | undefined> {
    const row = await trx
      .selectFrom('attempts')
      .selectAll()
      .where('refund_id', '=', refundId)
      .executeTakeFirst();
    return row && attemptOf(row);
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
        checkout_id: null,
        traceparent: activeTraceparent() ?? null,
        receipt: null,
        asked_at: null,
        next_check_at: now,
        created_at: now,
        updated_at: now,
      })
      .execute();
  },
  /** A callback's word: it is only kept as a hint where to look. Given up attempts are looked at once more. */
  async hear(
    trx: Transaction<Schema>,
    id: string,
    hint: { checkoutId?: string | undefined; outcome?: string | undefined },
  ): Promise<void> {
    const wake = trx.updateTable('attempts').where('id', '=', id).where('state', '!=', 'succeeded');
    await wake
      .where((it) => it.or([it('next_check_at', 'is not', null), it('kind', '=', 'charge')]))
      .set({ next_check_at: new Date(), ...(hint.outcome ? { outcome: hint.outcome } : {}) })
      .execute();
    if (!hint.checkoutId) return;
    try {
      await wake.where('checkout_id', 'is', null).set({ checkout_id: hint.checkoutId }).execute();
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  },
  /** Asks about a payment's open attempts now: there is news, or somebody waits. */
  async hurry(db: Db, paymentId: string): Promise<void> {
    await db
      .updateTable('attempts')
      .set({ next_check_at: new Date() })
      .where('payment_id', '=', paymentId)
      .where('state', 'in', openStates)
      .where('next_check_at', 'is not', null)
      .execute();
  },
};
