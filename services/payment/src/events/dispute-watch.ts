import { startLoop } from '@shopstack/bus/relay';
import type { Logger } from '@shopstack/kit/log';
import type { Database } from '@shopstack/sql/database';
import type { CardProvider } from '../clients/simulator.ts';
import { disputes } from '../store/disputes.ts';
import { payments } from '../store/payments.ts';
import type { Schema } from '../store/schema.ts';
import { askAboutDisputes } from './disputing.ts';

interface Options {
  database: Database<Schema>;
  cards: Pick<CardProvider, 'disputedAfter'>;
  /** Asks providers about open attempts soon. */
  attempt: () => void;
  everyMs: number;
  log: Logger;
}
const PROVIDER = 'simulator';
const AT_ONCE = 100;

/**
 * Reads the provider's own list of disputes: a webhook that never came would leave money booked that a bank took back.
 * What a webhook told before is looked at again and told once.
 */
export function watchDisputes({ database, cards, attempt, everyMs, log }: Options) {
  const step = async (): Promise<'more' | 'idle'> => {
    const before = await disputes.position(database.db, PROVIDER);
    const { orderIds, position } = await cards.disputedAfter(before, AT_ONCE);
    if (position === before) return 'idle';
    await database.transaction(async (trx) => {
      for (const id of await payments.idsOfOrders(trx, orderIds)) await askAboutDisputes(trx, id);
      await disputes.moveTo(trx, PROVIDER, position);
    });
    attempt();
    return 'more';
  };
  return startLoop(step, {
    pollMs: everyMs,
    onError: (error, again) => {
      if (!again) log.warn({ reason: String(error) }, 'disputes will be looked at again');
    },
  });
}
