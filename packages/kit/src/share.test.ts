import { expect, test } from '@jest/globals';
import { shareReads } from './share.ts';

function slowRead() {
  const asked: { key: string; answer: (value: string) => void; fail: (error: Error) => void }[] = [];
  const read = shareReads((key) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    asked.push({ key, answer: resolve, fail: reject });
    return promise;
  });
  return { asked, read };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('whoever comes while a read is under way shares the next one, never the one begun before', async () => {
  const { asked, read } = slowRead();
  const first = read('a');
  const second = read('a');
  const third = read('a');
  expect(asked).toHaveLength(1);
  asked[0]?.answer('old');
  expect(await first).toBe('old');
  await turn();
  expect(asked).toHaveLength(2);
  asked[1]?.answer('new');
  expect(await Promise.all([second, third])).toEqual(['new', 'new']);
});

test('different questions do not wait for each other, and nothing is remembered', async () => {
  const { asked, read } = slowRead();
  const both = [read('a'), read('b')];
  expect(asked.map(({ key }) => key)).toEqual(['a', 'b']);
  for (const it of asked) it.answer(it.key);
  await Promise.all(both);
  await turn();
  const later = read('a');
  expect(asked).toHaveLength(3);
  asked[2]?.answer('again');
  expect(await later).toBe('again');
});

test('a read that fails fails for all who wait, at once, and for nobody after', async () => {
  const { asked, read } = slowRead();
  const waiting = [read('a'), read('a'), read('a')];
  asked[0]?.fail(new Error('away'));
  const ends = await Promise.allSettled(waiting);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(asked).toHaveLength(1);
  const later = read('a');
  expect(asked).toHaveLength(2);
  asked[1]?.answer('back');
  expect(await later).toBe('back');
});
