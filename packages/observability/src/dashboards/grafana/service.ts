import { labelVariable } from './dashboard.ts';
import { colours, errorShare, none, outboxAge, plain, rising, some, waiting, words } from './look.ts';
import type { Plan } from './model.ts';
import { stat, states, table, timeseries } from './panels.ts';
import { asked, largest, orZero, quantile, rate, series, share, sumRate, timed } from './queries.ts';

const requests = 'shop_http_request_seconds';
const count = `${requests}_count`;
const failed = 'status=~"5.."';
const job = 'job="$job"';
const byRoute = ['method', 'route'];
const routeName = '{{method}} {{route}}';

const glance = {
  title: '$job now',
  panels: [
    stat({
      title: 'Replicas',
      why: 'Processes that Prometheus reaches.',
      unit: 'none',
      queries: [{ expr: `sum(${series('up', job)})`, legend: 'up' }],
      thresholds: some,
    }),
    stat({
      title: 'Requests',
      why: 'What this service is asked for, without probes and scrapes.',
      unit: 'reqps',
      queries: [{ expr: sumRate([], count, job, asked), legend: 'requests' }],
      thresholds: plain,
    }),
    stat({
      title: 'Answered with an error',
      why: 'Share of requests that ended with 5xx.',
      unit: 'percentunit',
      decimals: 2,
      queries: [
        {
          expr: share(sumRate([], count, job, asked, failed), sumRate([], count, job, asked)),
          legend: 'errors',
        },
      ],
      thresholds: errorShare,
    }),
    stat({
      title: '95 % answered within',
      why: 'How long callers wait.',
      unit: 's',
      queries: [{ expr: quantile(0.95, [], requests, job, timed), legend: 'p95' }],
      thresholds: waiting,
    }),
    stat({
      title: 'Waiting for a store',
      why: 'Callers that wait for a connection of a pool. Above 0 for long: the pool is the bottleneck, or what holds its connections.',
      unit: 'none',
      queries: [
        {
          expr: orZero(`sum(${series('shop_pool_connections', job, 'state="waiting"')})`),
          legend: 'waiting',
        },
      ],
      thresholds: rising(1, 10),
    }),
    stat({
      title: 'Oldest unsent message',
      why: 'Age of what waits in this service’s outbox; alarm at 60 s. No value: it has no outbox.',
      unit: 's',
      queries: [{ expr: `max(${series('shop_outbox_oldest_seconds', job)})`, legend: 'oldest' }],
      thresholds: outboxAge,
    }),
  ],
};

const red = {
  title: 'Requests',
  panels: [
    timeseries({
      title: 'Requests by route',
      why: 'Which operation brings the load.',
      unit: 'reqps',
      stacked: true,
      queries: [{ expr: sumRate(byRoute, count, job, asked), legend: routeName }],
    }),
    timeseries({
      title: 'Errors and refusals by status',
      why: '5xx are ours; 4xx are refusals and tell what callers do wrong or what we do not let them; 499 are callers who left.',
      unit: 'reqps',
      stacked: true,
      queries: [{ expr: sumRate(['status'], count, job, asked, 'status=~"[45].."'), legend: '{{status}}' }],
    }),
    timeseries({
      title: '95 % answered within, by route',
      why: 'Which operation is slow. Points are single traces.',
      unit: 's',
      queries: [{ expr: quantile(0.95, byRoute, requests, job, timed), legend: routeName, exemplar: true }],
    }),
    timeseries({
      title: 'Errors by route',
      why: 'Share of a route’s requests that ended with 5xx.',
      unit: 'percentunit',
      queries: [
        {
          expr: share(sumRate(byRoute, count, job, asked, failed), sumRate(byRoute, count, job, asked)),
          legend: routeName,
        },
      ],
      thresholds: errorShare,
    }),
    table({
      title: 'Routes',
      why: 'Rate, errors and duration of every operation side by side.',
      unit: 'none',
      sortBy: 'Requests',
      queries: [
        { expr: sumRate(byRoute, count, job, asked), legend: '' },
        {
          expr: share(sumRate(byRoute, count, job, asked, failed), sumRate(byRoute, count, job, asked)),
          legend: '',
        },
        { expr: quantile(0.5, byRoute, requests, job, timed), legend: '' },
        { expr: quantile(0.95, byRoute, requests, job, timed), legend: '' },
        { expr: quantile(0.99, byRoute, requests, job, timed), legend: '' },
      ],
      columns: [
        { field: 'method', name: 'Method' },
        { field: 'route', name: 'Route' },
        { field: 'Value #A', name: 'Requests', unit: 'reqps' },
        { field: 'Value #B', name: 'Errors', unit: 'percentunit', thresholds: errorShare },
        { field: 'Value #C', name: 'p50', unit: 's' },
        { field: 'Value #D', name: 'p95', unit: 's', thresholds: waiting },
        { field: 'Value #E', name: 'p99', unit: 's', thresholds: rising(0.5, 2.5) },
      ],
    }),
  ],
};

