import type { Logger } from '@shopstack/kit/log';
import { Redis } from 'ioredis';

export interface RedisSettings {
  /** `host` or `host:port`. */
  host: string;
  username?: string | undefined;
  password?: string | undefined;
}

/** Connects in the background; commands fail at once while there is no connection. */
export function openRedis(settings: RedisSettings, log: Logger) {
  const [host = '127.0.0.1', port = '6379'] = settings.host.split(':');
  const redis = new Redis({
    host,
    port: Number(port),
    ...(settings.username === undefined ? {} : { username: settings.username }),
    ...(settings.password === undefined ? {} : { password: settings.password }),
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 1000,
    connectTimeout: 2000,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2000),
  });
  redis.on('error', (error: Error) => log.debug({ reason: error.message }, 'redis is away'));
  return {
    client: redis,
    ping: async (): Promise<void> => {
      await redis.ping();
    },
    close: async (): Promise<void> => redis.disconnect(),
  };
}
