import type { Label, MetricDefinition } from '@shopstack/contracts/telemetry/definition';
import { metrics } from '@shopstack/contracts/telemetry/metrics';
import { objectives } from '../objectives/objectives.ts';
import { recordingRules } from '../objectives/recording.ts';
import { withValues } from './expression.ts';

/** Values of labels that have no list, where an expression asks for some. */
const examples: Readonly<Record<string, readonly string[]>> = {
  status: ['200', '404', '500'],
  state: ['PAYING', 'ATTENTION'],
};
const service = 'cart';
type Sample = Readonly<Record<string, string>>;

const valuesOf = (name: string, label: Label): readonly string[] =>
  'values' in label ? label.values : (examples[name] ?? ['any']);

/** Every combination of the values of labels. */
function samplesOf(labels: Readonly<Record<string, Label>>): Sample[] {
  let samples: Sample[] = [{}];
  for (const [name, label] of Object.entries(labels)) {
    samples = samples.flatMap((it) => valuesOf(name, label).map((value) => ({ ...it, [name]: value })));
  }
  return samples;
}

function registered([metric, { kind, labels = {}, buckets = [] }]: [string, MetricDefinition]): Series[] {
  const samples = samplesOf(labels);
  if (kind !== 'histogram') return samples.map((labels) => ({ metric, labels, grows: kind === 'counter' }));
  const bounds = [...buckets.map(String), '+Inf'];
  return samples.flatMap((labels) => [
    { metric: `${metric}_count`, labels, grows: true },
    { metric: `${metric}_sum`, labels, grows: true },
    ...bounds.map((le) => ({ metric: `${metric}_bucket`, labels: { ...labels, le }, grows: true })),
  ]);
}
interface Series {
  metric: string;
  labels: Sample;
  grows: boolean;
}
const steady = (metric: string, labels: Sample): Series => ({ metric, labels, grows: false });

const everything: readonly Series[] = [
  ...Object.entries<MetricDefinition>(metrics).flatMap(registered),
  ...recordingRules(objectives).flatMap(({ record }) =>
    objectives.map(({ id }) => steady(record, { slo: id })),
  ),
  steady('up', {}),
  steady('ALERTS', { alertname: 'ServiceDown', alertstate: 'firing', severity: 'critical' }),
  steady('kubelet_volume_stats_available_bytes', { persistentvolumeclaim: 'data' }),
  steady('kubelet_volume_stats_capacity_bytes', { persistentvolumeclaim: 'data' }),
];

const written = ({ metric, labels, grows }: Series, place: Sample) => {
  const all = Object.entries({ job: service, instance: 'one', ...place, ...labels });
  return {
    series: `${metric}{${all.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}}`,
    values: grows ? '0+60x20' : '1x20',
  };
};

/**
 * What `promtool test rules` reads: in a shop where everything is told, natively and in a cluster, each expression gives
 * at least one value.
 */
export const valuesExpected = (expressions: readonly string[]) => ({
  evaluation_interval: '1m',
  tests: [{}, { namespace: 'shop' }].map((place) => ({
    interval: '1m',
    input_series: everything.map((it) => written(it, place)),
    promql_expr_test: [...new Set(expressions)].map((expr) => ({
      expr: `count(${withValues(expr)}) > bool 0`,
      eval_time: '15m',
      exp_samples: [{ labels: '{}', value: 1 }],
    })),
  })),
});
