import type { Logger } from './log.ts';

/** What runService lends to a service while it starts. */
export interface Life {
  /** True from the first signal on: readiness says 503. */
  readonly stopping: boolean;
  /** Registers how to close what was just opened; closed in reverse order. Returns the thing itself. */
  opened<T>(name: string, thing: T, close: (thing: T) => Promise<unknown> | unknown): T;
}

/** Closes everything in reverse order of opening; one that fails or hangs does not keep the others open. */
export function createLife(log: Logger) {
  const closers: { name: string; close: () => Promise<unknown> | unknown }[] = [];
  let stopping = false;
  const life: Life = {
    get stopping() {
      return stopping;
    },
    opened(name, thing, close) {
      closers.push({ name, close: () => close(thing) });
      return thing;
    },
  };
  return {
    life,
    announceStop: () => {
      stopping = true;
    },
    close: async (deadlineMs: number) => {
      const deadline = Date.now() + deadlineMs;
      for (const { name, close } of closers.splice(0).reverse()) {
        const outcome = await closed(close, Math.max(100, deadline - Date.now()));
        if (outcome !== 'closed') log.warn({ part: name, outcome }, 'did not close cleanly');
      }
    },
  };
}

/** `closed`, `late`, or why it did not. */
async function closed(close: () => Promise<unknown> | unknown, withinMs: number): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, withinMs, 'late');
  });
  const closing = Promise.resolve()
    .then(close)
    .then(
      () => 'closed',
      (error: unknown) => String(error),
    );
  const outcome = await Promise.race([closing, late]);
  clearTimeout(timer);
  return outcome;
}
