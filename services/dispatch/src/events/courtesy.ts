import { performance } from 'node:perf_hooks';

/** So many people at the till at once are a crowd, when this process is as busy as that with them. */
const CROWD = 10;
const BUSY = 0.8;
const LOOK_EVERY_MS = 100;
/** What waits for a crowd to pass waits so long at most, and is then done one at a time. */
const PATIENCE_MS = 5000;
/** How much is done at once when there is no crowd. */
const AT_ONCE = 20;

/**
 * People who wait for an answer come first: what nobody waits for, the further steps of orders that were accepted, is left
 * until there is no crowd at the till.
 */
export function createCourtesy({ now = Date.now, isBusy = watchLoop(now) } = {}) {
  let people = 0;
  let working = 0;
  const waiting: { since: number; go: () => void }[] = [];
  const admit = (): void => {
    for (let [first] = waiting; first; [first] = waiting) {
      const isCrowd = people >= CROWD && isBusy();
      const limit = isCrowd ? (now() - first.since >= PATIENCE_MS ? 1 : 0) : AT_ONCE;
      if (working >= limit) return;
      waiting.shift();
      working += 1;
      first.go();
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
      waiting.push({ since: now(), go: resolve });
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
