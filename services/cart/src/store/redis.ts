import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

const START_MS = 10_000;

/**
 * Connects, giving a starting server ten seconds. Commands wait at most two seconds and never queue while it is away.
 * @throws when there is none: one clear line.
 */
export async function openRedis(options: {
  host: string;
  username?: string | undefined;
  password?: string | undefined;
}) {
  const [host = '', port = '6379'] = options.host.split(':');
  const redis = new Redis({
    host,
    port: Number(port),
    ...(options.username ? { username: options.username } : {}),
    ...(options.password ? { password: options.password } : {}),
    commandTimeout: 2000,
    maxRetriesPerRequest: 2,
    enableOfflineQueue: false,
    retryStrategy: (times: number) => Math.min(50 * times, 1000),
  });
  redis.on('error', () => undefined);
  const deadline = Date.now() + START_MS;
  while (redis.status !== 'ready') {
    if (Date.now() > deadline) {
      redis.disconnect();
      throw new Error(`Redis does not answer at ${options.host}`);
    }
    await sleep(50);
  }
  return {
    redis,
    ping: async () => {
      await redis.ping();
    },
    close: async () => {
      await redis.quit().catch(() => redis.disconnect());
    },
  };
}
