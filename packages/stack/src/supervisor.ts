import { setTimeout as sleep } from 'node:timers/promises';
import { type ChildOptions, createChild } from './child.ts';
import { inOrder, reversed } from './graph.ts';
import type { Part, PartStatus } from './part.ts';

export interface Supervisor {
  /** Starts everything; resolves when all is ready, rejects with StartFailure after stopping what was started. */
  start(): Promise<void>;
  /** Stops in reverse order within about three seconds; what does not end by itself is killed. */
  stop(): Promise<void>;
  /** Stops and starts one part; rejects when it does not become ready again. */
  restart(name: string): Promise<void>;
  /** Sends a signal to a part's process; when it dies of it, it comes back like after a crash. */
  kill(name: string, signal: NodeJS.Signals): void;
  status(): PartStatus[];
}

/** Keeps the processes of a shop: starts them in order, brings back what crashes, stops them in reverse order. */
export function createSupervisor(parts: readonly Part[], options: ChildOptions): Supervisor {
  const children = new Map(parts.map((part) => [part.name, createChild(part, options)]));
  const child = (name: string) => {
    const found = children.get(name);
    if (!found) throw new Error(`there is no part called ${name}`);
    return found;
  };
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= stopAll();
    return stopping;
  };
  async function stopAll(): Promise<void> {
    for (const each of children.values()) each.end();
    const ending = inOrder(reversed(parts), ({ name }) => child(name).stop());
    const late = sleep(STOP_DEADLINE_MS, 'late', { ref: false });
    if ((await Promise.race([ending, late])) === 'late') for (const each of children.values()) each.killNow();
    await ending;
  }
  return {
    start: async () => {
      for (const each of children.values()) options.onChange?.(each.status());
      try {
        await inOrder(parts, ({ name }) => child(name).start());
        if (stopping) throw new Error('stopped while starting');
      } catch (error) {
        await stop();
        throw error;
      }
    },
    stop,
    restart: (name) => child(name).restart(),
    kill: (name, signal) => child(name).kill(signal),
    status: () => [...children.values()].map((each) => each.status()),
  };
}

const STOP_DEADLINE_MS = 2400;
