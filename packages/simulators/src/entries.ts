import { z } from 'zod';
import type { Database } from './database.ts';

export const entriesSchema = `
  CREATE TABLE IF NOT EXISTS entries (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, paymentId TEXT NOT NULL, reference TEXT NOT NULL, kind TEXT NOT NULL,
    amountMinor INTEGER NOT NULL, currency TEXT NOT NULL, idempotencyKey TEXT, at TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS entries_disputes ON entries (sequence)
    WHERE kind IN ('dispute-opened', 'dispute-won', 'dispute-lost');`;

const Entry = z.object({
  sequence: z.int(),
  paymentId: z.string(),
  reference: z.string(),
  kind: z.string(),
  amountMinor: z.int(),
  currency: z.string(),
  idempotencyKey: z.string().nullable(),
  at: z.string(),
});
export type NewEntry = Omit<z.infer<typeof Entry>, 'sequence'>;

const LedgerPage = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(5_000).default(1_000),
});

/** Every movement of money at a provider, in order; the same for all providers, so that one audit reads them. */
export function openEntries(db: Database) {
  const insert = db.prepare(
    `INSERT INTO entries (paymentId, reference, kind, amountMinor, currency, idempotencyKey, at)
     VALUES (:paymentId, :reference, :kind, :amountMinor, :currency, :idempotencyKey, :at)`,
  );
  const all = db.prepare('SELECT * FROM entries WHERE sequence > ? ORDER BY sequence LIMIT ?');
  const disputes = db.prepare(
    `SELECT * FROM entries WHERE sequence > ? AND kind IN ('dispute-opened', 'dispute-won', 'dispute-lost')
     ORDER BY sequence LIMIT ?`,
  );
  return {
    /** Call inside the transaction of the change. */
    enter(entry: NewEntry) {
      insert.run({ ...entry });
    },
    /** The answer to `GET /v1/ledger?after=&limit=`, or to the same of `/v1/disputes`. */
    page(query: unknown, which: 'all' | 'disputes' = 'all') {
      const { after, limit } = LedgerPage.parse(query);
      const items = z.array(Entry).parse((which === 'all' ? all : disputes).all(after, limit));
      return { items, next: items.length < limit ? null : (items.at(-1)?.sequence ?? null) };
    },
  };
}
