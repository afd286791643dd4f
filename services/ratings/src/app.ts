import { createServiceApp, type Platform } from '@shopstack/kit/api';
import type { Database } from '@shopstack/sql/database';
import type { Express } from 'express';
import { moderation } from './http/moderation.ts';
import { myReview } from './http/my-review.ts';
import { reviews } from './http/reviews.ts';
import { votes } from './http/votes.ts';
import type { Schema } from './store/schema.ts';

export interface Deps {
  platform: Platform;
  database: Database<Schema>;
  /** Sends outgoing messages soon. */
  wake: () => void;
}

export const createApp = (deps: Deps): Express =>
  createServiceApp(deps.platform, (api) => {
    reviews(api, deps);
    myReview(api, deps);
    votes(api, deps);
    moderation(api, deps);
  });
