import { startLoop } from '@shopstack/bus/relay';
import { subscriptions } from '@shopstack/bus/topology';
import type { AuditReport } from '@shopstack/contracts/operations-desk';
import type { Logger } from '@shopstack/kit/log';
import { gauge } from '@shopstack/kit/metrics';
import type { AuditStore } from '../store/audits.ts';
import type { DeadLetterStore } from '../store/dead-letters.ts';
import type { Sagas } from '../store/sagas.ts';
import { queueLabel } from './dead-letters.ts';

const MEASURE_EVERY_MS = 5000;
const PRUNE_EVERY_MS = 600_000;
const open = gauge('shop_dead_letters_open');
const underWay = gauge('shop_sagas');
const violations = gauge('shop_audit_violations');

interface Deps {
  deadLetters: Pick<DeadLetterStore, 'openByQueue' | 'prune'>;
  audits: Pick<AuditStore, 'latest'>;
  sagas: Pick<Sagas, 'census'>;
  log: Logger;
}

/** Keeps the gauges of dead letters, sagas and the audit true, whichever replica wrote the rows, and prunes old letters. */
export function startDeskUpkeep({ deadLetters, audits, sagas, log }: Deps) {
  let pruneAt = 0;
  return startLoop(
    async () => {
      tellOpen(await deadLetters.openByQueue());
      tellAudit(await audits.latest());
      for (const [state, orders] of await sagas.census()) underWay.set(orders, { state });
      if (Date.now() < pruneAt) return 'idle';
      const pruned = await deadLetters.prune();
      if (pruned === 0) pruneAt = Date.now() + PRUNE_EVERY_MS;
      return pruned === 0 ? 'idle' : 'more';
    },
    {
      pollMs: MEASURE_EVERY_MS,
      onError: (error, again) => again || log.warn({ reason: String(error) }, 'dead letters not counted'),
    },
  );
}

function tellOpen(counts: readonly { queue: string; open: number }[]): void {
  const byLabel = new Map<string, number>(
    [...Object.keys(subscriptions), 'shop.unrouted', 'other'].map((queue) => [queue, 0]),
  );
  for (const it of counts) {
    const label = queueLabel(it.queue);
    byLabel.set(label, (byLabel.get(label) ?? 0) + it.open);
  }
  for (const [queue, count] of byLabel) open.set(count, { queue });
}

function tellAudit(report: AuditReport | undefined): void {
  violations.reset();
  if (!report) return;
  for (const it of report.findings) {
    if (it.unchecked === undefined) violations.set(it.violations, { promise: it.promise });
  }
  // Not before there is a report: an age of 0 would say that all is well.
  const age = gauge('shop_audit_age_seconds');
  age.set(Math.max(0, (Date.now() - Date.parse(report.at)) / 1000));
}
