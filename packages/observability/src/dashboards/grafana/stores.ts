import { falling, none, outboxAge, rising, some, words } from './look.ts';
import type { Plan } from './model.ts';
import { stat, states, table, timeseries } from './panels.ts';
import { largest, orZero, series } from './queries.ts';

const pool = 'shop_pool_connections';
const used = `sum by (job, pool) (${series(pool, 'state="used"')})`;
const limit = `sum by (job, pool) (${series(pool, 'state="limit"')})`;
const queued = `sum by (job, pool) (${series(pool, 'state="waiting"')})`;

const up = series('shop_dependency_up');

const now = {
  title: 'Now',
  panels: [
    stat({
      title: 'Stores that do not answer',
      why: 'Stores and servers that a service needs and gets no answer from within 2 s.',
      unit: 'none',
      width: 8,
      queries: [{ expr: orZero(`count(min by (dependency) (${up}) == 0)`), legend: 'away' }],
      thresholds: none,
    }),
    stat({
      title: 'Fullest pool',
      why: 'Connections that work, of those that may. At 100 % callers wait.',
      unit: 'percentunit',
      width: 4,
      max: 1,
      queries: [{ expr: `max(${used} / ${limit})`, legend: 'used' }],
      thresholds: rising(0.7, 0.95),
    }),
    stat({
      title: 'Callers that wait for a connection',
      why: 'Above 0 for long: a pool is the bottleneck, or what holds its connections.',
      unit: 'none',
      width: 4,
      queries: [{ expr: orZero(`sum(${queued})`), legend: 'waiting' }],
      thresholds: rising(1, 10),
    }),
    stat({
      title: 'Oldest unsent message',
      why: 'Outboxes lie in MySQL and MongoDB; a relay that stands shows here first.',
      unit: 's',
      width: 4,
      queries: [{ expr: `max(${series('shop_outbox_oldest_seconds')})`, legend: 'oldest' }],
      thresholds: outboxAge,
    }),
    stat({
      title: 'Messages that wait in outboxes',
      why: 'What has to be caught up.',
      unit: 'short',
      width: 4,
      queries: [{ expr: `sum(${largest(['job', 'source'], 'shop_outbox_waiting')})`, legend: 'waiting' }],
      thresholds: rising(100, 1000),
    }),
  ],
};

const answering = {
  title: 'Who answers whom',
  panels: [
    states({
      title: 'Stores',
      why: 'When which store answered every service that needs it. One that all services miss is down.',
      unit: 'none',
      max: 1,
      height: 10,
      queries: [{ expr: `min by (dependency) (${up})`, legend: '{{dependency}}' }],
      mappings: words(['away', 'red'], ['answers', 'green']),
      thresholds: some,
    }),
    states({
      title: 'Services and their stores',
      why: 'One service alone that misses a store has lost its network or its account.',
      unit: 'none',
      max: 1,
      height: 10,
      queries: [{ expr: `min by (job, dependency) (${up})`, legend: '{{job}} → {{dependency}}' }],
      mappings: words(['away', 'red'], ['answers', 'green']),
      thresholds: some,
    }),
  ],
};

const pools = {
  title: 'Pools',
  panels: [
    timeseries({
      title: 'Pools in use',
      why: 'Share of each pool’s connections that work now, all replicas together. `cart` and sessions use Redis over one connection each: there is no pool to fill.',
      unit: 'percentunit',
      max: 1,
      queries: [{ expr: `${used} / ${limit}`, legend: '{{job}} {{pool}}' }],
      thresholds: rising(0.7, 0.95),
    }),
    timeseries({
      title: 'Callers that wait for a connection',
      why: 'A saturated pool looks like a slow store but is cured elsewhere.',
      unit: 'none',
      queries: [{ expr: queued, legend: '{{job}} {{pool}}' }],
    }),
    table({
      title: 'Pools',
      why: 'Every pool now.',
      unit: 'none',
      sortBy: 'In use',
      height: 8,
      queries: [
        { expr: used, legend: '' },
        { expr: queued, legend: '' },
        { expr: limit, legend: '' },
        { expr: `${used} / ${limit}`, legend: '' },
      ],
      columns: [
        { field: 'job', name: 'Service' },
        { field: 'pool', name: 'Pool' },
        { field: 'Value #A', name: 'Working', decimals: 0 },
        { field: 'Value #B', name: 'Waiting', decimals: 0, thresholds: rising(1, 10) },
        { field: 'Value #C', name: 'Limit of all replicas', decimals: 0 },
        { field: 'Value #D', name: 'In use', unit: 'percentunit', thresholds: rising(0.7, 0.95) },
      ],
    }),
  ],
};

const outboxes = {
  title: 'Outboxes',
  panels: [
    timeseries({
      title: 'Age of the oldest unsent message',
      why: 'By outbox. Rises by one second per second while its relay or the broker stands.',
      unit: 's',
      queries: [
        { expr: largest(['job', 'source'], 'shop_outbox_oldest_seconds'), legend: '{{job}} {{source}}' },
      ],
      thresholds: outboxAge,
    }),
    timeseries({
      title: 'Messages that wait',
      why: 'How long it will take to catch up.',
      unit: 'none',
      queries: [{ expr: largest(['job', 'source'], 'shop_outbox_waiting'), legend: '{{job}} {{source}}' }],
    }),
  ],
};

const volume = 'kubelet_volume_stats';
const free = `${series(`${volume}_available_bytes`)} / ${series(`${volume}_capacity_bytes`)}`;
const volumes = {
  title: 'Volumes (only in a cluster)',
  panels: [
    timeseries({
      title: 'Room left on volumes',
      why: 'By claim. A full volume stops its store; RabbitMQ stops taking messages before that.',
      unit: 'percentunit',
      max: 1,
      queries: [{ expr: free, legend: '{{persistentvolumeclaim}}' }],
      thresholds: falling(0.15, 0.3),
    }),
    timeseries({
      title: 'Bytes left on volumes',
      why: 'How long there is, at the pace of the line.',
      unit: 'bytes',
      queries: [{ expr: series(`${volume}_available_bytes`), legend: '{{persistentvolumeclaim}}' }],
    }),
  ],
};

export const stores: Plan = {
  uid: 'shop-stores',
  title: 'Stores',
  description:
    'The databases as the services feel them: pools, outboxes and, in a cluster, the room on their volumes.',
  sections: [now, answering, pools, outboxes, volumes],
};
