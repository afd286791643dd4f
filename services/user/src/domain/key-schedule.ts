const MINUTE_MS = 60_000;
/** Every verifier reads the key set at least once in this time before a key is used. */
const PUBLISHED_BEFORE_MS = 15 * MINUTE_MS;
/** Longer than an access token lives (10 min) and a cached key set (1 min). */
const KEPT_AFTER_MS = 20 * MINUTE_MS;

/** Generations are numbered without gaps, so that two replicas cannot both make the next one. */
export interface ScheduledKey {
  generation: number;
  signsFrom: Date;
}
export interface KeySchedule<K extends ScheduledKey> {
  /** The key that signs now. */
  signing: K | undefined;
  /** What the key set shows: not used yet, in use, or used by tokens that may still be valid. */
  published: K[];
  retired: K[];
  /** The key to make now, if one is due. */
  next: ScheduledKey | undefined;
}

/** What to do with the keys at a moment, from their generations and times alone: every replica decides the same. */
export function scheduleKeys<K extends ScheduledKey>(
  keys: readonly K[],
  options: { now: Date; rotationMs: number },
): KeySchedule<K> {
  const now = options.now.getTime();
  const sorted = keys.toSorted((a, b) => a.generation - b.generation);
  const begun = sorted.filter((key) => key.signsFrom.getTime() <= now);
  const signing = begun.at(-1) ?? sorted[0];
  const isRetired = (key: K): boolean => {
    const successor = sorted.find((it) => it.generation > key.generation);
    return successor !== undefined && successor.signsFrom.getTime() + KEPT_AFTER_MS <= now;
  };
  return {
    signing,
    published: sorted.filter((key) => !isRetired(key)),
    retired: sorted.filter(isRetired),
    next: nextKey(sorted.at(-1), options),
  };
}

function nextKey(
  newest: ScheduledKey | undefined,
  { now, rotationMs }: { now: Date; rotationMs: number },
): ScheduledKey | undefined {
  if (!newest) return { generation: 1, signsFrom: now };
  const due = newest.signsFrom.getTime() + rotationMs;
  const earliest = now.getTime() + PUBLISHED_BEFORE_MS;
  if (due > earliest) return undefined;
  return { generation: newest.generation + 1, signsFrom: new Date(Math.max(due, earliest)) };
}
