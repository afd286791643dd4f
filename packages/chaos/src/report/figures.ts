import type { CampaignResult } from '../campaign/campaign.ts';
import { percentile } from '../campaign/count.ts';
import type { Outage } from '../campaign/timeline.ts';
import { faultKinds, isFaultName } from '../plan/fault-kinds.ts';

export interface FaultRow {
  number: number;
  title: string;
  target: string;
  /** After the first order. */
  atMs: number;
  lastedMs: number;
  note: string;
}
/** Everything a report tells, in the words and units in which it tells it. */
export interface Figures {
  seed: number;
  good: boolean;
  headline: string;
  summary: readonly (readonly [string, string])[];
  findings: CampaignResult['findings'];
  faults: FaultRow[];
  statuses: readonly (readonly [string, number])[];
  refusals: readonly (readonly [string, number])[];
  recovery: readonly (readonly [string, string])[];
}

export function figuresOf({
  plan,
  findings,
  violations,
  count,
  timeline,
  tookMs,
  unrest,
}: CampaignResult): Figures {
  const now = count.now();
  const began = beginOf(timeline);
  const kinds = new Set(timeline.faults.map(({ name }) => name)).size;
  const settle = count.settleMs();
  const placing = count.placingMs();
  return {
    seed: plan.seed,
    good: violations === 0,
    headline:
      violations === 0
        ? `${now.placed} orders, ${timeline.faults.length} faults, no promise broken`
        : `${violations} violations in ${now.placed} orders under ${timeline.faults.length} faults`,
    summary: [
      ['Orders wanted', String(plan.orders.length)],
      ['Orders placed', String(now.placed)],
      ['Orders settled', String(now.settled)],
      ['Clearly refused', String(now.refused)],
      ['Buyers who gave up', String(now.gaveUp)],
      ['Requests that the client stopped waiting for', String(now.unanswered)],
      ['Faults', `${timeline.faults.length}, of ${kinds} kinds`],
      ['Answer to an order, p50 / p99', pair(placing)],
      ['Settled after the last fault, p50 / p99', `${pair(settle)} (${settle.length} orders)`],
      [
        'Left when the quiet was over',
        `${unrest.orders} orders, ${unrest.outboxes} outbox rows, ${unrest.queues} messages`,
      ],
      [
        'Start / orders and faults / quiet / whole',
        [tookMs.start, tookMs.orders, tookMs.rest, tookMs.whole].map(seconds).join(' / '),
      ],
    ],
    findings,
    faults: timeline.faults.map(({ number, name, target, from, to, note = '' }) => ({
      number,
      title: isFaultName(name) ? faultKinds[name].title : name,
      target,
      atMs: from - began,
      lastedMs: to - from,
      note,
    })),
    statuses: count.ordersByStatus(),
    refusals: count.refusals(),
    recovery: recoveryOf(timeline.outages),
  };
}

/** When the first order was placed or the first fault began. */
export const beginOf = ({ moments, faults }: CampaignResult['timeline']): number =>
  Math.min(...[moments[0]?.at, faults[0]?.from].filter((it) => it !== undefined), Number.MAX_SAFE_INTEGER);

function recoveryOf(outages: readonly Outage[]): [string, string][] {
  const byPart = Map.groupBy(
    outages.filter(({ from, to }) => to > from),
    ({ part }) => part,
  );
  return [...byPart].map(([part, its]) => {
    const took = its.map(({ from, to }) => to - from);
    return [part, `${its.length} ×, longest ${seconds(Math.max(...took))}`];
  });
}

export const seconds = (ms: number | undefined): string =>
  ms === undefined ? '–' : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
const pair = (values: readonly number[]) =>
  `${seconds(percentile(values, 0.5))} / ${seconds(percentile(values, 0.99))}`;
