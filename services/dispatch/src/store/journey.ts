import type { Journey } from '@shopstack/contracts/operations-desk';
import { JourneyEntry } from '@shopstack/contracts/operations-desk';
import type { Database } from '@shopstack/sql/database';
import type { Kysely } from 'kysely';
import type { Entry } from '../domain/journey.ts';
import type { Schema } from './schema.ts';

/** The newest that are shown; more happen only to an order that is asked about for weeks. */
const SHOWN = 500;

/** Written in the transaction in which it happens; outbox and inbox rows may be gone long before somebody asks. */
export async function writeJourney(
  db: Kysely<Schema>,
  orderId: string,
  at: Date,
  entries: readonly Entry[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((it) => ({
    order_id: orderId,
    at,
    kind: it.kind,
    name: it.name,
    detail: it.detail ?? null,
    message_id: it.messageId ?? null,
    causation_id: it.causationId ?? null,
    trace_id: it.traceId ?? null,
  }));
  await db.insertInto('journey').values(rows).execute();
}

export function openJourneys({ db }: Database<Schema>) {
  return {
    /** Oldest first. */
    async ofOrder(orderId: string): Promise<Journey['entries']> {
      const query = db.selectFrom('journey').selectAll().where('order_id', '=', orderId);
      const rows = await query.orderBy('id', 'desc').limit(SHOWN).execute();
      return rows.reverse().map((row) =>
        JourneyEntry.parse({
          at: row.at.toISOString(),
          kind: row.kind,
          name: row.name,
          ...(row.detail === null ? {} : { detail: row.detail }),
          ...(row.message_id === null ? {} : { messageId: row.message_id }),
          ...(row.causation_id === null ? {} : { causationId: row.causation_id }),
          ...(row.trace_id === null ? {} : { traceId: row.trace_id }),
        }),
      );
    },
  };
}
export type Journeys = ReturnType<typeof openJourneys>;
