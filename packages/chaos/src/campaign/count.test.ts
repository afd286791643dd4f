import { expect, test } from '@jest/globals';
import { createCount, percentile } from './count.ts';

test('a percentile is one of the values', () => {
  expect(percentile([], 0.5)).toBeUndefined();
  expect(percentile([4, 1, 3, 2], 0.5)).toBe(2);
  expect(percentile([4, 1, 3, 2], 0.99)).toBe(4);
});

test('settling counts from the last fault, or from the order when that came later', () => {
  const { see, settleMs, now } = createCount();
  const settled = (order: string, at: number) =>
    see({ type: 'status', at, order, via: 'asking', status: 'completed', version: 9 });
  see({ type: 'placed', at: 10, by: 'a', order: 'before' });
  settled('before', 50);
  see({ type: 'placed', at: 60, by: 'a', order: 'during' });
  see({ type: 'fault-end', at: 100, number: 1, name: 'freeze', target: 'cart' });
  settled('during', 130);
  see({ type: 'placed', at: 150, by: 'a', order: 'after' });
  settled('after', 155);
  see({ type: 'placed', at: 160, by: 'a', order: 'never' });
  expect(settleMs()).toEqual([30, 5]);
  expect(now()).toMatchObject({ placed: 4, settled: 3, faultsDone: 1 });
});
