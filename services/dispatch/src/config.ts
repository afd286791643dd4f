import {
  brokerEnvironment,
  hostUrl,
  loadConfig,
  mysqlEnvironment,
  serviceEnvironment,
} from '@shopstack/kit/config';
import { z } from 'zod';
import { defaultTiming, type Timing } from './domain/saga/timing.ts';

const waits = z
  .string()
  .regex(/^\d+(,\d+)*$/, 'expected milliseconds, separated by commas')
  .transform((text) => text.split(',').map(Number));

/** What dispatch reads from its environment. */
export const readConfig = (environment: NodeJS.ProcessEnv) =>
  loadConfig(
    {
      ...serviceEnvironment,
      ...mysqlEnvironment,
      ...brokerEnvironment,
      CART_HOST: hostUrl,
      CATALOGUE_HOST: hostUrl,
      SHIPPING_HOST: hostUrl,
      PAYMENT_HOST: hostUrl,
      FOLLOW_TOKEN_SECRET: z.string().min(32),
      SMTP_URL: z.url({ protocol: /^smtps?$/ }),
      MAIL_FROM: z.string().min(3),
      PAYMENT_RETRY_WINDOW_SECONDS: z.coerce.number().int().min(1).max(86_400).default(1800),
      COMMAND_RESEND_MS: waits.optional(),
    },
    environment,
  );
export type Config = ReturnType<typeof readConfig>;

export const timingOf = (
  config: Pick<Config, 'PAYMENT_RETRY_WINDOW_SECONDS' | 'COMMAND_RESEND_MS'>,
): Timing => ({
  ...defaultTiming,
  customerWindowMs: config.PAYMENT_RETRY_WINDOW_SECONDS * 1000,
  mobileWindowMs: Math.min(defaultTiming.mobileWindowMs, config.PAYMENT_RETRY_WINDOW_SECONDS * 1000),
  resendMs: config.COMMAND_RESEND_MS ?? defaultTiming.resendMs,
});
