import { Role } from '@shopstack/contracts/roles';
import { register } from '@shopstack/contracts/user';
import {
  brokerEnvironment,
  flag,
  loadConfig,
  mongoEnvironment,
  redisEnvironment,
  serviceEnvironment,
} from '@shopstack/kit/config';
import { z } from 'zod';

const count = (fallback: number) => z.coerce.number().int().min(1).default(fallback);
/** 32 random bytes in base64: everything secret this service keeps is sealed or signed with keys derived from it. */
const kek = z
  .base64()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((key) => key.length === 32, 'expected 32 bytes in base64');

/** A JSON array of {email, password, name, roles}. The parser's own message would quote the passwords. */
const sampleAccounts = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'expected JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.array(register.body.extend({ roles: z.array(Role).min(1).max(4) })));
const storeEnvironment = {
  ...mongoEnvironment,
  MIGRATE_ON_START: flag.default(false),
  PASSWORD_HASH_CONCURRENCY: count(2),
};
export const readMigrationConfig = (environment: NodeJS.ProcessEnv) =>
  loadConfig(storeEnvironment, environment);
export const readSeedConfig = (environment: NodeJS.ProcessEnv) =>
  loadConfig({ ...storeEnvironment, SAMPLE_ACCOUNTS: sampleAccounts.default([]) }, environment);

/** What the service reads from its environment; README.md says what each variable is for. */
export const readConfig = (environment: NodeJS.ProcessEnv) =>
  loadConfig(
    {
      ...serviceEnvironment,
      ...brokerEnvironment,
      ...redisEnvironment,
      ...storeEnvironment,
      JWT_KEK: kek,
      SIGNING_KEY_DAYS: count(7),
      SESSION_IDLE_DAYS: count(30),
      SESSION_MAX_DAYS: count(90),
      REGISTRATIONS_PER_HOUR: count(1000),
      EMAIL_TAKEN_PER_HOUR: count(30),
      TRUSTED_PROXIES: z.string().default('loopback, linklocal, uniquelocal'),
    },
    environment,
  );
