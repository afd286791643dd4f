interface Interval {
  startMs: number;
  endMs: number;
}

/** A stretch of time in which nothing happened, drawn shorter than it was. */
export interface Fold {
  /** Where it is drawn, in percent from the left. */
  at: number;
  width: number;
  ms: number;
}

export interface TimeScale {
  /** Percent from the left, 0 to 100. */
  position: (ms: number) => number;
  /** The time that is drawn there. */
  timeAt: (percent: number) => number;
  folds: readonly Fold[];
}

/** A fold takes this share of the time in which something happened; shorter waits are drawn as they were. */
const FOLD = 0.04;
const WORTH = 3;

/**
 * Where on a line a time is drawn. An order takes milliseconds at a time and waits for seconds in between, so long waits
 * are folded unless `folded` says no.
 */
export function createTimeScale(intervals: readonly Interval[], folded = true): TimeScale {
  const busy = union(intervals);
  const busyMs = busy.reduce((sum, it) => sum + it.endMs - it.startMs, 0);
  const foldMs = Math.max(busyMs * FOLD, 0.001);
  const pieces = busy.flatMap(({ startMs, endMs }, at) => {
    const before = busy[at - 1];
    const gapMs = before ? startMs - before.endMs : 0;
    const isFold = folded && gapMs > WORTH * foldMs;
    const gap = { startMs: startMs - gapMs, endMs: startMs, drawn: isFold ? foldMs : gapMs, isFold };
    const piece = { startMs, endMs, drawn: endMs - startMs, isFold: false };
    return before ? [gap, piece] : [piece];
  });
  return scaleOf(pieces);
}

interface Piece extends Interval {
  drawn: number;
  isFold: boolean;
}

function scaleOf(pieces: readonly Piece[]): TimeScale {
  const total = pieces.reduce((sum, { drawn }) => sum + drawn, 0) || 1;
  let from = 0;
  const placed = pieces.map((piece) => {
    const at = (100 * from) / total;
    from += piece.drawn;
    return { ...piece, at, width: (100 * piece.drawn) / total };
  });
  return {
    position: (ms) => {
      const piece = placed.find(({ endMs }) => ms <= endMs) ?? placed.at(-1);
      if (!piece) return 0;
      const share = (ms - piece.startMs) / (piece.endMs - piece.startMs || 1);
      return piece.at + piece.width * Math.min(1, Math.max(0, share));
    },
    timeAt: (percent) => {
      const piece = placed.find(({ at, width }) => percent <= at + width) ?? placed.at(-1);
      if (!piece) return 0;
      const share = piece.width === 0 ? 0 : Math.min(1, (percent - piece.at) / piece.width);
      return piece.startMs + share * (piece.endMs - piece.startMs);
    },
    folds: placed
      .filter(({ isFold }) => isFold)
      .map(({ at, width, startMs, endMs }) => ({ at, width, ms: endMs - startMs })),
  };
}

/** What is covered by any of them, in order and without overlaps. */
function union(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const { startMs, endMs } of intervals.toSorted((a, b) => a.startMs - b.startMs)) {
    const last = merged.at(-1);
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else merged.push({ startMs, endMs });
  }
  return merged;
}
