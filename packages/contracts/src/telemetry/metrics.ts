import { busMetrics } from './bus-metrics.ts';
import { businessMetrics } from './business-metrics.ts';
import { platformMetrics } from './platform-metrics.ts';

/** Every metric of the shop. kit makes them from here, so none has a name or a label that is not told. */
export const metrics = { ...platformMetrics, ...busMetrics, ...businessMetrics } as const;
export type MetricName = keyof typeof metrics;
