import { createServiceApp, type Platform } from '@shopstack/kit/api';
import type { IdempotencyStore } from '@shopstack/kit/idempotency';
import type { Express } from 'express';
import { type AuditsDeps, audits } from './http/audits.ts';
import { type DeadLettersDeps, deadLetters } from './http/dead-letters.ts';
import { live, type Streams } from './http/live.ts';
import { type OrdersDeps, orders } from './http/orders.ts';
import { type PlacingDeps, placing } from './http/placing.ts';
import { type SagasDeps, sagas } from './http/sagas.ts';

export interface Deps
  extends OrdersDeps,
    Omit<PlacingDeps, 'publicPath'>,
    DeadLettersDeps,
    AuditsDeps,
    SagasDeps {
  platform: Platform;
  keys: IdempotencyStore;
  streams: Streams;
}

export function createApp(deps: Deps): Express {
  const { publicPath } = deps.platform;
  return createServiceApp({ ...deps.platform, idempotency: deps.keys }, (api) => {
    placing(api, { ...deps, publicPath });
    orders(api, deps);
    live(api, deps);
    deadLetters(api, deps);
    audits(api, deps);
    sagas(api, deps);
  });
}
