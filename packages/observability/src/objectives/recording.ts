import { recorded } from '../promql.ts';
import type { Objective } from './objective.ts';

/** A rule as Prometheus reads it. */
export interface RecordingRule {
  record: string;
  expr: string;
  labels?: Record<string, string>;
}

/** The ranges over which the share of errors is recorded; the last is the window of the objectives. */
export const ranges = ['5m', '30m', '1h', '2h', '6h', '1d', '3d', '30d'] as const;
export type Range = (typeof ranges)[number];

/** Name of the recorded share of errors over a range. */
export const errorRatio = (range: Range): `slo:${string}` => `slo:error_ratio:${range}`;

/** Events and errors of each objective, in this order: errors may use what was just recorded. */
const eventRules = ({ id, events, errors }: Objective): RecordingRule[] => [
  { record: 'slo:events:rate5m', expr: events, labels: { slo: id } },
  { record: 'slo:errors:rate5m', expr: errors, labels: { slo: id } },
];

/** Shares of errors of all objectives: of longer ranges from the rates of five minutes, weighted by their events. */
function ratioRule(range: Range): RecordingRule {
  const over = (name: `slo:${string}`) =>
    range === '5m' ? recorded(name, 'all') : `sum_over_time(${recorded(name, 'all')}[${range}])`;
  return {
    record: errorRatio(range),
    expr: `clamp_min(${over('slo:errors:rate5m')} / ${over('slo:events:rate5m')}, 0)`,
  };
}

/** The recording rules of objectives, in the order in which they must run. */
export const recordingRules = (objectives: readonly Objective[]): RecordingRule[] => [
  ...objectives.flatMap(eventRules),
  ...ranges.map(ratioRule),
];
