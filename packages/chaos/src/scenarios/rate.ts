import { setTimeout as sleep } from 'node:timers/promises';

/** Lets so many through per second, evenly; each caller waits for its turn. */
export function createRate(perSecond: number) {
  const everyMs = 1000 / perSecond;
  let next = 0;
  return async (): Promise<void> => {
    const now = Date.now();
    next = Math.max(next, now);
    const waitMs = next - now;
    next += everyMs;
    if (waitMs > 0) await sleep(waitMs);
  };
}
