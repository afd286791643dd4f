import { createServiceApp, type Platform } from '@shopstack/kit/api';
import type { Database } from '@shopstack/sql/database';
import type { Express } from 'express';
import { geography } from './http/geography.ts';
import { type QuoteDeps, quotes } from './http/quotes.ts';
import { shipments } from './http/shipments.ts';
import type { Schema } from './store/schema.ts';

export interface Deps extends QuoteDeps {
  platform: Platform;
  database: Database<Schema>;
  /** Sends outgoing messages soon. */
  wake: () => void;
}

export const createApp = (deps: Deps): Express =>
  createServiceApp(deps.platform, (api) => {
    geography(api, deps);
    quotes(api, deps);
    shipments(api, deps);
  });
