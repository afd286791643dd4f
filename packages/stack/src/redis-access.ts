import type { redisOwners } from './parts/redis.ts';
import type { Surroundings } from './surroundings.ts';

/** How a service reaches Redis: its own user on ours, or what REDIS_URL says. */
export function redisAccess(owner: (typeof redisOwners)[number], at: Surroundings): Record<string, string> {
  const external = at.outside.REDIS_URL;
  if (!external) {
    return {
      REDIS_HOST: `127.0.0.1:${at.ports('redis')}`,
      REDIS_USERNAME: owner,
      REDIS_PASSWORD: at.secrets.password(`redis.${owner}`),
    };
  }
  const { hostname, port, username, password } = new URL(external);
  return {
    REDIS_HOST: `${hostname}:${port || '6379'}`,
    ...(username === '' ? {} : { REDIS_USERNAME: decodeURIComponent(username) }),
    ...(password === '' ? {} : { REDIS_PASSWORD: decodeURIComponent(password) }),
  };
}