const outbound = {
  title: 'Whom it needs',
  panels: [
    timeseries({
      title: 'Calls by outcome',
      why: 'Requests to other services and providers, each try by itself. `no-answer` is a timeout or a refused connection.',
      unit: 'reqps',
      stacked: true,
      queries: [
        {
          expr: sumRate(['to', 'outcome'], 'shop_outbound_seconds_count', job),
          legend: '{{to}} {{outcome}}',
        },
      ],
    }),
    timeseries({
      title: '95 % of calls answered within',
      why: 'Whose slowness it is: if this rises with the routes above, look at the one that is called. Points are single traces.',
      unit: 's',
      queries: [
        { expr: quantile(0.95, ['to'], 'shop_outbound_seconds', job), legend: '{{to}}', exemplar: true },
      ],
    }),
    states({
      title: 'What it needs',
      why: 'Whether its stores, the broker and servers answer it within 2 s.',
      unit: 'none',
      max: 1,
      queries: [
        { expr: `min by (dependency) (${series('shop_dependency_up', job)})`, legend: '{{dependency}}' },
      ],
      mappings: words(['away', 'red'], ['answers', 'green']),
      thresholds: some,
    }),
    states({
      title: 'Breakers',
      why: 'While a breaker is open, the one it guards is not asked. Empty: this service calls nobody.',
      unit: 'none',
      max: 1,
      queries: [{ expr: largest(['to'], 'shop_outbound_breaker_open', job), legend: '{{to}}' }],
      mappings: words(['closed', 'green'], ['open', 'red']),
      thresholds: none,
    }),
  ],
};

const process = {
  title: 'Process',
  panels: [
    timeseries({
      title: 'Event loop delay',
      why: 'How late timers ran since the last scrape, the worst replica. The first sign of too much to compute in one turn.',
      unit: 's',
      width: 8,
      queries: [
        { expr: largest(['quantile'], 'shop_event_loop_delay_seconds', job), legend: 'q{{quantile}}' },
      ],
      thresholds: rising(0.1, 0.25),
    }),
    timeseries({
      title: 'Processors used',
      why: '1 is one processor; Node’s own work cannot use more than about one.',
      unit: 'short',
      width: 8,
      queries: [{ expr: rate('shop_process_cpu_seconds_total', job), legend: '{{instance}}' }],
    }),
    timeseries({
      title: 'Memory',
      why: 'As the system counts it. A saw that climbs between restarts is a leak.',
      unit: 'bytes',
      width: 8,
      queries: [{ expr: series('shop_process_resident_bytes', job), legend: '{{instance}}' }],
    }),
    timeseries({
      title: 'Connections to stores',
      why: '`used` at `limit` with callers `waiting` is a saturated pool: it looks like a slow store but is cured elsewhere.',
      unit: 'none',
      width: 8,
      queries: [
        {
          expr: `sum by (pool, state) (${series('shop_pool_connections', job)})`,
          legend: '{{pool}} {{state}}',
        },
      ],
    }),
    timeseries({
      title: 'Messages handled',
      why: 'What its consumers did. `retried` heals by itself or ends as `dead`.',
      unit: 'mps',
      width: 8,
      queries: [
        {
          expr: sumRate(['queue', 'result'], 'shop_bus_consumed_total', job),
          legend: '{{queue}} {{result}}',
        },
      ],
    }),
    timeseries({
      title: 'Spans',
      why: 'Ended spans. Anything dropped leaves holes in traces: the collector is away or too slow. Requests do not wait for it.',
      unit: 'ops',
      width: 8,
      queries: [{ expr: sumRate(['outcome'], 'shop_spans_total', job), legend: '{{outcome}}' }],
      overrides: colours({
        exported: 'green',
        'dropped-queue-full': 'red',
        'dropped-not-taken': 'orange',
      }),
    }),
  ],
};

export const service: Plan = {
  uid: 'shop-service',
  title: 'Service',
  description: 'One service: its routes, whom it calls, its process and its messages.',
  variables: [
    labelVariable({
      name: 'job',
      label: 'Service',
      query: 'label_values(shop_process_resident_bytes{namespace=~"$namespace"}, job)',
    }),
  ],
  sections: [glance, red, outbound, process],
};
