import { createServiceApp, type Platform } from '@shopstack/kit/api';
import type { Database } from '@shopstack/sql/database';
import type { Express } from 'express';
import type { CardProvider } from './clients/simulator.ts';
import { payments } from './http/payments.ts';
import { webhooks } from './http/webhooks.ts';
import type { Schema } from './store/schema.ts';

export interface Deps {
  platform: Platform;
  database: Database<Schema>;
  provider: Pick<CardProvider, 'verifies'>;
  /** Asks providers about open attempts soon. */
  attempt: () => void;
}

export const createApp = (deps: Deps): Express =>
  createServiceApp(deps.platform, (api) => {
    payments(api, deps);
    webhooks(api, deps);
  });
