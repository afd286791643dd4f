import { z } from 'zod';

const host = z
  .string()
  .regex(/^[A-Za-z0-9._-]+(:\d+)?$/, 'expected host or host:port')
  .refine((it) => Number(it.split(':')[1] ?? 0) <= 65_535, 'the port is at most 65535');
/** `http://host:port` from `host` or `host:port`; the port of a service in a container is 8080. */
export const hostUrl = host.transform((it) => `http://${it.includes(':') ? it : `${it}:8080`}`);
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const port = z.coerce.number().int().min(0).max(65_535);

/** What every service reads. Addresses and secrets have no default. */
export const serviceEnvironment = {
  SHOP_ENV: z.enum(['development', 'test', 'staging', 'preprod', 'production']),
  PORT: port.default(8080),
  BIND_ADDRESS: z.string().default('0.0.0.0'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }),
  PUBLIC_PATH: z.string().regex(/^\/[a-z0-9/-]*[a-z0-9]$/),
  USER_HOST: hostUrl,
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  DRAIN_SECONDS: z.coerce.number().min(0).max(60).default(0),
};
export const brokerEnvironment = { AMQP_URL: z.url({ protocol: /^amqps?$/ }) };
export const mysqlEnvironment = {
  MYSQL_URL: z.url({ protocol: /^mysql$/ }),
  MIGRATE_ON_START: flag.default(false),
};
export const mongoEnvironment = { MONGO_URL: z.url({ protocol: /^mongodb(\+srv)?$/ }) };
export const redisEnvironment = {
  REDIS_HOST: host,
  REDIS_USERNAME: z.string().optional(),
  REDIS_PASSWORD: z.string().optional(),
};
export const shopEnvironment = {
  SHOP_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('EUR'),
  SHOP_COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('DE'),
};

/** Thrown with every fault of the environment in one message; values are never repeated in it. */
export class ConfigError extends Error {}

/** The environment through a schema. Unset and empty variables are the same.
 * @throws ConfigError */
export function loadConfig<S extends z.ZodRawShape>(shape: S, environment: NodeJS.ProcessEnv) {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const result = z.object(shape).safeParse(set);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path: [name = ''], message }) => {
    const isSet = set[String(name)] !== undefined;
    return `  ${String(name)}: ${isSet ? message : 'is not set'}`;
  });
  throw new ConfigError(`The environment is not complete:\n${[...new Set(faults)].join('\n')}`);
}
