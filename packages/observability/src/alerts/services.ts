import { foreign, maxBy, minBy, rate, type Service, series, services, sumBy } from '../promql.ts';
import type { Alert } from './alert.ts';

const down = (job: Service): Alert => ({
  name: 'ServiceDown',
  severity: 'critical',
  expr: `sum by (namespace, job) (${foreign('up', job)}) == 0 or absent(${foreign('up', job)})`,
  for: '1m',
  labels: { job },
  summary: `No copy of ${job} answers`,
  description: `Prometheus reaches no copy of ${job}. ${lost[job]}`,
  meaning: 'No copy of a service answers',
  fires: '1 minute after the scrape that failed',
});

const lost: Readonly<Record<Service, string>> = {
  user: 'Nobody can sign in, and who is signed in cannot order; guests can.',
  catalogue: 'No product is shown and no order is placed; orders under way wait for their stock.',
  cart: 'Nobody sees or changes a cart, and no order is placed.',
  payment:
    'Orders are still placed while dispatch remembers how one can pay; they wait until payment is back.',
  shipping: 'Delivery cannot be chosen, so no order is placed; orders under way wait.',
  ratings: 'Reviews are missing; everything else works.',
  dispatch: 'No order is placed, and those under way stand still.',
};

/** Requests of customers: neither probes nor streams that stay open. */
const answered = { route: { not: ['operations', '/orders/{id}/events'] } } as const;
const answers = (labels: { status?: readonly string[] } = {}) =>
  sumBy([], rate(series('shop_http_request_seconds_count', 'all', { ...answered, ...labels }), '5m'));
const buckets = rate(series('shop_http_request_seconds_bucket', 'all', answered), '5m');

const pool = (state: 'used' | 'limit' | 'waiting') => series('shop_pool_connections', 'all', { state });

/** What is wrong with a service, whoever notices it. */
export const serviceAlerts: readonly Alert[] = [
  ...services.map(down),
  {
    name: 'ReplicaDown',
    severity: 'warning',
    expr: `${minBy(['instance'], foreign('up', services))} == 0`,
    for: '5m',
    summary: 'A copy of {{ $labels.job }} does not answer',
    description: 'Prometheus does not reach {{ $labels.instance }}. The others have its work to do.',
    meaning: 'One of several copies of a service does not answer',
    fires: '5 minutes after the scrape that failed',
  },
  {
    name: 'ServiceErrors',
    severity: 'critical',
    expr: `${answers({ status: ['5..'] })} / ${answers()} > 0.02 and ${answers({ status: ['5..'] })} > 0.01`,
    for: '5m',
    summary: '{{ $labels.job }} answers {{ $value | humanizePercentage }} of its requests with an error',
    description:
      'More than 2 % of the requests of five minutes, and at least three of them, ended with a 5xx.',
    meaning: 'A service answers more than 2 % of its requests with an error of ours',
    fires: '5 minutes after more than 2 % of the requests of 5 minutes',
  },
  {
    name: 'ServiceSlow',
    severity: 'warning',
    expr: `histogram_quantile(0.95, ${sumBy(['le'], buckets)}) > 1`,
    for: '10m',
    summary: '{{ $labels.job }} answers slowly',
    description: '5 % of its requests take longer than {{ $value | humanizeDuration }}; meant is 1 s.',
    meaning: 'One request in twenty takes longer than 1 s',
    fires: '10 minutes after the 95th percentile of 5 minutes is above 1 s',
  },
  {
    name: 'BreakerOpen',
    severity: 'warning',
    expr: `${maxBy(['to'], series('shop_outbound_breaker_open', 'all'))} == 1`,
    for: '5m',
    summary: '{{ $labels.job }} has stopped calling {{ $labels.to }}',
    description: 'Eight calls in a row failed. What needs an answer of {{ $labels.to }} is refused at once.',
    meaning: 'A service has stopped calling what does not answer',
    fires: '5 minutes after the breaker opened',
  },
  {
    name: 'PoolSaturated',
    severity: 'warning',
    // One of many callers that a moment finds waiting is no saturation: all connections have to be in use.
    expr: maxBy(
      ['pool'],
      `${pool('waiting')} > 0 and ignoring (state) ${pool('used')} >= ignoring (state) ${pool('limit')}`,
    ),
    for: '5m',
    summary: '{{ $labels.job }} waits for connections to {{ $labels.pool }}',
    description: '{{ $value }} callers of one copy wait for a connection, at every scrape of five minutes.',
    meaning: 'All connections to a store are in use and callers wait',
    fires: '5 minutes of callers that wait at every scrape',
  },
  {
    name: 'EventLoopBlocked',
    severity: 'warning',
    expr: `${maxBy([], series('shop_event_loop_delay_seconds', 'all', { quantile: '0.99' }))} > 0.25`,
    for: '5m',
    summary: 'A copy of {{ $labels.job }} has too much to compute',
    description: 'Its timers run {{ $value | humanizeDuration }} late: every request of it waits as long.',
    meaning: 'A process computes so long that everything else in it waits',
    fires: '5 minutes of timers more than 0.25 s late',
  },
];
