import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, test } from '@jest/globals';
import { inBatches } from './batch.ts';

const turn = () => new Promise(setImmediate);
/** Runs that end when they are told to. */
function steered(most = 10) {
  const runs: { items: readonly number[]; end: PromiseWithResolvers<void> }[] = [];
  const ask = inBatches(most, async (items: readonly number[]) => {
    const end = Promise.withResolvers<void>();
    runs.push({ items, end });
    await end.promise;
    return items.map((it) => it * 2);
  });
  return { ask, runs, itemsOf: () => runs.map(({ items }) => items) };
}

test('the first goes alone and at once, those who come meanwhile go together', async () => {
  const { ask, runs, itemsOf } = steered();
  const first = ask(1);
  expect(itemsOf()).toEqual([[1]]);
  const others = [ask(2), ask(3)];
  expect(itemsOf()).toEqual([[1]]);
  runs[0]?.end.resolve();
  expect(await first).toBe(2);
  await turn();
  expect(itemsOf()).toEqual([[1], [2, 3]]);
  runs[1]?.end.resolve();
  expect(await Promise.all(others)).toEqual([4, 6]);
  await turn();
  void ask(4);
  expect(itemsOf()).toEqual([[1], [2, 3], [4]]);
});

test('no run has more than it can take', async () => {
  const { ask, runs, itemsOf } = steered(2);
  const all = Promise.all([1, 2, 3, 4].map(ask));
  for (let index = 0; index < 3; index += 1) {
    runs[index]?.end.resolve();
    await turn();
  }
  expect(await all).toEqual([2, 4, 6, 8]);
  expect(itemsOf()).toEqual([[1], [2, 3], [4]]);
});

test('a run that fails fails for those who wait for the next as well, and not for who comes after', async () => {
  const { ask, runs, itemsOf } = steered();
  const first = ask(1);
  const second = ask(2);
  runs[0]?.end.reject(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await expect(second).rejects.toThrow('away');
  await turn();
  const third = ask(3);
  runs[1]?.end.resolve();
  expect(await third).toBe(6);
  expect(itemsOf()).toEqual([[1], [3]]);
});

test('a run is in the context of its first item', async () => {
  const context = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  const ask = inBatches(10, async (items: readonly number[]) => {
    seen.push(context.getStore());
    await turn();
    return items;
  });
  await Promise.all(['a', 'b', 'c'].map((name, index) => context.run(name, () => ask(index))));
  expect(seen).toEqual(['a', 'b']);
});
