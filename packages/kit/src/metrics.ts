import { Counter, Gauge, Histogram, register } from 'prom-client';

interface Named<L extends string> {
  name: string;
  help: string;
  labels?: readonly L[];
}
const settings = <L extends string>(it: Named<L>) => ({
  name: it.name,
  help: it.help,
  labelNames: [...(it.labels ?? [])],
});

/** The counter of this name, made on first use. Names carry their unit and end in `_total`. */
export function counter<L extends string = never>(it: Named<L>): Counter<L> {
  const known = register.getSingleMetric(it.name);
  return known instanceof Counter ? known : new Counter<L>(settings(it));
}
export function gauge<L extends string = never>(it: Named<L>): Gauge<L> {
  const known = register.getSingleMetric(it.name);
  return known instanceof Gauge ? known : new Gauge<L>(settings(it));
}
/** Buckets are in seconds unless the name says otherwise. */
export function histogram<L extends string = never>(it: Named<L> & { buckets?: number[] }): Histogram<L> {
  const known = register.getSingleMetric(it.name);
  if (known instanceof Histogram) return known;
  const buckets = it.buckets ?? [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
  return new Histogram<L>({ ...settings(it), buckets });
}
