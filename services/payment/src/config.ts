import {
  brokerEnvironment,
  ConfigError,
  loadConfig,
  mysqlEnvironment,
  serviceEnvironment,
} from '@shopstack/kit/config';
import { z } from 'zod';

/** What payment reads from its environment. The simulator must be asked for and is refused in production. */
export const readConfig = (environment: NodeJS.ProcessEnv) => {
  const config = loadConfig(
    {
      ...serviceEnvironment,
      ...mysqlEnvironment,
      ...brokerEnvironment,
      PAYMENT_PROVIDERS: z.literal('simulator'),
      SIMULATOR_CARD_URL: z.url(),
      SIMULATOR_CARD_KEY: z.string().min(16),
      SIMULATOR_CARD_WEBHOOK_SECRET: z.string().min(16),
    },
    environment,
  );
  if (config.SHOP_ENV === 'production')
    throw new ConfigError('PAYMENT_PROVIDERS=simulator is refused when SHOP_ENV=production');
  return config;
};
