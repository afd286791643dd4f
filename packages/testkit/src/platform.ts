import type { Platform } from '@shopstack/kit/api';
import type { Authorisation } from '@shopstack/kit/authorisation';
import { createHealth } from '@shopstack/kit/health';
import { createLogger } from '@shopstack/kit/log';

/** What createApp needs besides its stores, as main.ts would give it, with our own answers checked too. */
export const testPlatform = (service: string, authorisation: Authorisation): Platform => ({
  service,
  publicPath: `/api/v1/${service}`,
  log: createLogger({ service, level: process.env.TEST_LOG_LEVEL ?? 'silent' }),
  health: createHealth([], () => false),
  authorisation,
  checkAnswers: true,
});
