import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { AttemptRow, BookingRow, PaymentRow } from '../facts.ts';
import type { Range } from './range.ts';
import { type AnyDatabase, At, Count, readRows, within } from './rows.ts';

const Payment = z.object({
  id: z.string(),
  orderId: z.string(),
  state: z.string(),
  capturedMinor: Count,
  refundedMinor: Count,
  lostMinor: Count,
  createdAt: At,
  updatedAt: At,
});
const Attempt = z.object({
  id: z.string(),
  paymentId: z.string(),
  number: Count,
  kind: z.string(),
  state: z.string(),
  amountMinor: Count,
  createdAt: At,
  updatedAt: At,
});
const Booking = z.object({
  attemptId: z.string(),
  account: z.string(),
  debitMinor: Count,
  creditMinor: Count,
});
const idsOf = (rows: readonly { id: string }[]) => sql.join(rows.map(({ id }) => id));

/** Payments with their attempts and bookings. */
export function openPayments(database: AnyDatabase) {
  const read = <S extends z.ZodType>(row: S, query: RawBuilder<unknown>) => readRows(database, row, query);
  return {
    async payments(range: Range): Promise<(PaymentRow & { orderId: string })[]> {
      return read(
        Payment,
        sql`select id, order_id as orderId, state, captured_minor as capturedMinor,
          refunded_minor as refundedMinor, lost_minor as lostMinor, created_at as createdAt, updated_at as updatedAt
          from payment.payments where ${within('order_id', range)}`,
      );
    },
    async attempts(payments: readonly { id: string }[]): Promise<AttemptRow[]> {
      if (payments.length === 0) return [];
      return read(
        Attempt,
        sql`select id, payment_id as paymentId, number, kind, state, amount_minor as amountMinor,
          created_at as createdAt, updated_at as updatedAt
          from payment.attempts where payment_id in (${idsOf(payments)}) order by payment_id, number`,
      );
    },
    async bookings(attempts: readonly { id: string }[]): Promise<BookingRow[]> {
      if (attempts.length === 0) return [];
      return read(
        Booking,
        sql`select attempt_id as attemptId, account, debit_minor as debitMinor, credit_minor as creditMinor
          from payment.ledger where attempt_id in (${idsOf(attempts)})`,
      );
    },
  };
}
