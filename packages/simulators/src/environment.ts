import { z } from 'zod';
import type { SimulatorsOptions } from './simulators.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const secret = z.string().min(8);
const environmentSchema = z.object({
  SHOP_ENV: z.string().refine((name) => name !== 'production', 'simulators never run in production'),
  SIMULATORS_DATA_DIR: z.string().min(1),
  SIMULATORS_BIND_ADDRESS: z.string().default('127.0.0.1'),
  CARD_PORT: port,
  MPESA_PORT: port,
  CARRIER_PORT: port,
  SMTP_PORT: port,
  CONTROL_PORT: port,
  CARD_KEY: secret,
  CARD_WEBHOOK_URL: z.url(),
  CARD_WEBHOOK_SECRET: secret,
  MPESA_CONSUMER_KEY: secret,
  MPESA_CONSUMER_SECRET: secret,
  MPESA_SHORT_CODE: z.string().regex(/^\d{5,7}$/),
  MPESA_PASSKEY: secret,
  MPESA_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('KES'),
  MPESA_PACE_MS: z.coerce.number().int().min(0).default(2000),
  MPESA_LATE_MS: z.coerce.number().int().min(0).default(90_000),
  CARRIER_KEY: secret,
  CARRIER_CALLBACK_URL: z.url(),
  CARRIER_TOKEN: secret,
  CARRIER_PACE_MS: z.coerce.number().int().min(1).default(8000),
  MAIL_DIR: z.string().min(1),
});

/** Reads the process's environment. Throws one error that names every variable that is missing or wrong. */
export function loadEnvironment(variables: Readonly<Record<string, string | undefined>>): SimulatorsOptions {
  const parsed = environmentSchema.safeParse(variables);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`the simulators cannot start: ${faults.join('; ')}`);
  }
  const it = parsed.data;
  return {
    dataDir: it.SIMULATORS_DATA_DIR,
    mailDir: it.MAIL_DIR,
    bindAddress: it.SIMULATORS_BIND_ADDRESS,
    ports: {
      card: it.CARD_PORT,
      mpesa: it.MPESA_PORT,
      carrier: it.CARRIER_PORT,
      smtp: it.SMTP_PORT,
      control: it.CONTROL_PORT,
    },
    card: { key: it.CARD_KEY, webhookUrl: it.CARD_WEBHOOK_URL, webhookSecret: it.CARD_WEBHOOK_SECRET },
    mpesa: {
      consumerKey: it.MPESA_CONSUMER_KEY,
      consumerSecret: it.MPESA_CONSUMER_SECRET,
      shortCode: it.MPESA_SHORT_CODE,
      passkey: it.MPESA_PASSKEY,
      currency: it.MPESA_CURRENCY,
      paceMs: it.MPESA_PACE_MS,
      lateMs: it.MPESA_LATE_MS,
    },
    carrier: {
      key: it.CARRIER_KEY,
      callbackUrl: it.CARRIER_CALLBACK_URL,
      token: it.CARRIER_TOKEN,
      paceMs: it.CARRIER_PACE_MS,
    },
  };
}
