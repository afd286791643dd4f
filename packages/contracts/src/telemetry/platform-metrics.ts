import type { MetricDefinition } from './definition.ts';
import * as label from './labels.ts';

const quick = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What every service tells of itself. */
export const platformMetrics = {
  shop_http_request_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: { method: label.method, route: label.route, status: label.status },
    buckets: quick,
    exemplars: true,
    meaning: 'Requests answered: how many, how, and how long it took',
    why: 'Rate, errors and duration of every route: the objectives of browse, cart and checkout are made of it',
  },
  shop_outbound_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: { to: label.peer, outcome: { values: ['2xx', '3xx', '4xx', '5xx', 'no-answer'] } },
    buckets: quick,
    exemplars: true,
    meaning: 'Requests to other services and providers, each try by itself',
    why: 'Tells whose slowness it is',
  },
  shop_outbound_breaker_open: {
    kind: 'gauge',
    unit: 'yes or no',
    labels: { to: label.peer },
    meaning: '1 while the breaker of this client is open or tries again',
    why: 'Nobody is asked behind an open breaker, so latency alone looks healthy',
  },
  shop_event_loop_delay_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: { quantile: { values: ['0.5', '0.99', '1'] } },
    meaning: 'How late timers ran since the last scrape',
    why: 'The first sign that a process has too much to compute',
  },
  shop_process_cpu_seconds_total: {
    kind: 'counter',
    unit: 'seconds',
    meaning: 'Processor time of this process, user and system',
    why: 'Saturation of a pod where there is no container runtime to ask',
  },
  shop_process_resident_bytes: {
    kind: 'gauge',
    unit: 'bytes',
    meaning: 'Memory of this process as the system counts it',
    why: 'Shows a leak before the memory limit does',
  },
  shop_pool_connections: {
    kind: 'gauge',
    unit: 'connections',
    labels: { pool: label.pool, state: { values: ['used', 'limit', 'waiting'] } },
    meaning: 'Connections to a store that work now, may work at once, and callers that wait for one',
    why: 'A saturated pool looks like a slow store but is cured elsewhere',
  },
  shop_dependency_up: {
    kind: 'gauge',
    unit: 'yes or no',
    labels: { dependency: label.dependency },
    meaning: '1 when a store or server this process needs answered within two seconds of the scrape, else 0',
    why: 'Tells a store that is away from a service that is slow',
  },
  shop_spans_total: {
    kind: 'counter',
    unit: 'spans',
    labels: { outcome: { values: ['exported', 'dropped-queue-full', 'dropped-not-taken'] } },
    meaning:
      'Ended spans: handed to the collector, or dropped because too many waited or it did not take them',
    why: 'A trace with holes must be told from a request that did nothing',
  },
} as const satisfies Record<string, MetricDefinition>;
