import { performance } from 'node:perf_hooks';

/** So many people at the till at once are a crowd, when this process is as busy as that with them. */
const CROWD = 10;
const BUSY = 0.8;
const LOOK_EVERY_MS = 100;
/** So long other things wait for a crowd, and so long they do not afterwards: who is busy all day has no crowd, but work. */
const PATIENCE_MS = 5000;
const REST_MS = 30_000;
/** How much is done at once otherwise. */
const AT_ONCE = 20;

/**
 * People who wait for an answer come first: what nobody waits for, the further steps of orders that were accepted, is left
 * until there is no crowd at the till.
 */
export function createCourtesy({ now = Date.now, isBusy = watchLoop(now) } = {}) {
  let people = 0;
  let working = 0;
  let patientUntil = Number.NEGATIVE_INFINITY;
  const waiting: (() => void)[] = [];
  const isCrowd = (): boolean => {
    if (people < CROWD || !isBusy()) return false;
    if (now() >= patientUntil + REST_MS) patientUntil = now() + PATIENCE_MS;
    return now() < patientUntil;
  };
  const admit = (): void => {
    while (waiting.length > 0 && working < AT_ONCE && !isCrowd()) {
      working += 1;
      waiting.shift()?.();
    }
  };
  return {
    /** Somebody came; call what it returns when they have their answer. */
    came(): () => void {
      people += 1;
      return () => {
        people -= 1;
        admit();
      };
    },
    /** Does it when nobody who waits for an answer is kept waiting by it. */
    async after<T>(work: () => Promise<T>): Promise<T> {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      const patience = setTimeout(admit, PATIENCE_MS);
      admit();
      await promise;
      clearTimeout(patience);
      try {
        return await work();
      } finally {
        working -= 1;
        admit();
      }
    },
  };
}
/** Whether the loop had hardly a pause of late: people who wait for somebody else are not kept waiting by us. */
function watchLoop(now: () => number): () => boolean {
  let since = performance.eventLoopUtilization();
  let lookedAt = now();
  let isBusy = false;
  return () => {
    if (now() - lookedAt < LOOK_EVERY_MS) return isBusy;
    isBusy = performance.eventLoopUtilization(since).utilization > BUSY;
    since = performance.eventLoopUtilization();
    lookedAt = now();
    return isBusy;
  };
}
export type Courtesy = ReturnType<typeof createCourtesy>;
