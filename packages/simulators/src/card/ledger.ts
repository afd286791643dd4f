import { z } from 'zod';
import type { Database } from '../database.ts';
import { entriesSchema, openEntries } from '../entries.ts';
import { type Change, Payment } from './payment.ts';

export const ledgerSchema = `
  CREATE TABLE IF NOT EXISTS payments (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL, document TEXT NOT NULL, decideAt INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS payments_reference ON payments (reference);
  CREATE INDEX IF NOT EXISTS payments_pending ON payments (decideAt) WHERE decideAt IS NOT NULL;
  ${entriesSchema}
  CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, request TEXT NOT NULL, paymentId TEXT, status INTEGER NOT NULL, body TEXT NOT NULL
  ) WITHOUT ROWID;`;

const Row = z.object({ document: z.string() });
const KeptAnswer = z.object({ request: z.string(), status: z.int(), body: z.string() });
const paymentOf = (row: unknown) => Payment.parse(JSON.parse(Row.parse(row).document));

export type Ledger = ReturnType<typeof openLedger>;

/** The provider's memory. Callers group writes in a transaction of the database. */
export function openLedger(db: Database) {
  const byId = db.prepare('SELECT document FROM payments WHERE id = ?');
  const byReference = db.prepare('SELECT document FROM payments WHERE reference = ?');
  const byKey = db.prepare(
    'SELECT document FROM payments p JOIN answers a ON a.paymentId = p.id WHERE a.key = ?',
  );
  const due = db.prepare('SELECT document FROM payments WHERE decideAt <= ? ORDER BY decideAt LIMIT 50');
  const save = db.prepare(
    `INSERT INTO payments (id, reference, document, decideAt) VALUES (:id, :reference, :document, :decideAt)
     ON CONFLICT (id) DO UPDATE SET document = excluded.document, decideAt = excluded.decideAt`,
  );
  const entries = openEntries(db);
  const answerOf = db.prepare('SELECT request, status, body FROM answers WHERE key = ?');
  const keep = db.prepare(
    'INSERT INTO answers (key, request, paymentId, status, body) VALUES (?, ?, ?, ?, ?)',
  );

  return {
    find(id: string): Payment | undefined {
      const row = byId.get(id);
      return row && paymentOf(row);
    },
    findByReference: (reference: string) =>
      byReference
        .all(reference)
        .map(paymentOf)
        .sort((a, b) => a.createdAt.localeCompare(b.createdAt)),
    findByKey: (key: string) => byKey.all(key).map(paymentOf),
    undecided: (now: number) => due.all(now).map(paymentOf),
    record({ payment, entry }: Change, key: string | null, decideAt: number | null) {
      const { id, reference, currency, updatedAt } = payment;
      save.run({ id, reference, document: JSON.stringify(payment), decideAt });
      entries.enter({
        paymentId: id,
        reference,
        ...entry,
        currency,
        idempotencyKey: key,
        at: updatedAt,
      });
    },
    answerOf(key: string) {
      const row = answerOf.get(key);
      return row && KeptAnswer.parse(row);
    },
    keepAnswer(
      key: string,
      kept: { request: string; paymentId: string | null; status: number; body: string },
    ) {
      keep.run(key, kept.request, kept.paymentId, kept.status, kept.body);
    },
    page: entries.page,
    forget() {
      for (const table of ['payments', 'entries', 'answers']) db.prepare(`DELETE FROM ${table}`).run();
    },
  };
}
