import type { AuditReport } from '@shopstack/contracts/operations-desk';
import type { Fault } from './facts.ts';
import { type PromiseId, shopPromises } from './promises.ts';

/** As many as the report takes. */
const EXAMPLES = 20;
const DETAIL_LENGTH = 300;

interface Count {
  checked: number;
  /** Broken things: one may break a promise in several ways. */
  broken: number;
  examples: { id: string; detail: string }[];
}

/** Counts what was looked at and what breaks which promise. */
export function createTally() {
  const counts = new Map<PromiseId, Count>();
  const reasons = new Map<PromiseId, string>();
  const countOf = (promise: PromiseId): Count => {
    const count = counts.get(promise) ?? { checked: 0, broken: 0, examples: [] };
    counts.set(promise, count);
    return count;
  };
  return {
    /** Some things were looked at and these of them are broken. */
    add(promise: PromiseId, checked: number, faults: readonly Fault[]): void {
      const count = countOf(promise);
      count.checked += checked;
      for (const [id, its] of Map.groupBy(faults, (it) => it.id)) {
        count.broken += 1;
        const detail = its.map((it) => it.detail).join('; ');
        if (count.examples.length < EXAMPLES)
          count.examples.push({ id, detail: detail.slice(0, DETAIL_LENGTH) });
      }
    },
    leaveOut(promise: PromiseId, reason: string): void {
      reasons.set(promise, reason);
    },
    findings(): AuditReport['findings'] {
      return shopPromises.map(({ id, title, unseen }) => {
        const { checked, broken, examples } = countOf(id);
        const unchecked = reasons.get(id) ?? (checked === 0 ? unseen : undefined);
        const finding = { promise: id, title, checked, violations: broken, examples };
        return unchecked === undefined ? finding : { ...finding, unchecked };
      });
    },
  };
}
export type Tally = ReturnType<typeof createTally>;
