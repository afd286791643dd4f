import type { mongo } from 'mongoose';
import { z } from 'zod';
import type { HistoryRow } from '../facts.ts';
import { idFilter, type Range } from './range.ts';

const Amount = z.object({ amountMinor: z.number() });
const Row = z.object({
  _id: z.string(),
  userId: z.string(),
  version: z.number(),
  summary: z.object({ status: z.string(), total: Amount, refunded: Amount.optional() }),
});

/** The order histories that the user service keeps. */
export function openHistories(client: Pick<mongo.MongoClient, 'db'>) {
  const orders = client.db('users').collection<{ _id: string }>('orders');
  return {
    async histories(range: Range): Promise<Map<string, HistoryRow>> {
      const found = await orders
        .find(idFilter(range))
        .project({ userId: 1, version: 1, 'summary.status': 1, 'summary.total': 1, 'summary.refunded': 1 })
        .toArray();
      return new Map(
        z
          .array(Row)
          .parse(found)
          .map(({ _id, userId, version, summary: { status, total, refunded } }) => [
            _id,
            {
              userId,
              version,
              status,
              totalMinor: total.amountMinor,
              refundedMinor: refunded?.amountMinor ?? 0,
            },
          ]),
      );
    },
  };
}
