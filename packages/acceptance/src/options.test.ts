import { expect, test } from '@jest/globals';
import { readWords } from './options.ts';

const read = (...words: string[]) => readWords(words, {});

test('one purchase in the shop of this machine, unless told', () => {
  const once = { url: 'http://localhost:8080', withinMs: 20_000, paymentToken: 'sim_ok' };
  expect(read()).toEqual(once);
  expect(readWords([], { SHOP_URL: 'https://shop.example/' })?.url).toBe('https://shop.example');
});

test.each([
  ['90s', 90_000],
  ['1.5m', 90_000],
  ['2h', 7_200_000],
])('--for %s', (text, forMs) => {
  expect(read('--rate', '0.5', '--for', text)?.steady).toEqual({ rate: 0.5, forMs });
});

test('a rate alone goes on until it is stopped', () => {
  expect(read('--rate', '2')?.steady).toEqual({ rate: 2 });
});

test.each([
  '--url nowhere',
  '--within soon',
  '--what',
  '--rate 0',
  '--rate 101',
  '--for 60s',
  '--rate 2 --for 60',
  '--rate 2 --for 0s',
])('%s is not understood', (words) => {
  expect(readWords(words.split(' '), {})).toBeUndefined();
});
