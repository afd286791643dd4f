import { expect, test } from '@jest/globals';
import { stockCommit } from '@shopstack/contracts/messages';
import { uuidv7 } from '@shopstack/kit/uuid';
import { draft } from './message.ts';
import { createBackoff, publishLanes, startLoop } from './relay.ts';

const item = (lane: string, key: number) => {
  const orderId = uuidv7();
  return { lane, key, message: draft(stockCommit, { subject: orderId, data: { orderId, round: 1 } }) };
};

test('a failing lane waits 1, 2, 4, 5, 5 s, and not at all after a success or a reset', () => {
  let now = 0;
  const backoff = createBackoff(() => now);
  const waits = [1, 2, 3, 4, 5].map(() => {
    backoff.failed('a');
    const since = now;
    while (backoff.waiting().length > 0) now += 100;
    return now - since;
  });
  expect(waits).toEqual([1000, 2000, 4000, 5000, 5000]);
  backoff.failed('a');
  backoff.succeeded('a');
  expect(backoff.waiting()).toEqual([]);
  backoff.failed('b');
  expect(backoff.waiting()).toEqual(['b']);
  backoff.reset();
  expect(backoff.waiting()).toEqual([]);
});

test('after a failure the rest of the lane waits, other lanes go on', async () => {
  const batch = [item('a', 1), item('b', 2), item('a', 3), item('b', 4)];
  const refused = batch[0]?.message.id;
  const backoff = createBackoff();
  const publish = async (message: { id: string }) => {
    if (message.id === refused) throw new Error('no');
  };
  const failed: number[] = [];
  const done = await publishLanes(batch, { publish }, backoff, (it) => failed.push(it.key));
  expect([done, failed, backoff.waiting()]).toEqual([[2, 4], [1], ['a']]);
});

test('a wake during a step causes another one at once, a failing step is tried again after the poll', async () => {
  let steps = 0;
  const errors: boolean[] = [];
  const reached = Promise.withResolvers<void>();
  const loop = startLoop(
    async () => {
      steps++;
      if (steps === 1) loop.wake();
      if (steps === 2 || steps === 3) throw new Error('away');
      if (steps === 4) reached.resolve();
      return 'idle';
    },
    { pollMs: 20, onError: (_error, again) => errors.push(again) },
  );
  await reached.promise;
  await loop.close();
  expect(errors).toEqual([false, true]);
  expect(steps).toBe(4);
});
