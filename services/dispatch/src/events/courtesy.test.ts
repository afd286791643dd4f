import { mock } from 'node:test';
import { expect, test } from '@jest/globals';
import { createCourtesy } from './courtesy.ts';

const turn = () => new Promise(setImmediate);
/** Works that end when they are told to. */
function steered(options: { isBusy: boolean }) {
  const courtesy = createCourtesy({ isBusy: () => options.isBusy });
  const begun: (() => void)[] = [];
  const work = () =>
    courtesy.after(() => {
      const { promise, resolve } = Promise.withResolvers<void>();
      begun.push(resolve);
      return promise;
    });
  return { courtesy, work, begun };
}

test('with a crowd at the till nothing else is begun, and all of it when the crowd is gone', async () => {
  const { courtesy, work, begun } = steered({ isBusy: true });
  const people = Array.from({ length: 10 }, () => courtesy.came());
  const works = Promise.all([work(), work()]);
  await turn();
  expect(begun).toHaveLength(0);
  people.pop()?.();
  await turn();
  expect(begun).toHaveLength(2);
  for (const end of begun) end();
  await works;
});

test('people who wait for somebody else do not hold it up', async () => {
  const { courtesy, work, begun } = steered({ isBusy: false });
  for (let number = 0; number < 50; number += 1) courtesy.came();
  void work();
  await turn();
  expect(begun).toHaveLength(1);
});

test('at most twenty at once', async () => {
  const { work, begun } = steered({ isBusy: false });
  const works = Promise.all(Array.from({ length: 21 }, work));
  await turn();
  expect(begun).toHaveLength(20);
  begun[0]?.();
  await turn();
  expect(begun).toHaveLength(21);
  for (const end of begun) end();
  await works;
});

test('a crowd is waited for 5 s, and not again for half a minute', async () => {
  let time = 0;
  const courtesy = createCourtesy({ isBusy: () => true, now: () => time });
  let begun = 0;
  const work = () =>
    courtesy.after(async () => {
      begun += 1;
    });
  for (let number = 0; number < 10; number += 1) courtesy.came();
  const works = [work(), work()];
  time = 4999;
  courtesy.came()();
  await turn();
  expect(begun).toBe(0);
  time = 5000;
  courtesy.came()();
  await Promise.all(works);
  time = 34_999;
  await work();
  expect(begun).toBe(3);
  time = 35_000;
  void work();
  await turn();
  expect(begun).toBe(3);
});

test('a crowd that nobody joins and nobody leaves is waited for no longer either', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  try {
    const { courtesy, work, begun } = steered({ isBusy: true });
    for (let number = 0; number < 10; number += 1) courtesy.came();
    void work();
    mock.timers.tick(4999);
    await turn();
    expect(begun).toHaveLength(0);
    mock.timers.tick(1);
    await turn();
    expect(begun).toHaveLength(1);
  } finally {
    mock.timers.reset();
  }
});

test('a work that fails makes room for the next', async () => {
  const { courtesy } = steered({ isBusy: false });
  await expect(courtesy.after(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await courtesy.after(async () => 'done')).toBe('done');
});
