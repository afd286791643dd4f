import { describe, expect, test } from '@jest/globals';
import { nobody, ratingOf, recount } from './rating.ts';

describe('the rating of a product', () => {
  test('is zero of zero before anybody voted', () => {
    expect(ratingOf(nobody)).toEqual({ average: 0, count: 0 });
  });

  test('is the mean of the votes, shown to two places', () => {
    expect(ratingOf([1, 0, 0, 0, 2])).toEqual({ average: 3.67, count: 3 });
  });

  test('does not drift: 20 000 changes later it is what the votes say', () => {
    let histogram = nobody;
    const votes: number[] = [];
    for (let n = 0; n < 20_000; n++) {
      const stars = 1 + ((n * 7919) % 5);
      const before = n % 3 === 0 ? votes.pop() : undefined;
      histogram = recount(histogram, before, stars);
      votes.push(stars);
    }
    const mean = votes.reduce((sum, it) => sum + it, 0) / votes.length;
    expect(ratingOf(histogram)).toEqual({ average: Math.round(mean * 100) / 100, count: votes.length });
  });

  test('a review that stops counting takes its stars with it', () => {
    expect(recount([0, 0, 0, 1, 0], 4, undefined)).toEqual(nobody);
    expect(recount([0, 0, 0, 1, 0], 4, 2)).toEqual([0, 1, 0, 0, 0]);
    expect(recount([0, 0, 0, 1, 0], 4, 4)).toEqual([0, 0, 0, 1, 0]);
  });
});
