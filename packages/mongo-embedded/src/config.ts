import type { User } from './authentication.ts';

export interface Config {
  port: number;
  host: string;
  file: string | undefined;
  users: User[];
}

/**
 * Reads MONGO_PORT, MONGO_BIND_ADDRESS, MONGO_DATA_FILE and MONGO_USERS.
 * @throws Error with one clear line, also when SHOP_ENV is production.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  if (env.SHOP_ENV === 'production') {
    throw new Error(
      'mongo-embedded is for development, tests and demonstrations; it does not start with SHOP_ENV=production',
    );
  }
  const port = Number(env.MONGO_PORT ?? 27017);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`MONGO_PORT is not a port: ${env.MONGO_PORT}`);
  return {
    port,
    host: env.MONGO_BIND_ADDRESS ?? '127.0.0.1',
    file: env.MONGO_DATA_FILE || undefined,
    users: parseUsers(env.MONGO_USERS),
  };
}

function parseUsers(text: string | undefined): User[] {
  if (!text) return [];
  const users = parseJson(text);
  if (Array.isArray(users) && users.every(isUser)) return users;
  throw new Error('MONGO_USERS must be a JSON array of {"user","password","db","readOnly"?}');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isUser = (value: unknown): value is User =>
  typeof value === 'object' &&
  value !== null &&
  ['user', 'password', 'db'].every(
    (name) => typeof Reflect.get(value, name) === 'string' && Reflect.get(value, name) !== '',
  ) &&
  ['boolean', 'undefined'].includes(typeof Reflect.get(value, 'readOnly'));
