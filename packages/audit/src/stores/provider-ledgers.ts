import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { ProviderEntry } from '../facts.ts';
import type { Range } from './range.ts';
import { reading } from './unreadable.ts';

/** Where a provider tells what it did, in the shape of the simulators' `GET /v1/ledger?after=`. */
export interface LedgerAccess {
  name: string;
  url: string;
  /** Its key; `id:secret` for a provider that gives a token for it, as Daraja does. */
  key: string;
}
const Page = z.object({
  items: z.array(
    z.looseObject({
      sequence: z.number(),
      paymentId: z.string(),
      reference: z.string().optional(),
      kind: z.string(),
      amountMinor: z.number(),
      idempotencyKey: z.string().nullish(),
      at: z.coerce.date(),
    }),
  ),
  next: z.number().nullable(),
});
const Row = z.object({
  sequence: z.number(),
  provider: z.string(),
  reference: z.string(),
  paymentId: z.string(),
  kind: z.string(),
  amountMinor: z.number(),
  key: z.string().nullable(),
  updatedAt: z.number(),
});
const Rows = z.array(Row);
const Unclaimed = z.array(z.object({ reference: z.string(), kept: z.number() }));
const ASK_MS = 15_000;
/** M-Pesa takes this many characters: the end of the order's id. */
const SHORT = 12;

/**
 * The ledgers of all providers by order. They come in the order of time and are asked for by order, so they are put
 * down in a temporary file that is gone with the process: memory stays the same however long they are.
 */
export function openProviderLedgers(accesses: readonly LedgerAccess[]) {
  const db = new DatabaseSync('');
  db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE entries (provider TEXT, sequence INTEGER, reference TEXT, paymentId TEXT, kind TEXT,
      amountMinor INTEGER, key TEXT, updatedAt INTEGER, claimed INTEGER NOT NULL DEFAULT 0);
    CREATE INDEX entries_reference ON entries (reference);`);
  const insert = db.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)');
  const byRange = db.prepare(
    'SELECT * FROM entries WHERE reference >= ? AND reference < ? ORDER BY reference, provider, sequence',
  );
  const byEnd = db.prepare('UPDATE entries SET claimed = 1 WHERE reference = ? RETURNING *');
  const unclaimed = db.prepare(
    `SELECT reference, sum(CASE kind WHEN 'captured' THEN amountMinor WHEN 'refunded' THEN -amountMinor ELSE 0 END)
       AS kept FROM entries WHERE length(reference) <= ? AND claimed = 0
     GROUP BY reference HAVING kept <> 0 AND max(updatedAt) <= ? LIMIT 100`,
  );

  async function copy({ name, url, key }: LedgerAccess, stopAt: number): Promise<void> {
    const token = key.includes(':') ? await tokenFor(key, url) : key;
    let after: number | null = 0;
    while (after !== null) {
      if (Date.now() > stopAt) throw new Error('the time is up');
      const reply = await fetch(new URL(`v1/ledger?after=${after}`, url), {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(ASK_MS),
      });
      if (!reply.ok) throw new Error(`it answers ${reply.status}`);
      const page: z.output<typeof Page> = Page.parse(await reply.json());
      db.exec('BEGIN');
      for (const it of page.items) {
        const { sequence, reference = '', paymentId, kind, amountMinor, idempotencyKey = null, at } = it;
        insert.run(name, sequence, reference, paymentId, kind, amountMinor, idempotencyKey, at.getTime());
      }
      db.exec('COMMIT');
      after = page.next;
    }
  }

  return {
    /** Reads every ledger to its end. @throws when one does not answer. */
    async copy(stopAt: number): Promise<void> {
      for (const access of accesses) await reading(`the ledger of ${access.name}`, copy(access, stopAt));
    },
    /** What was done for orders of a range, and for these by the end of their id. */
    entries(range: Range, ids: Iterable<string>): Map<string, ProviderEntry[]> {
      const rows = Rows.parse(byRange.all(range.from ?? '', range.before ?? AFTER_ALL));
      const found = Map.groupBy(
        rows.filter(({ reference }) => reference.length > SHORT),
        ({ reference }) => reference,
      );
      for (const id of ids) {
        const named = Rows.parse(byEnd.all(id.slice(-SHORT)));
        if (named.length > 0) found.set(id, [...(found.get(id) ?? []), ...named]);
      }
      return found;
    },
    /** Money kept under the short names of orders that were never asked for, as far as it does not move any more. */
    unclaimed: (settledBefore: number) => Unclaimed.parse(unclaimed.all(SHORT, settledBefore)),
    close: () => db.close(),
  };
}

const Token = z.object({ access_token: z.string() });
async function tokenFor(key: string, url: string): Promise<string> {
  const reply = await fetch(new URL('oauth/v1/generate?grant_type=client_credentials', url), {
    headers: { authorization: `Basic ${Buffer.from(key).toString('base64')}` },
    signal: AbortSignal.timeout(ASK_MS),
  });
  if (!reply.ok) throw new Error(`it gives no token: ${reply.status}`);
  return Token.parse(await reply.json()).access_token;
}

/** Greater than every id. */
const AFTER_ALL = '\u{10ffff}';
