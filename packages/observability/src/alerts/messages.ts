import { maxBy, minBy, rate, series, sumBy } from '../promql.ts';
import type { Alert } from './alert.ts';

const unexpected = series('shop_unrouted_total', 'dispatch', { type: 'unexpected' });
const lag = sumBy(['queue', 'le'], rate(series('shop_bus_lag_seconds_bucket', 'all'), '5m'));
const dropped = series('shop_spans_total', 'all', { outcome: ['dropped-queue-full', 'dropped-not-taken'] });

/** Messages between services, and what the services tell of themselves. */
export const messageAlerts: readonly Alert[] = [
  {
    name: 'OutboxStuck',
    severity: 'critical',
    expr: `${maxBy(['source'], series('shop_outbox_oldest_seconds', 'all'))} > 60`,
    for: '2m',
    summary: 'Messages of {{ $labels.job }} are not published',
    description:
      'The oldest in {{ $labels.source }} waits for {{ $value | humanizeDuration }}. Orders stand still without a failed request.',
    meaning: 'Messages wait in an outbox for more than a minute',
    fires: '2 minutes after the oldest is a minute old',
  },
  {
    name: 'BusDown',
    severity: 'warning',
    expr: `${minBy([], series('shop_bus_up', 'all'))} == 0`,
    for: '2m',
    summary: '{{ $labels.job }} cannot publish',
    description: 'The broker is away for one copy of it, or blocks it. Messages wait in the outbox.',
    meaning: 'A service cannot publish: the broker is away or blocks',
    fires: '2 minutes after the connection was lost',
  },
  {
    name: 'ConsumerLag',
    severity: 'warning',
    expr: `histogram_quantile(0.95, ${lag}) > 30`,
    for: '5m',
    summary: '{{ $labels.queue }} is behind',
    description:
      'Messages wait {{ $value | humanizeDuration }} until {{ $labels.job }} handles them. Orders need several such steps.',
    meaning: 'Messages wait for more than 30 s until they are handled',
    fires: '5 minutes after the 95th percentile of 5 minutes is above 30 s',
  },
  {
    name: 'DeadLettersOpen',
    severity: 'warning',
    expr: `${maxBy(['queue'], series('shop_dead_letters_open', 'dispatch'))} > 0`,
    for: '5m',
    summary: '{{ $value }} messages of {{ $labels.queue }} were given up',
    description: 'Nobody has replayed or discarded them. Each may be an order that stands still.',
    meaning: 'Messages were given up and wait for a person',
    fires: '5 minutes after the first',
  },
  {
    name: 'MessagesUnrouted',
    severity: 'warning',
    expr: `${sumBy([], `increase(${unexpected}[15m])`)} > 0 or ${sumBy([], `${unexpected} unless ${unexpected} offset 15m`)} > 0`,
    for: '1m',
    summary: 'Messages reached no queue',
    description:
      'Somebody should have heard them: the topology of the broker has a hole. They are kept as dead letters.',
    meaning: 'A message that somebody should hear reached no queue',
    fires: '1 minute after the message',
  },
  {
    name: 'SpansDropped',
    severity: 'warning',
    expr: `${sumBy([], rate(dropped, '10m'))} > 0`,
    for: '10m',
    summary: 'Traces of {{ $labels.job }} have holes',
    description: 'The collector does not take its spans. Customers do not notice.',
    meaning: 'The collector does not take spans; traces have holes',
    fires: '10 minutes after the first',
  },
];
