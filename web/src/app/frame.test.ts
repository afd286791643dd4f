import { mock } from 'node:test';
import { describe, expect, test } from '@jest/globals';
import { ApiProblem } from '../api/problem.ts';
import { percentOff } from '../ui/percent-off.ts';
import { isWorthRetrying } from './queries.ts';
import { moveActive } from './suggestions.ts';
import { currentToasts, dismissToast, notify } from './toasts.ts';

describe('suggestions', () => {
  test('arrow keys go round through "none"', () => {
    expect([-1, 0, 1].map((active) => moveActive(active, 'ArrowDown', 2))).toEqual([0, 1, -1]);
    expect([-1, 0, 1].map((active) => moveActive(active, 'ArrowUp', 2))).toEqual([1, -1, 0]);
    expect(moveActive(-1, 'ArrowDown', 0)).toBe(-1);
  });
});

describe('asking again', () => {
  const failed = (status: number) => new ApiProblem({ code: status ? 'unexpected' : 'offline', status });
  test('helps when nobody answered, not when the answer was no', () => {
    expect(isWorthRetrying(0, failed(0))).toBe(true);
    expect(isWorthRetrying(1, failed(503))).toBe(true);
    expect(isWorthRetrying(0, failed(429))).toBe(true);
    expect(isWorthRetrying(0, failed(404))).toBe(false);
    expect(isWorthRetrying(0, new Error('bug'))).toBe(false);
    expect(isWorthRetrying(2, failed(503))).toBe(false);
  });
});

test('toasts: the same text is shown once, three at most, for six seconds', () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  for (const text of ['a', 'b', 'a', 'c', 'd']) notify(text);
  expect(currentToasts().map(({ text }) => text)).toEqual(['a', 'c', 'd']);
  const first = currentToasts()[0];
  if (first) dismissToast(first.id);
  expect(currentToasts().map(({ text }) => text)).toEqual(['c', 'd']);
  mock.timers.tick(6000);
  expect(currentToasts()).toEqual([]);
  mock.timers.reset();
});

test('a reduction is rounded down to whole per cent', () => {
  const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
  expect(percentOff(eur(4290), eur(4990))).toBe(14);
  expect(percentOff(eur(4990), eur(4990))).toBe(0);
  expect(percentOff(eur(4990), undefined)).toBe(0);
});
