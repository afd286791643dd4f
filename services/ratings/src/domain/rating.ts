/** `histogram[0]` counts one star, `histogram[4]` five. */
export type Histogram = readonly number[];
export interface Rating {
  average: number;
  count: number;
}
export const nobody: Histogram = [0, 0, 0, 0, 0];

/** The mean of all votes to two places, from the votes themselves; 0 without any. */
export function ratingOf(histogram: Histogram): Rating {
  const count = histogram.reduce((sum, votes) => sum + votes, 0);
  const stars = histogram.reduce((sum, votes, at) => sum + votes * (at + 1), 0);
  return { count, average: count === 0 ? 0 : Math.round((100 * stars) / count) / 100 };
}

/** The votes after one review's stars changed; undefined stands for a review that does not count. */
export const recount = (
  histogram: Histogram,
  before: number | undefined,
  after: number | undefined,
): Histogram =>
  histogram.map((votes, at) => votes - (at + 1 === before ? 1 : 0) + (at + 1 === after ? 1 : 0));
