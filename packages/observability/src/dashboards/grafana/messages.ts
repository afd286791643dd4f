import { colours, outboxAge, rising, some, words } from './look.ts';
import type { Plan } from './model.ts';
import { stat, states, timeseries } from './panels.ts';
import { largest, orZero, quantile, series, sumIncrease, sumRate } from './queries.ts';

const now = {
  title: 'Now',
  panels: [
    stat({
      title: 'Services that can publish',
      why: 'Of those that Prometheus reaches. While one cannot, its messages wait in its outbox.',
      unit: 'percentunit',
      queries: [{ expr: `avg(${series('shop_bus_up')})`, legend: 'up' }],
      thresholds: some,
    }),
    stat({
      title: 'Published',
      why: 'Messages that the broker confirmed, per second.',
      unit: 'mps',
      queries: [{ expr: sumRate([], 'shop_bus_published_total', 'result="confirmed"'), legend: 'confirmed' }],
    }),
    stat({
      title: '95 % first handled within',
      why: 'From a message being written to its first handling: outbox, relay, broker and queue together.',
      unit: 's',
      queries: [{ expr: quantile(0.95, [], 'shop_bus_lag_seconds'), legend: 'p95' }],
      thresholds: rising(5, 30),
    }),
    stat({
      title: 'Oldest unsent message',
      why: 'A stuck outbox stops orders without a single failed request. Alarm at 60 s.',
      unit: 's',
      queries: [{ expr: `max(${series('shop_outbox_oldest_seconds')})`, legend: 'oldest' }],
      thresholds: outboxAge,
    }),
    stat({
      title: 'Retried',
      why: 'Deliveries put aside to be tried again, in the time shown.',
      unit: 'short',
      decimals: 0,
      queries: [{ expr: orZero(sumIncrease([], 'shop_bus_retries_total')), legend: 'retried' }],
      thresholds: rising(10, 100),
    }),
    stat({
      title: 'Given up',
      why: 'Messages that became dead letters in the time shown.',
      unit: 'short',
      decimals: 0,
      queries: [{ expr: orZero(sumIncrease([], 'shop_bus_dead_letters_total')), legend: 'dead' }],
      thresholds: rising(1, 1),
    }),
  ],
};

const publishing = {
  title: 'Publishing',
  panels: [
    timeseries({
      title: 'Published by type',
      why: 'What is said. The mix is that of the orders; a type that stops names the service that does.',
      unit: 'mps',
      stacked: true,
      queries: [
        { expr: sumRate(['type'], 'shop_bus_published_total', 'result="confirmed"'), legend: '{{type}}' },
      ],
    }),
    timeseries({
      title: 'Not confirmed, by service',
      why: 'Sent again. A rate of these is a fault of the broker (`refused`, `away`) or of the topology (`unroutable`).',
      unit: 'mps',
      queries: [
        {
          expr: sumRate(['job', 'result'], 'shop_bus_published_total', 'result!="confirmed"'),
          legend: '{{job}} {{result}}',
        },
      ],
    }),
    timeseries({
      title: 'Age of the oldest unsent message',
      why: 'By outbox. Rises by one second per second while a relay stands.',
      unit: 's',
      queries: [
        { expr: largest(['job', 'source'], 'shop_outbox_oldest_seconds'), legend: '{{job}} {{source}}' },
      ],
      thresholds: outboxAge,
    }),
    timeseries({
      title: 'Messages that wait in outboxes',
      why: 'How long it will take to catch up. Of a MongoDB outbox those of the next batch.',
      unit: 'none',
      queries: [{ expr: largest(['job', 'source'], 'shop_outbox_waiting'), legend: '{{job}} {{source}}' }],
    }),
    states({
      title: 'Who can publish',
      why: 'When which service lost the broker. All at once: the broker; one alone: its account or network.',
      unit: 'none',
      max: 1,
      width: 24,
      height: 7,
      queries: [{ expr: `min by (job) (${series('shop_bus_up')})`, legend: '{{job}}' }],
      mappings: words(['away', 'red'], ['up', 'green']),
      thresholds: some,
    }),
  ],
};

const consuming = {
  title: 'Consuming',
  panels: [
    timeseries({
      title: 'Handled by queue',
      why: 'Throughput of each consumer.',
      unit: 'mps',
      stacked: true,
      queries: [
        { expr: sumRate(['queue'], 'shop_bus_consumed_total', 'result="done"'), legend: '{{queue}}' },
      ],
    }),
    timeseries({
      title: 'Retried and dead by queue',
      why: 'Failures of each consumer. `retried` heals by itself or ends as `dead`.',
      unit: 'mps',
      queries: [
        {
          expr: sumRate(['queue', 'result'], 'shop_bus_consumed_total', 'result!="done"'),
          legend: '{{queue}} {{result}}',
        },
      ],
    }),
    timeseries({
      title: '95 % first handled within, by queue',
      why: 'Consumer lag as an order feels it.',
      unit: 's',
      queries: [{ expr: quantile(0.95, ['queue'], 'shop_bus_lag_seconds'), legend: '{{queue}}' }],
      thresholds: rising(5, 30),
    }),
    timeseries({
      title: '95 % of handlers took at most',
      why: 'The duration of every hop of an order. Points are single traces.',
      unit: 's',
      queries: [
        { expr: quantile(0.95, ['queue'], 'shop_bus_handler_seconds'), legend: '{{queue}}', exemplar: true },
      ],
    }),
    timeseries({
      title: 'Being handled now',
      why: 'At its prefetch a consumer is saturated: more replicas help, unless the store behind it is the limit.',
      unit: 'none',
      width: 8,
      queries: [{ expr: `sum by (queue) (${series('shop_bus_running')})`, legend: '{{queue}}' }],
    }),
    timeseries({
      title: 'Retries by delay',
      why: 'How far up the ladder failures get: the longest delay means that something has been broken for a while.',
      unit: 'mps',
      width: 8,
      stacked: true,
      queries: [{ expr: sumRate(['delay_ms'], 'shop_bus_retries_total'), legend: '{{delay_ms}} ms' }],
    }),
    timeseries({
      title: 'Given up, by reason',
      why: '`permanent` and `attempts-exhausted` are ours to repair; `malformed` and `unknown-type` are a publisher that we do not understand.',
      unit: 'mps',
      width: 8,
      queries: [
        {
          expr: sumRate(['queue', 'reason'], 'shop_bus_dead_letters_total'),
          legend: '{{queue}} {{reason}}',
        },
      ],
      overrides: colours({ permanent: 'red' }),
    }),
  ],
};

export const messages: Plan = {
  uid: 'shop-messages',
  title: 'Messages',
  description: 'Messages between services over RabbitMQ: published, handled, late, retried and given up.',
  sections: [now, publishing, consuming],
};
