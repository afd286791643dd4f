/** Durations in milliseconds. */
export interface Distribution {
  p50: number;
  p95: number;
  max: number;
  count: number;
}

/** @param times in milliseconds, at least one */
export function distribution(times: readonly number[]): Distribution {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1), count: times.length };
}

export const formatDistribution = ({ p50, p95, max, count }: Distribution): string =>
  `p50 ${p50.toFixed(1)} ms  p95 ${p95.toFixed(1)} ms  max ${max.toFixed(1)} ms  of ${count}`;
