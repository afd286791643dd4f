import { type MetricName, metrics } from '@shopstack/contracts/telemetry/metrics';
import type { ForeignSeries } from './alerts/foreign.ts';

/** Prometheus' `job`, natively and in a cluster. */
export const services = ['user', 'catalogue', 'cart', 'payment', 'shipping', 'ratings', 'dispatch'] as const;
export type Service = (typeof services)[number];

type Registered = typeof metrics;
type Histogram = {
  [N in MetricName]: Registered[N] extends { kind: 'histogram' } ? N : never;
}[MetricName];
type Part = 'bucket' | 'sum' | 'count';
/** What Prometheus keeps of the registered metrics: a histogram becomes three. */
export type Series = Exclude<MetricName, Histogram> | `${Histogram}_${Part}`;
type MetricOf<S extends Series> = S extends `${infer H extends Histogram}_${Part}`
  ? H
  : S extends MetricName
    ? S
    : never;
type LabelOf<S extends Series> =
  | (Registered[MetricOf<S>] extends { labels: infer L } ? keyof L & string : never)
  | (S extends `${Histogram}_bucket` ? 'le' : never);

/** Equal to one, one of several, or none of them. */
export type Matcher = string | readonly string[] | { readonly not: string | readonly string[] };

/** The samples of a registered metric of one service, or of all with the metric. */
export const series = <S extends Series>(
  name: S,
  job: Service | 'all',
  labels: { readonly [L in LabelOf<S>]?: Matcher } = {},
): string => selector(name, job === 'all' ? anyJob : `job="${job}"`, labels);

/** The samples of a metric that is not ours. */
export const foreign = (
  name: ForeignSeries,
  job: string | readonly string[] | 'all',
  labels: Readonly<Record<string, Matcher>> = {},
): string => selector(name, job === 'all' ? anyJob : matching('job', job), labels);

/** The samples that one of our own recording rules made. */
export const recorded = (
  name: `slo:${string}`,
  job: Service | 'all',
  labels: Readonly<Record<string, Matcher>> = {},
): string => selector(name, job === 'all' ? anyJob : `job="${job}"`, labels);

/** Every selector names the job: the chart puts the namespace beside it. */
const anyJob = 'job=~".+"';

function selector(name: string, job: string, labels: Readonly<Record<string, Matcher | undefined>>): string {
  const matchers = Object.entries(labels).map(([label, it]) => matching(label, it ?? ''));
  return `${name}{${[job, ...matchers].join(',')}}`;
}

function matching(label: string, it: Matcher): string {
  if (typeof it === 'string') return `${label}="${it}"`;
  if (!('not' in it)) return `${label}=~"${it.join('|')}"`;
  return typeof it.not === 'string' ? `${label}!="${it.not}"` : `${label}!~"${it.not.join('|')}"`;
}

type BoundOf<H extends Histogram> = Registered[H] extends { buckets: infer B }
  ? B extends readonly (infer V extends number)[]
    ? V
    : never
  : never;

/**
 * An upper bound as `le` says it: Prometheus 3 writes whole numbers as 1.0, the services and Prometheus 2 as 1.
 * @throws RangeError when the histogram has no such bucket
 */
export function bound<H extends Histogram>(histogram: H, seconds: BoundOf<H>): Matcher {
  const buckets: readonly number[] = metrics[histogram].buckets;
  if (!buckets.includes(seconds)) throw new RangeError(`${histogram} has no bucket up to ${seconds}`);
  return Number.isInteger(seconds) ? [`${seconds}`, `${seconds}.0`] : `${seconds}`;
}

/** A sum for each service of each namespace, and for each value of further labels. */
export const sumBy = (labels: readonly string[], expression: string): string =>
  `sum by (${['namespace', 'job', ...labels].join(', ')}) (${expression})`;
export const maxBy = (labels: readonly string[], expression: string): string =>
  `max by (${['namespace', 'job', ...labels].join(', ')}) (${expression})`;
export const minBy = (labels: readonly string[], expression: string): string =>
  `min by (${['namespace', 'job', ...labels].join(', ')}) (${expression})`;
export const rate = (samples: string, window: string): string => `rate(${samples}[${window}])`;
