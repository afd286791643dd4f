import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@shopstack/kit/log';
import { gauge } from '@shopstack/kit/metrics';
import type { TimerStore } from '../store/timers.ts';

const POLL_MS = 500;
const BATCH = 200;
const late = gauge('shop_timers_late_seconds');

/** Looks for due timers for ever; what happens then is the saga's decision. Also forgets published payment tokens. */
export function startTimerLoop(deps: {
  timers: TimerStore;
  forgetTokens: () => Promise<void>;
  changed: () => void;
  log: Logger;
}) {
  const stop = new AbortController();
  const tick = async () => {
    const fired = await deps.timers.fireDue(BATCH);
    if (fired > 0) deps.changed();
    await deps.forgetTokens();
    late.set(await deps.timers.lateness());
  };
  const loop = async () => {
    for (let failing = false; !stop.signal.aborted; ) {
      try {
        await tick();
        failing = false;
      } catch (error) {
        if (!failing) deps.log.warn({ reason: String(error) }, 'timers wait');
        failing = true;
      }
      await sleep(POLL_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const ended = loop();
  return {
    close: async () => {
      stop.abort();
      await ended;
    },
  };
}
