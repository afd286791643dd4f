import { createServiceApp, type Platform } from '@shopstack/kit/api';
import type { Database } from '@shopstack/sql/database';
import type { Express } from 'express';
import type { Providers } from './clients/provider.ts';
import type { CardProvider } from './clients/simulator.ts';
import type { AttemptTokens } from './domain/attempt-token.ts';
import { mpesaCallbacks } from './http/mpesa-callbacks.ts';
import { payments } from './http/payments.ts';
import { cardWebhooks } from './http/webhooks.ts';
import type { Schema } from './store/schema.ts';

export interface Deps {
  platform: Platform;
  database: Database<Schema>;
  providers: Pick<Providers, 'methods' | 'find'>;
  /** Whose webhooks are taken: only those of the configured providers. */
  cards?: Pick<CardProvider, 'verifies'> | undefined;
  tokens?: AttemptTokens | undefined;
  /** Asks providers about open attempts soon. */
  attempt: () => void;
}

export const createApp = (deps: Deps): Express =>
  createServiceApp(deps.platform, (api) => {
    payments(api, deps);
    const { cards, tokens } = deps;
    if (cards) cardWebhooks(api, { ...deps, cards });
    if (tokens) mpesaCallbacks(api, { ...deps, tokens });
  });
