import type { Label, MetricDefinition } from '@shopstack/contracts/telemetry/definition';
import { metrics } from '@shopstack/contracts/telemetry/metrics';
import { foreignSeries } from '../alerts/foreign.ts';
import { alerts } from '../alerts/rule-files.ts';
import { objectives } from '../objectives/objectives.ts';
import { recordingRules } from '../objectives/recording.ts';
import { services } from '../promql.ts';
import { askedBy, type Matcher, shownBy } from './expression.ts';

/** What Prometheus puts on every sample; the namespace only in a cluster. */
const everywhere: Readonly<Record<string, Label>> = {
  job: { values: [...services, '$job'] },
  namespace: { most: 1, from: 'the cluster' },
  instance: { most: 1, from: 'Prometheus' },
};
type Labels = Readonly<Record<string, Label>>;
const open: Label = { most: 1, from: 'whoever has the metric' };

const ofForeign: Readonly<Record<string, Labels>> = {
  up: {},
  kubelet_volume_stats_available_bytes: { persistentvolumeclaim: open, job: open },
  kubelet_volume_stats_capacity_bytes: { persistentvolumeclaim: open, job: open },
  ALERTS: {
    alertname: { values: alerts.map(({ name }) => name) },
    alertstate: { values: ['pending', 'firing'] },
    severity: { values: ['warning', 'critical'] },
  },
};

/** Every series that Prometheus has, with its labels. */
const known: ReadonlyMap<string, Labels> = new Map([
  ...Object.entries<MetricDefinition>(metrics).flatMap(([metric, it]) => seriesOf(metric, it)),
  ...recordingRules(objectives).map(({ record }): [string, Labels] => [
    record,
    { slo: { values: objectives.map(({ id }) => id) } },
  ]),
  ...Object.entries(ofForeign).filter(([metric]) => metric in foreignSeries || metric === 'ALERTS'),
]);

function seriesOf(metric: string, { kind, labels = {} }: MetricDefinition): [string, Labels][] {
  if (kind !== 'histogram') return [[metric, labels]];
  return [
    [`${metric}_bucket`, { ...labels, le: open }],
    [`${metric}_sum`, labels],
    [`${metric}_count`, labels],
  ];
}

/** What is wrong with an expression and the legend of its lines: names and values that nobody has. */
export function expressionFaults(expr: string, legend = ''): string[] {
  const { metrics: asked, grouping } = askedBy(expr);
  const faults = [...asked].flatMap(([metric, matchers]) => selectorFaults(metric, matchers));
  const labels = new Set([...asked.keys()].flatMap((it) => Object.keys(labelsOf(it))));
  const shown = shownBy(legend);
  const aggregated = /\b(?:sum|max|min|avg|count)\b/.test(expr);
  return [
    ...(asked.size === 0 ? ['asks for nothing'] : faults),
    ...[...grouping, ...shown]
      .filter((it) => !labels.has(it))
      .map((it) => `nothing here has the label ${it}`),
    ...(aggregated ? shown.filter((it) => !grouping.includes(it)).map((it) => `${it} is added up`) : []),
  ];
}

/** Whether single traces are kept in every histogram of this expression. */
export const keepsExemplars = (expr: string): boolean => {
  const definitions: Readonly<Record<string, MetricDefinition>> = metrics;
  const names = [...askedBy(expr).metrics.keys()];
  return names.every((it) => definitions[it.replace(/_bucket$/, '')]?.exemplars === true);
};

const labelsOf = (metric: string): Labels => ({ ...everywhere, ...known.get(metric) });

function selectorFaults(metric: string, matchers: readonly Matcher[]): string[] {
  if (!known.has(metric)) return [`nobody has the metric ${metric}`];
  const labels = labelsOf(metric);
  return [
    ...(matchers.some(({ label }) => label === 'namespace')
      ? []
      : [`${metric} is asked for in all namespaces`]),
    ...matchers.flatMap(({ label, value }) => {
      const it = labels[label];
      if (!it) return [`${metric} has no label ${label}`];
      if (!('values' in it)) return [];
      const foreseen = new Set(it.values);
      return value
        .split('|')
        .filter((one) => /^[\w$.-]+$/.test(one) && !one.includes('..') && !foreseen.has(one))
        .map((one) => `${label} of ${metric} is never ${one}`);
    }),
  ];
}
