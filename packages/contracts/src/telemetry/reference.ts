import { attributes } from './attributes.ts';
import type { FieldDefinition, Label, MetricDefinition } from './definition.ts';
import { OTHER } from './labels.ts';
import { logFields } from './log-fields.ts';
import { metrics } from './metrics.ts';

const few = 12;
const describe = (label: Label): string => {
  if ('most' in label) return `at most ${label.most}: ${label.from}`;
  const { values } = label;
  const shown = values.slice(0, few).map((it) => `\`${it}\``);
  return values.length > few ? `${shown.join(', ')} and ${values.length - few} more` : shown.join(', ');
};

function metricSection([name, it]: [string, MetricDefinition]): string[] {
  const labels = Object.entries(it.labels ?? {});
  return [
    `### \`${name}\``,
    '',
    `${it.kind}, ${it.unit}${it.exemplars ? ', with exemplars' : ''}. ${it.meaning}. ${it.why}.`,
    '',
    ...(labels.length === 0
      ? []
      : [
          '| Label | Values |',
          '| --- | --- |',
          ...labels.map(([label, of]) => `| \`${label}\` | ${describe(of)} |`),
          '',
        ]),
    ...(it.buckets ? [`Buckets: ${it.buckets.join(', ')}.`, ''] : []),
  ];
}
const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`;
const fieldRow = ([name, { type, meaning, why }]: [string, FieldDefinition]): string =>
  row(`\`${name}\``, type, meaning, why);

/** docs/telemetry.md: every metric, span attribute and log field with what it is for. */
export function telemetryReference(): string {
  return [
    '# Telemetry',
    '',
    'Made from `packages/contracts/src/telemetry` by `node scripts/telemetry.ts`; a test compares. A metric, a label or a log field that is not told here does not compile; a span attribute that is not told here is taken off before the span leaves the process.',
    '',
    '## Metrics',
    '',
    `Every service offers them at \`/metrics\` in the OpenMetrics format; the gateway never forwards that path. A label never has more values than told here: what was not foreseen is counted as \`${OTHER}\`. Exemplars carry the \`trace_id\` of a sampled trace.`,
    '',
    ...Object.entries<MetricDefinition>(metrics).flatMap(metricSection),
    '## Span attributes',
    '',
    'Spans carry no parameters of statements, no paths, no queries, no headers, no addresses and no texts of errors.',
    '',
    '| Attribute | From | Meaning | Why |',
    '| --- | --- | --- | --- |',
    ...Object.entries(attributes).map(([name, it]) => row(`\`${name}\``, it.from, it.meaning, it.why)),
    '',
    '## Log fields',
    '',
    'One JSON object per line on stdout: one line per request and one per change of state. `orderId`, `traceId` and `spanId` are added to every line of work that belongs to an order or a trace.',
    '',
    '| Field | Type | Meaning | Why |',
    '| --- | --- | --- | --- |',
    ...Object.entries<FieldDefinition>(logFields).map(fieldRow),
    '',
  ].join('\n');
}
