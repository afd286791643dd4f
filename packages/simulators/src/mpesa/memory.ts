import { z } from 'zod';
import type { Database } from '../database.ts';
import { entriesSchema, openEntries } from '../entries.ts';
import { Checkout } from './checkout.ts';

export const memorySchema = `
  CREATE TABLE IF NOT EXISTS checkouts (
    id TEXT PRIMARY KEY, receipt TEXT, document TEXT NOT NULL, decideAt INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS checkouts_receipt ON checkouts (receipt);
  CREATE INDEX IF NOT EXISTS checkouts_undecided ON checkouts (decideAt) WHERE decideAt IS NOT NULL;
  CREATE TABLE IF NOT EXISTS transactions (
    receipt TEXT PRIMARY KEY, kind TEXT NOT NULL, reference TEXT NOT NULL, amountMinor INTEGER NOT NULL,
    phone TEXT NOT NULL, at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS transactions_at ON transactions (at);
  ${entriesSchema}`;

const Transaction = z.object({
  receipt: z.string(),
  kind: z.enum(['payment', 'reversal']),
  reference: z.string(),
  amountMinor: z.int(),
  phone: z.string(),
  at: z.int(),
});
export type Transaction = z.infer<typeof Transaction>;
export type EntryKind = 'pending' | 'captured' | 'declined' | 'refunded';

const checkoutOf = (row: unknown) =>
  Checkout.parse(JSON.parse(z.object({ document: z.string() }).parse(row).document));

/** M-Pesa's memory. Callers group writes in a transaction of the database. */
export function openMemory(db: Database, currency: string) {
  const entries = openEntries(db);
  const byId = db.prepare('SELECT document FROM checkouts WHERE id = ?');
  const byReceipt = db.prepare('SELECT document FROM checkouts WHERE receipt = ?');
  const due = db.prepare('SELECT document FROM checkouts WHERE decideAt <= ? ORDER BY decideAt LIMIT 50');
  const save = db.prepare(
    `INSERT INTO checkouts (id, receipt, document, decideAt) VALUES (:id, :receipt, :document, :decideAt)
     ON CONFLICT (id) DO UPDATE SET receipt = excluded.receipt, document = excluded.document,
     decideAt = excluded.decideAt`,
  );
  const addTransaction = db.prepare(
    `INSERT INTO transactions (receipt, kind, reference, amountMinor, phone, at)
     VALUES (:receipt, :kind, :reference, :amountMinor, :phone, :at)`,
  );
  const between = db.prepare(
    'SELECT * FROM transactions WHERE at BETWEEN ? AND ? ORDER BY at, receipt LIMIT ? OFFSET ?',
  );
  const one = (row: unknown) => (row === undefined ? undefined : checkoutOf(row));

  return {
    page: entries.page,
    find: (id: string) => one(byId.get(id)),
    findByReceipt: (receipt: string) => one(byReceipt.get(receipt)),
    undecided: (now: number) => due.all(now).map(checkoutOf),
    save(it: Checkout, kind: EntryKind, more: { amountMinor?: number; decideAt?: number | null } = {}) {
      const { id, receipt = null, reference, updatedAt: at } = it;
      save.run({ id, receipt, document: JSON.stringify(it), decideAt: more.decideAt ?? null });
      const amountMinor = more.amountMinor ?? it.amountMinor;
      entries.enter({ paymentId: id, reference, kind, amountMinor, currency, idempotencyKey: null, at });
    },
    addTransaction(it: Transaction) {
      addTransaction.run({ ...it });
    },
    transactions: (range: { from: number; to: number; offset: number; limit: number }) =>
      z.array(Transaction).parse(between.all(range.from, range.to, range.limit, range.offset)),
    forget() {
      for (const table of ['checkouts', 'transactions', 'entries']) db.prepare(`DELETE FROM ${table}`).run();
    },
  };
}
