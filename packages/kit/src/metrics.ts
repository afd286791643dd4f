import { context, TraceFlags, trace } from '@opentelemetry/api';
import type { Label, MetricDefinition } from '@shopstack/contracts/telemetry/definition';
import { OTHER } from '@shopstack/contracts/telemetry/labels';
import { type MetricName, metrics } from '@shopstack/contracts/telemetry/metrics';
import { Counter, Gauge, Histogram, type OpenMetricsContentType, Registry } from 'prom-client';

type Registered = typeof metrics;
type OfKind<K> = {
  [N in MetricName]: Registered[N] extends { kind: K } ? N : never;
}[MetricName];
type ValueOf<L> = L extends { values: readonly (infer V)[] } ? V : string;
/** Nothing, or one argument with every label. */
type Labels<N extends MetricName> = Registered[N] extends { labels: infer L }
  ? [labels: { [K in keyof L]: ValueOf<L[K]> }]
  : [];
type Sample = Record<string, string>;
/** Called at each scrape, which waits for it. */
type Collect = () => void | Promise<void>;

/** Of this process. OpenMetrics, because nothing else carries exemplars. */
const registry = new Registry<OpenMetricsContentType>();
registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
export const { contentType } = registry;
export const exposition = (): Promise<string> => registry.metrics();

const made = new Map<MetricName, unknown>();
/** Modules of one process may ask for the same metric; there is one. */
function once<M>(name: MetricName, make: (it: MetricDefinition) => M): M {
  const known = made.get(name) ?? make(metrics[name]);
  made.set(name, known);
  return known as M;
}
const settings = (name: string, it: MetricDefinition, collect?: Collect) => ({
  name,
  help: it.meaning,
  labelNames: Object.keys(it.labels ?? {}),
  registers: [registry],
  ...(collect ? { collect } : {}),
});

/** Counts up. The name carries the unit and ends in `_total`. `collect` is called at each scrape. */
export function counter<N extends OfKind<'counter'>>(name: N, collect?: Collect) {
  return once(name, (it) => {
    const inner = new Counter(settings(name, it, collect));
    const bound = boundary(it);
    return {
      inc: (...labels: Labels<N>) => inner.inc(bound(labels)),
      add: (amount: number, ...labels: Labels<N>) => inner.inc(bound(labels), amount),
    };
  });
}

/** `collect` is called at each scrape, before the value is read. */
export function gauge<N extends OfKind<'gauge'>>(name: N, collect?: Collect) {
  return once(name, (it) => {
    const inner = new Gauge(settings(name, it, collect));
    const bound = boundary(it);
    return {
      set: (value: number, ...labels: Labels<N>) => inner.set(bound(labels), value),
      add: (change: number, ...labels: Labels<N>) => inner.inc(bound(labels), change),
      reset: () => inner.reset(),
    };
  });
}

export function histogram<N extends OfKind<'histogram'>>(name: N) {
  return once(name, (it) => {
    const exemplars = it.exemplars === true;
    const buckets = { buckets: [...(it.buckets ?? [])], enableExemplars: exemplars };
    const inner = new Histogram({ ...settings(name, it), ...buckets });
    const bound = boundary(it);
    const observe = (value: number, ...labels: Labels<N>) => {
      const sample = bound(labels);
      if (exemplars) inner.observe({ labels: sample, value, exemplarLabels: exemplar() });
      else inner.observe(sample, value);
    };
    return {
      observe,
      /** Seconds from now until the returned function is called; labels may be told then. */
      startTimer: () => {
        const startedAt = performance.now();
        return (...labels: Labels<N>) => observe((performance.now() - startedAt) / 1000, ...labels);
      },
    };
  });
}

/** The trace in which a sample is taken, if somebody can look at it. */
function exemplar(): Sample {
  const span = trace.getSpanContext(context.active());
  return span && span.traceFlags & TraceFlags.SAMPLED ? { trace_id: span.traceId } : {};
}

/** Labels as they may be: a value that was not foreseen would be a time series that nobody bounded. */
function boundary(it: MetricDefinition): (labels: readonly [labels?: object]) => Sample {
  const limits = Object.entries(it.labels ?? {}).map(([name, label]) => [name, limit(label)] as const);
  return ([labels = {}]) => {
    const sample: Sample = {};
    for (const [name, limited] of limits) sample[name] = limited(String(Reflect.get(labels, name) ?? OTHER));
    return sample;
  };
}
function limit(label: Label): (value: string) => string {
  const known = new Set('values' in label ? label.values : []);
  const most = 'most' in label ? label.most : 0;
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most) return OTHER;
    known.add(value);
    return value;
  };
}
