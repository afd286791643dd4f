import { setTimeout as sleep } from 'node:timers/promises';

/** Tries until `attempt` neither throws nor returns undefined or false; the last fault is thrown at the end. */
export async function eventually<T>(
  attempt: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 10_000,
  everyMs = 50,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let fault: unknown = new Error(`it did not happen within ${timeoutMs} ms`);
    try {
      const result = await attempt();
      if (result !== undefined && result !== false) return result;
    } catch (error) {
      fault = error;
    }
    if (Date.now() > deadline) throw fault;
    await sleep(everyMs);
  }
}
