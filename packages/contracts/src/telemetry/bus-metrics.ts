import type { MetricDefinition } from './definition.ts';
import * as label from './labels.ts';

/** What every service tells of its messages. */
export const busMetrics = {
  shop_bus_up: {
    kind: 'gauge',
    unit: 'yes or no',
    meaning: '1 when messages can be published, 0 when the broker is away or blocks us',
    why: 'Explains a growing outbox',
  },
  shop_bus_published_total: {
    kind: 'counter',
    unit: 'messages',
    labels: {
      type: label.messageType,
      result: { values: ['confirmed', 'unroutable', 'refused', 'away'] },
    },
    meaning: 'Messages handed to the broker',
    why: 'Anything but `confirmed` is sent again: a rate of those is a fault of the broker or the topology',
  },
  shop_bus_consumed_total: {
    kind: 'counter',
    unit: 'messages',
    labels: {
      queue: label.queue,
      type: label.messageType,
      result: { values: ['done', 'retried', 'dead'] },
    },
    meaning: 'Deliveries that were settled',
    why: 'Throughput and failures of each consumer',
  },
  shop_bus_lag_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: { queue: label.queue },
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    meaning: 'From a message being written to its first handling',
    why: "Consumer lag as an order feels it: outbox, relay, broker and the consumer's own queue together",
  },
  shop_bus_running: {
    kind: 'gauge',
    unit: 'messages',
    labels: { queue: label.queue },
    meaning: 'Deliveries being handled now',
    why: 'At its prefetch a consumer is saturated',
  },
  shop_bus_handler_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: { queue: label.queue, type: label.messageType },
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    exemplars: true,
    meaning: 'Time a handler took, whatever came of it',
    why: 'The duration of every hop of an order',
  },
  shop_bus_retries_total: {
    kind: 'counter',
    unit: 'messages',
    labels: { queue: label.queue, delay_ms: { most: 10, from: 'the ladder of delays' } },
    meaning: 'Messages put aside to be tried again later',
    why: 'Failures that heal by themselves, and how far up the ladder they get',
  },
  shop_bus_dead_letters_total: {
    kind: 'counter',
    unit: 'messages',
    labels: {
      queue: label.queue,
      reason: { values: ['malformed', 'unknown-type', 'permanent', 'attempts-exhausted'] },
    },
    meaning: 'Messages given up',
    why: 'Each one is an order that stands still until a person acts',
  },
  shop_outbox_oldest_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: { source: label.source },
    meaning: 'Age of the oldest message that is not published yet; alarm at 60',
    why: 'A stuck outbox stops orders without a single failed request',
  },
  shop_outbox_waiting: {
    kind: 'gauge',
    unit: 'messages',
    labels: { source: label.source },
    meaning: 'Messages that are not published yet; of a MongoDB outbox those of the next batch',
    why: 'How long it will take to catch up',
  },
} as const satisfies Record<string, MetricDefinition>;
