import { AsyncLocalStorage } from 'node:async_hooks';

interface Waiting<T, R> {
  item: T;
  inItsContext: ReturnType<typeof AsyncLocalStorage.snapshot>;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/**
 * Items that come while `run` is under way go together into its next run, at most `most` of them; one that comes alone
 * waits for nobody. `run` answers each item, in their order. When it fails, it fails for them and for those who wait for
 * the next: while somebody is away, nobody waits for more than one run. It runs in the context (trace, log) of its first
 * item.
 */
export function inBatches<T, R>(
  most: number,
  run: (items: readonly T[]) => Promise<readonly R[]>,
): (item: T) => Promise<R> {
  let waiting: Waiting<T, R>[] = [];
  let isRunning = false;

  const runOne = async (): Promise<void> => {
    const batch = waiting.slice(0, most);
    waiting = waiting.slice(most);
    const items = batch.map(({ item }) => item);
    try {
      const results = await batch[0]?.inItsContext(run, items);
      for (const [index, { resolve }] of batch.entries()) resolve(results?.[index] as R);
    } catch (error) {
      const late = waiting;
      waiting = [];
      for (const { reject } of [...batch, ...late]) reject(error);
    }
  };
  const runAll = async (): Promise<void> => {
    isRunning = true;
    while (waiting.length > 0) await runOne();
    isRunning = false;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject, inItsContext: AsyncLocalStorage.snapshot() });
      if (!isRunning) void runAll();
    });
}
