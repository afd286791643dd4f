import type { Logger } from '@shopstack/kit/log';
import { type Database, openDatabase } from '@shopstack/sql/database';
import { openIdempotencyStore } from '@shopstack/sql/idempotency';
import { prepareSchema } from '@shopstack/sql/migration';
import { withFollowTokens } from './answers.ts';
import { openAudits } from './audits.ts';
import { openDeadLetters } from './dead-letters.ts';
import { openJourneys } from './journey.ts';
import { openNotifications } from './notifications.ts';
import { openOrderEvents } from './order-events.ts';
import { openOrders } from './orders.ts';
import { removePublishedTokens } from './payment-tokens.ts';
import { openReplayQueue } from './replay-queue.ts';
import { openReplays } from './replays.ts';
import { openSagas } from './sagas.ts';
import { migrations, type Schema } from './schema.ts';
import { openTimers } from './timers.ts';
import type { Rules } from './transitions.ts';

/** How long a start waits for its database before it gives up with one line. */
const WAIT_MS = 10_000;

/** The schema brought up to date, or a refusal to work with an older one. */
export async function openSchema(settings: {
  url: string;
  migrateOnStart: boolean;
  log: Logger;
}): Promise<Database<Schema>> {
  const database = openDatabase<Schema>({ url: settings.url, log: settings.log });
  try {
    await prepareSchema({ database, migrations, waitMs: WAIT_MS, ...settings });
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

export function openStore(
  database: Database<Schema>,
  rules: Rules & { followTokenOf: (orderId: string) => string },
) {
  const keys = openIdempotencyStore(database);
  return {
    orders: openOrders(database, rules),
    timers: openTimers(database, rules),
    events: openOrderEvents(database),
    notifications: openNotifications(database),
    journeys: openJourneys(database),
    sagas: openSagas(database),
    deadLetters: openDeadLetters(database),
    replays: openReplays(database),
    replayQueue: openReplayQueue(database),
    audits: openAudits(database),
    keys: withFollowTokens(keys, rules.followTokenOf),
    forgetTokens: () => removePublishedTokens(database.db),
    close: () => keys.close(),
  };
}
