import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus } from './connection.ts';
import type { OutgoingMessage } from './message.ts';

/** Publishes what an outbox holds, in the background, for ever. */
export interface Relay {
  /** Call after a commit that added messages; otherwise they wait for the next poll. */
  wake(): void;
  /** Ends after the batch under way. */
  close(): Promise<void>;
}

/** A waiting message. Those of one lane are published one after another, lanes at the same time. */
export interface Waiting<K> {
  key: K;
  lane: string;
  message: OutgoingMessage;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 5000;

/** Lanes whose head could not be published wait 1 to 5 s; the others go on. */
export function createBackoff(now: () => number = Date.now) {
  const lanes = new Map<string, { waitMs: number; until: number }>();
  return {
    failed: (lane: string) => {
      const waitMs = Math.min((lanes.get(lane)?.waitMs ?? FIRST_WAIT_MS / 2) * 2, LONGEST_WAIT_MS);
      lanes.set(lane, { waitMs, until: now() + waitMs });
    },
    succeeded: (lane: string) => {
      lanes.delete(lane);
    },
    waiting: (): string[] => [...lanes].filter(([, it]) => it.until > now()).map(([lane]) => lane),
    reset: () => lanes.clear(),
  };
}
export type Backoff = ReturnType<typeof createBackoff>;

/** Publishes a batch; resolves to the keys the broker has. After a failure the rest of that lane waits. */
export async function publishLanes<K>(
  batch: readonly Waiting<K>[],
  bus: Pick<Bus, 'publish'>,
  backoff: Backoff,
  told: (item: Waiting<K>, error: unknown) => void,
): Promise<K[]> {
  const done: K[] = [];
  const publishLane = async (lane: string, items: readonly Waiting<K>[]) => {
    for (const item of items) {
      try {
        await bus.publish(item.message);
        done.push(item.key);
      } catch (error) {
        backoff.failed(lane);
        told(item, error);
        return;
      }
    }
    backoff.succeeded(lane);
  };
  const lanes = Map.groupBy(batch, (item) => item.lane);
  await Promise.all([...lanes].map(([lane, items]) => publishLane(lane, items)));
  return done;
}

/** Calls `step` whenever woken or after `pollMs`, and again at once while it says there is more. Never rejects. */
export function startLoop(
  step: (stop: AbortSignal) => Promise<'more' | 'idle'>,
  options: { pollMs: number; onError: (error: unknown, again: boolean) => void },
): Relay & { stop: AbortSignal } {
  const stop = new AbortController();
  let woken = false;
  let failing = false;
  let rouse: () => void = () => undefined;
  const loop = async () => {
    while (!stop.signal.aborted) {
      woken = false;
      const next = await step(stop.signal).catch((error: unknown) => {
        options.onError(error, failing);
        return 'failed' as const;
      });
      failing = next === 'failed';
      if (next === 'more' || (woken && !failing) || stop.signal.aborted) continue;
      const nap = new AbortController();
      rouse = () => nap.abort();
      await sleep(options.pollMs, undefined, { signal: nap.signal }).catch(() => undefined);
    }
  };
  const ended = Promise.resolve().then(loop);
  return {
    stop: stop.signal,
    wake: () => {
      woken = true;
      rouse();
    },
    close: async () => {
      stop.abort();
      rouse();
      await ended;
    },
  };
}
