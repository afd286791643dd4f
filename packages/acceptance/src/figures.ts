const LONGEST_MS = 60_000;
const KINDS_OF_FAULTS = 100;

/** What came of many requests and purchases; durations in milliseconds. */
export interface Figures {
  requests: number;
  failed: number;
  p50: number;
  p99: number;
  begun: number;
  purchases: number;
  /** Purchases that did not end confirmed. */
  broken: number;
  /** What went wrong, each kind with how often. */
  faults: ReadonlyMap<string, number>;
}
export type Tally = ReturnType<typeof createTally>;

/** Counts for as long as it takes in a fixed amount of memory. */
export function createTally() {
  const durations = new Uint32Array(LONGEST_MS + 1);
  const faults = new Map<string, number>();
  const count = { requests: 0, failed: 0, begun: 0, purchases: 0, broken: 0 };
  const note = (fault: string) => {
    const kind = faults.has(fault) || faults.size < KINDS_OF_FAULTS ? fault : 'others';
    faults.set(kind, (faults.get(kind) ?? 0) + 1);
  };

  return {
    begun: () => void count.begun++,
    purchased: () => void count.purchases++,
    broke(why: string) {
      count.broken++;
      note(why);
    },
    answered(ms: number, fault?: string) {
      const at = Math.min(LONGEST_MS, Math.max(0, Math.round(ms)));
      durations[at] = (durations[at] ?? 0) + 1;
      count.requests++;
      if (fault === undefined) return;
      count.failed++;
      note(fault);
    },
    figures: (): Figures => ({
      ...count,
      p50: percentile(durations, count.requests, 0.5),
      p99: percentile(durations, count.requests, 0.99),
      faults,
    }),
  };
}

/** The least duration that so many of all do not exceed; 0 when there are none. */
function percentile(durations: Uint32Array, total: number, share: number): number {
  let left = Math.ceil(total * share);
  if (left === 0) return 0;
  for (let ms = 0; ms <= LONGEST_MS; ms++) {
    left -= durations[ms] ?? 0;
    if (left <= 0) return ms;
  }
  return LONGEST_MS;
}

/** One line for people. */
export function figuresText(figures: Figures): string {
  const { requests, failed, p50, p99, purchases, broken } = figures;
  const underWay = figures.begun - purchases - broken;
  const open = underWay === 0 ? '' : `, ${underWay} under way`;
  return `${requests} requests, ${failed} failed, p50 ${p50} ms, p99 ${p99} ms; ${purchases} purchases, ${broken} broken${open}`;
}
