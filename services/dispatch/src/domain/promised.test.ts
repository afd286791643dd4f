import { expect, test } from '@jest/globals';
import { createPromised } from './promised.ts';

const line = (quantity = 1, sku = 'CUP') => ({ sku, quantity });
const stock = (available: number, sku = 'CUP') => ({ sku, available });
let time = 0;
const promisedNow = () => createPromised(() => time);

test('no more is promised than there is, until the catalogue has answered', () => {
  const promised = promisedNow();
  expect(promised.begin('a', [line(2)])([stock(3)])).toBe(true);
  expect(promised.begin('b', [line(2)])([stock(3)])).toBe(false);
  expect(promised.begin('c', [line(1)])([stock(3)])).toBe(true);
  promised.settle('a');
  promised.settle('c');
  expect(promised.begin('b', [line(2)])([stock(0)])).toBe(false);
  expect(promised.begin('d', [line(2)])([stock(2)])).toBe(true);
});

test('all lines are promised or none', () => {
  const promised = promisedNow();
  const both = [line(1), line(1, 'POT')];
  expect(promised.begin('a', both)([stock(1), stock(0, 'POT')])).toBe(false);
  expect(promised.begin('b', [line(1)])([stock(1)])).toBe(true);
});

test('what is settled while the stock is read may be missing in what was read', () => {
  const promised = promisedNow();
  promised.begin('a', [line(1)])([stock(1)]);
  const late = promised.begin('b', [line(1)]);
  promised.settle('a');
  expect(late([stock(1)])).toBe(false);
  expect(promised.begin('b', [line(1)])([stock(1)])).toBe(true);
});

test('an answer that never comes is waited for 3 s', () => {
  const promised = promisedNow();
  promised.begin('a', [line(1)])([stock(1)]);
  time += 2999;
  expect(promised.begin('b', [line(1)])([stock(1)])).toBe(false);
  time += 1;
  expect(promised.begin('b', [line(1)])([stock(1)])).toBe(false);
  expect(promised.begin('b', [line(1)])([stock(1)])).toBe(true);
});

test('whoever waits is told when nothing of a product is promised any more', async () => {
  const promised = promisedNow();
  let changes = 0;
  void promised.change().then(() => {
    changes += 1;
  });
  promised.begin('a', [line(1)])([stock(2)]);
  promised.begin('b', [line(1)])([stock(2)]);
  promised.settle('a');
  promised.settle('a');
  promised.settle('of another replica');
  await new Promise(setImmediate);
  expect(changes).toBe(0);
  promised.settle('b');
  await new Promise(setImmediate);
  expect(changes).toBe(1);
});
