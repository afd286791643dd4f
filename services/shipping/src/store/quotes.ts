import { Destination } from '@shopstack/contracts/cart';
import { SkuQuantity } from '@shopstack/contracts/primitives';
import { DeliveryMethod, type Quote } from '@shopstack/contracts/shipping';
import type { Database } from '@shopstack/sql/database';
import { jsonColumn } from '@shopstack/sql/json';
import { z } from 'zod';
import type { Schema } from './schema.ts';

const destinationColumn = jsonColumn(Destination);
const linesColumn = jsonColumn(z.array(SkuQuantity));
/** An expired quote is kept a while, so that its holder is told that it expired. */
const KEPT_AFTER_EXPIRY_MS = 24 * 3600_000;
export type NewQuote = Omit<Quote, 'expired' | 'expiresAt'> & { expiresAt: Date };

/** Delivery offers as they were given: nobody outside can make or change one. */
export function openQuotes({ db }: Pick<Database<Schema>, 'db'>) {
  return {
    async keep(quotes: readonly NewQuote[]): Promise<void> {
      const now = new Date();
      await db
        .insertInto('quotes')
        .values(
          quotes.map((it) => ({
            id: it.quoteId,
            destination: destinationColumn.write(it.destination),
            cart_lines: linesColumn.write(it.lines),
            method: it.method,
            price_minor: it.price.amountMinor,
            currency: it.price.currency,
            min_days: it.days.min,
            max_days: it.days.max,
            distance_km: it.distanceKm,
            weight_grams: it.weightGrams,
            expires_at: it.expiresAt,
            created_at: now,
          })),
        )
        .execute();
    },
    async byId(id: string): Promise<Quote | undefined> {
      const row = await db.selectFrom('quotes').selectAll().where('id', '=', id).executeTakeFirst();
      return (
        row && {
          quoteId: row.id,
          method: DeliveryMethod.parse(row.method),
          price: { amountMinor: row.price_minor, currency: row.currency },
          days: { min: row.min_days, max: row.max_days },
          expiresAt: row.expires_at.toISOString(),
          distanceKm: row.distance_km,
          weightGrams: row.weight_grams,
          destination: destinationColumn.read(row.destination),
          lines: linesColumn.read(row.cart_lines),
          expired: row.expires_at.getTime() <= Date.now(),
        }
      );
    },
    async purge(): Promise<void> {
      const before = new Date(Date.now() - KEPT_AFTER_EXPIRY_MS);
      await db.deleteFrom('quotes').where('expires_at', '<', before).limit(5000).execute();
    },
  };
}
export type Quotes = ReturnType<typeof openQuotes>;
