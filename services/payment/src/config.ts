import {
  brokerEnvironment,
  ConfigError,
  loadConfig,
  mysqlEnvironment,
  serviceEnvironment,
} from '@shopstack/kit/config';
import { z } from 'zod';

const secret = z.string().min(16);
const seconds = z.coerce.number().int().min(1).max(86_400);
const Names = z
  .string()
  .transform((list) => list.split(',').map((it) => it.trim()))
  .pipe(z.array(z.enum(['simulator', 'mpesa'])).min(1));

const cardEnvironment = {
  SIMULATOR_CARD_URL: z.url(),
  SIMULATOR_CARD_KEY: secret,
  SIMULATOR_CARD_WEBHOOK_SECRET: secret,
  DISPUTES_LOOK_SECONDS: seconds.default(300),
};
const mpesaEnvironment = {
  MPESA_URL: z.url({ protocol: /^https?$/ }),
  MPESA_CONSUMER_KEY: z.string().min(1),
  MPESA_CONSUMER_SECRET: z.string().min(1),
  MPESA_SHORT_CODE: z.string().regex(/^\d{5,7}$/),
  MPESA_PASSKEY: z.string().min(1),
  MPESA_INITIATOR: z.string().min(1),
  MPESA_SECURITY_CREDENTIAL: z.string().min(1),
  MPESA_CALLBACK_URL: z.url({ protocol: /^https?$/ }),
  MPESA_CALLBACK_SECRET: secret,
  MPESA_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('KES'),
  MPESA_CONFIRM_SECONDS: seconds.default(180),
  MPESA_REVERSE_AGAIN_SECONDS: seconds.default(60),
};

/** What payment reads from its environment. The simulator must be asked for and is refused in production. */
export function readConfig(environment: NodeJS.ProcessEnv) {
  const config = loadConfig(
    { ...serviceEnvironment, ...mysqlEnvironment, ...brokerEnvironment, PAYMENT_PROVIDERS: Names },
    environment,
  );
  const chosen = (name: 'simulator' | 'mpesa') => config.PAYMENT_PROVIDERS.includes(name);
  if (config.SHOP_ENV === 'production' && chosen('simulator'))
    throw new ConfigError('PAYMENT_PROVIDERS=simulator is refused when SHOP_ENV=production');
  return {
    ...config,
    cards: chosen('simulator') ? loadConfig(cardEnvironment, environment) : undefined,
    mpesa: chosen('mpesa') ? loadConfig(mpesaEnvironment, environment) : undefined,
  };
}
export type Config = ReturnType<typeof readConfig>;
