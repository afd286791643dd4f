import { runAudit } from '@shopstack/audit/audit';
import { accessOf } from '@shopstack/audit/running-shop';
import type { AuditReport } from '@shopstack/contracts/operations-desk';
import type { Arena } from '../arena/arena.ts';
import { isPlanted, type Planted, type PlantedLetter } from '../faults/planted.ts';
import type { Violation } from '../judges/judge.ts';

/** One promise with everything that was found about it, by the audit and by the judges of the history. */
export interface Finding {
  promise: string;
  title: string;
  checked: number;
  violations: Violation[];
  /** Why nobody looked. */
  unchecked?: string;
}

/** What the audit says of the shop at rest. A planted message must be among the dead letters, and is no loss there. */
export async function audit(arena: Arena, planted: Planted): Promise<AuditReport['findings']> {
  const seen = new Set<string>();
  const { findings } = await runAudit(accessOf(arena.at), {
    atRest: true,
    isKnownDeadLetter: ({ messageId }) => {
      seen.add(messageId);
      return isPlanted(planted, messageId);
    },
  });
  const dropped = planted.deadLetters.filter(({ messageId }) => !seen.has(messageId));
  return findings.map((it) => (it.promise === 'I8' ? withDropped(it, dropped) : it));
}

function withDropped(
  finding: AuditReport['findings'][number],
  dropped: readonly PlantedLetter[],
): AuditReport['findings'][number] {
  const examples = dropped.map(({ messageId, queue }) => ({
    id: messageId,
    detail: `was sent to ${queue}, could not be read and is not among the dead letters`,
  }));
  return {
    ...finding,
    checked: finding.checked + dropped.length,
    violations: finding.violations + dropped.length,
    examples: [...finding.examples, ...examples],
  };
}

/** By promise, in their order. */
export function combine(
  audited: AuditReport['findings'],
  judged: readonly { promise: string; title: string; checked: number }[],
  seen: readonly Violation[],
): Finding[] {
  const findings = new Map<string, Finding>();
  for (const { promise, title, checked, violations, examples, unchecked } of audited) {
    findings.set(promise, {
      promise,
      title,
      checked,
      violations: named(promise, violations, examples),
      ...(unchecked === undefined ? {} : { unchecked }),
    });
  }
  for (const { promise, title, checked } of judged) {
    const before = findings.get(promise);
    findings.set(promise, {
      promise,
      title: before ? `${before.title}; ${title}` : title,
      checked: (before?.checked ?? 0) + checked,
      violations: before?.violations ?? [],
    });
  }
  for (const violation of seen) {
    const { promise } = violation;
    const finding = findings.get(promise) ?? { promise, title: '', checked: 0, violations: [] };
    finding.violations.push(violation);
    findings.set(promise, finding);
  }
  return [...findings.values()].toSorted((a, b) => numberOf(a.promise) - numberOf(b.promise));
}

const numberOf = (promise: string) => Number(promise.slice(1));

/** The audit names some and counts all. */
function named(
  promise: string,
  count: number,
  examples: readonly { id: string; detail: string }[],
): Violation[] {
  const shown = examples.map((it) => ({ promise, ...it }));
  const more = count - shown.length;
  return more > 0 ? [...shown, { promise, id: '…', detail: `and ${more} more` }] : shown;
}
