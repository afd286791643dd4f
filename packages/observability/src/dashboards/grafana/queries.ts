import { streamOrder } from '@shopstack/contracts/dispatch';
import type { ForeignSeries } from '../../alerts/foreign.ts';
import { type Series, services } from '../../promql.ts';

/** Alerts as Prometheus keeps them beside everything else. */
export type Known = Series | ForeignSeries | 'ALERTS' | `slo:${string}`;
type NameOf<S> = S extends `${infer N}_bucket` ? N : never;
export type Histogram = NameOf<Series>;

/** Every expression names it: the chosen namespace, or none where there is no cluster. */
const here = 'namespace=~"$namespace"';
/** Customers' and services' requests, without probes and scrapes. */
export const asked = 'route!="operations"';
/** Those of them that have an end: a live order stream lasts as long as its page is open. */
export const timed = `${asked}, route!="${streamOrder.path}"`;
/** The shop's services among all that Prometheus knows. */
export const anyService = `job=~"${services.join('|')}"`;

/** `metric{matchers}` in the chosen namespace. */
export const series = (metric: Known, ...matchers: string[]): string =>
  `${metric}{${[here, ...matchers].join(', ')}}`;
/** Per second. */
export const rate = (metric: Series, ...matchers: string[]): string =>
  `rate(${series(metric, ...matchers)}[$__rate_interval])`;
/** Per second, added up by labels; by none, to one number. */
export const sumRate = (by: readonly string[], metric: Series, ...matchers: string[]): string =>
  `sum${byLabels(by)}(${rate(metric, ...matchers)})`;
/** Since the beginning of what is shown. */
export const sumIncrease = (by: readonly string[], metric: Series, ...matchers: string[]): string =>
  `sum${byLabels(by)}(increase(${series(metric, ...matchers)}[$__range]))`;
/** What this share of the observations stayed below; nothing, instead of no number, where there are none. */
export const quantile = (
  share: number,
  by: readonly string[],
  histogram: Histogram,
  ...matchers: string[]
): string =>
  `histogram_quantile(${share}, ${sumRate(['le', ...by], `${histogram}_bucket`, ...matchers)}) >= 0`;
/** A part of a whole; nothing where there is no whole, 0 where there is no part. */
export const share = (part: string, whole: string): string => `(${part} or ${whole} * 0) / (${whole} > 0)`;
/** 0 where there is nothing. */
export const orZero = (expr: string): string => `${expr} or vector(0)`;
/** What each replica tells of the same thing, once. */
export const largest = (by: readonly string[], metric: Known, ...matchers: string[]): string =>
  `max${byLabels(by)}(${series(metric, ...matchers)})`;
export const perMinute = (expr: string): string => `60 * ${expr}`;
/** The bucket of so many whole seconds; Prometheus 3 writes `.0` behind them. */
export const within = (seconds: number): string => `le=~"${seconds}|${seconds}.0"`;

const byLabels = (by: readonly string[]): string => (by.length > 0 ? ` by (${by.join(', ')}) ` : '');
