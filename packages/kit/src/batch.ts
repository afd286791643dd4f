import { AsyncLocalStorage } from 'node:async_hooks';

interface Waiting<T, R> {
  item: T;
  inItsContext: ReturnType<typeof AsyncLocalStorage.snapshot>;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/**
 * Items that come while `run` is under way go together into its next run, at most `most` of them; one that comes alone
 * waits for nobody. `run` answers each item, in their order; when it fails, it fails for all of them. It runs in the
 * context (trace, log) of its first item.
 */
export function inBatches<T, R>(
  most: number,
  run: (items: readonly T[]) => Promise<readonly R[]>,
): (item: T) => Promise<R> {
  let waiting: Waiting<T, R>[] = [];
  let isRunning = false;

  const runNext = async (): Promise<void> => {
    const batch = waiting.slice(0, most);
    const [first] = batch;
    isRunning = first !== undefined;
    if (!first) return;
    waiting = waiting.slice(most);
    try {
      const results = await first.inItsContext(
        run,
        batch.map(({ item }) => item),
      );
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as R);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    await runNext();
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject, inItsContext: AsyncLocalStorage.snapshot() });
      if (!isRunning) void runNext();
    });
}
