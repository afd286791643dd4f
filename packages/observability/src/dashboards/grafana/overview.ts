import { carried, promises, sales } from './customers.ts';
import { colours, errorShare, none, plain, rising, some, waiting, words } from './look.ts';
import type { Link, Plan } from './model.ts';
import { stat, states, table, timeseries } from './panels.ts';
import { anyService, asked, largest, perMinute, quantile, series, share, sumRate, timed } from './queries.ts';

const requests = 'shop_http_request_seconds';
const failed = 'status=~"5.."';
const toService: Link = {
  title: 'Look into this service',
  url: `/d/shop-service?var-job=\${__data.fields.Service}&${carried}`,
};

const now = {
  title: 'Now',
  panels: [
    stat({
      title: 'Requests',
      why: 'Is there traffic? A fall to nothing without errors is a broken gateway or DNS. Requests between services count too; probes and scrapes do not.',
      unit: 'reqps',
      queries: [{ expr: sumRate([], `${requests}_count`, asked), legend: 'requests' }],
      thresholds: plain,
    }),
    stat({
      title: 'Answered with an error',
      why: 'Share of requests that the shop failed (5xx). The alert is at 2 %, by service.',
      unit: 'percentunit',
      decimals: 2,
      queries: [
        {
          expr: share(
            sumRate([], `${requests}_count`, asked, failed),
            sumRate([], `${requests}_count`, asked),
          ),
          legend: 'errors',
        },
      ],
      thresholds: errorShare,
    }),
    stat({
      title: '95 % answered within',
      why: 'How long customers wait. Live order streams are left out: they last as long as a page is open.',
      unit: 's',
      queries: [{ expr: quantile(0.95, [], requests, timed), legend: 'p95' }],
      thresholds: waiting,
    }),
    stat({
      title: 'Orders placed',
      why: 'Per minute. The number that tells whether customers can buy.',
      unit: 'opm',
      decimals: 1,
      queries: [
        {
          expr: perMinute(sumRate([], 'shop_orders_reached_total', 'status="placed"')),
          legend: 'placed',
        },
      ],
      thresholds: plain,
    }),
    stat({
      title: 'Orders that need a person',
      why: 'Orders in the state ATTENTION: the shop cannot finish them alone. See the dashboard of orders and the operations desk.',
      unit: 'none',
      queries: [{ expr: largest([], 'shop_sagas', 'state="ATTENTION"'), legend: 'attention' }],
      thresholds: none,
    }),
    stat({
      title: 'Promises broken',
      why: 'What the newest audit found: money or goods that do not add up. Anything but 0 is an incident. No value: no audit has been written down.',
      unit: 'none',
      queries: [{ expr: `sum(${largest(['promise'], 'shop_audit_violations')})`, legend: 'violations' }],
      thresholds: none,
    }),
  ],
};

const traffic = {
  title: 'Traffic',
  panels: [
    timeseries({
      title: 'Requests by service',
      why: 'Where the traffic goes. A service whose line falls alone is cut off from its callers.',
      unit: 'reqps',
      stacked: true,
      queries: [{ expr: sumRate(['job'], `${requests}_count`, asked), legend: '{{job}}' }],
    }),
    timeseries({
      title: 'Errors by service',
      why: 'Share of each service’s requests that ended with 5xx. Callers repeat some errors of those behind them: look at the lowest service first.',
      unit: 'percentunit',
      queries: [
        {
          expr: share(
            sumRate(['job'], `${requests}_count`, asked, failed),
            sumRate(['job'], `${requests}_count`, asked),
          ),
          legend: '{{job}}',
        },
      ],
      thresholds: errorShare,
    }),
    timeseries({
      title: 'How long answers take',
      why: 'Half, 95 % and 99 % of all requests are answered within this. Points are single traces.',
      unit: 's',
      queries: [
        { expr: quantile(0.5, [], requests, timed), legend: 'p50' },
        { expr: quantile(0.95, [], requests, timed), legend: 'p95', exemplar: true },
        { expr: quantile(0.99, [], requests, timed), legend: 'p99' },
      ],
      overrides: colours({ p50: 'green', p95: 'orange', p99: 'red' }),
    }),
    timeseries({
      title: '95 % answered within, by service',
      why: 'Whose slowness it is. Points are single traces.',
      unit: 's',
      queries: [{ expr: quantile(0.95, ['job'], requests, timed), legend: '{{job}}', exemplar: true }],
    }),
  ],
};

const services = {
  title: 'Services',
  panels: [
    table({
      title: 'Services',
      why: 'One line per service; its name leads to its own dashboard.',
      unit: 'none',
      sortBy: 'Requests',
      queries: [
        { expr: `sum by (job) (${series('up', anyService)})`, legend: '' },
        { expr: sumRate(['job'], `${requests}_count`, asked), legend: '' },
        {
          expr: share(
            sumRate(['job'], `${requests}_count`, asked, failed),
            sumRate(['job'], `${requests}_count`, asked),
          ),
          legend: '',
        },
        { expr: quantile(0.95, ['job'], requests, timed), legend: '' },
        { expr: largest(['job'], 'shop_event_loop_delay_seconds', 'quantile="0.99"'), legend: '' },
        { expr: sumRate(['job'], 'shop_process_cpu_seconds_total'), legend: '' },
        { expr: largest(['job'], 'shop_process_resident_bytes'), legend: '' },
      ],
      columns: [
        { field: 'job', name: 'Service', links: [toService] },
        { field: 'Value #A', name: 'Replicas', decimals: 0, thresholds: some },
        { field: 'Value #B', name: 'Requests', unit: 'reqps' },
        { field: 'Value #C', name: 'Errors', unit: 'percentunit', thresholds: errorShare },
        { field: 'Value #D', name: 'p95', unit: 's', thresholds: waiting },
        { field: 'Value #E', name: 'Event loop p99', unit: 's', thresholds: rising(0.1, 0.25) },
        { field: 'Value #F', name: 'Processors', unit: 'short', decimals: 2 },
        { field: 'Value #G', name: 'Memory of the largest', unit: 'bytes' },
      ],
    }),
    states({
      title: 'Who can publish',
      why: 'Whether a service can hand messages to the broker. While it cannot, orders wait in its outbox.',
      unit: 'none',
      max: 1,
      queries: [{ expr: `min by (job) (${series('shop_bus_up')})`, legend: '{{job}}' }],
      mappings: words(['away', 'red'], ['up', 'green']),
      thresholds: some,
    }),
    states({
      title: 'Calls given up',
      why: 'Open breakers, caller → called. Behind an open breaker nobody is asked, so latency alone looks healthy.',
      unit: 'none',
      max: 1,
      queries: [
        {
          expr: largest(['job', 'to'], 'shop_outbound_breaker_open'),
          legend: '{{job}} → {{to}}',
        },
      ],
      mappings: words(['closed', 'green'], ['open', 'red']),
      thresholds: none,
    }),
  ],
};

export const overview: Plan = {
  uid: 'shop-overview',
  title: 'Overview',
  description:
    'What customers get: traffic, errors, waiting, orders and revenue, and which service to look into.',
  sections: [now, promises, traffic, sales, services],
};
