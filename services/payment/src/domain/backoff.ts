const steps = [2000, 5000, 15_000, 30_000, 60_000] as const;

/** How long to wait before asking about an attempt again. */
export const backoffMs = (tries: number): number =>
  steps[Math.min(Math.max(tries, 1), steps.length) - 1] ?? 60_000;
