import { blue, colours, falling, none, plain, rising } from './look.ts';
import type { Plan } from './model.ts';
import { bars, stat, table, timeseries } from './panels.ts';
import { largest, perMinute, quantile, series, share, sumIncrease, sumRate, within } from './queries.ts';

const reached = 'shop_orders_reached_total';
const steps = 'shop_order_step_seconds';

const now = {
  title: 'Now',
  panels: [
    stat({
      title: 'Orders under way',
      why: 'Sagas that are not at rest. It follows the traffic; a climb without more traffic is a participant that does not answer.',
      unit: 'none',
      queries: [{ expr: `sum(${largest(['state'], 'shop_sagas')})`, legend: 'under way' }],
      thresholds: plain,
    }),
    stat({
      title: 'Ended within 60 s',
      why: 'Share of orders that came to their end within the objective’s 60 s.',
      unit: 'percentunit',
      decimals: 2,
      max: 1,
      queries: [
        {
          expr: share(
            sumRate([], 'shop_order_seconds_bucket', within(60)),
            sumRate([], 'shop_order_seconds_count'),
          ),
          legend: 'in time',
        },
      ],
      thresholds: falling(0.99, 0.995),
    }),
    stat({
      title: 'Need a person',
      why: 'Orders in the state ATTENTION: the saga has no way on. Open them at the operations desk.',
      unit: 'none',
      queries: [{ expr: largest([], 'shop_sagas', 'state="ATTENTION"'), legend: 'attention' }],
      thresholds: none,
    }),
    stat({
      title: 'Dead letters open',
      why: 'Messages given up that nobody has replayed or discarded. Each is an order that stands still.',
      unit: 'none',
      queries: [{ expr: `sum(${largest(['queue'], 'shop_dead_letters_open')})`, legend: 'open' }],
      thresholds: none,
    }),
    stat({
      title: 'Most overdue timer',
      why: 'Nothing is sent again and nothing expires while timers stand. Normal is under a second.',
      unit: 's',
      queries: [{ expr: `max(${series('shop_timers_late_seconds')})`, legend: 'late' }],
      thresholds: rising(5, 60),
    }),
    stat({
      title: 'Age of the newest audit',
      why: 'An audit that does not run finds nothing. A cluster runs it every hour. No value: none has been written down.',
      unit: 's',
      queries: [{ expr: `min(${series('shop_audit_age_seconds')})`, legend: 'age' }],
      thresholds: rising(3900, 7200),
    }),
  ],
};

const saga = {
  title: 'Sagas',
  panels: [
    timeseries({
      title: 'Under way, by state',
      why: 'Where orders pile up names the participant: RESERVING and COMMITTING wait for catalogue, HOLDING and CONFIRMING for shipping, PAYING and CAPTURING for payment, AWAITING_CUSTOMER for the customer.',
      unit: 'none',
      stacked: true,
      height: 10,
      queries: [{ expr: largest(['state'], 'shop_sagas'), legend: '{{state}}' }],
    }),
    timeseries({
      title: 'Orders per minute, by status reached',
      why: 'How orders move and how they end.',
      unit: 'opm',
      height: 10,
      queries: [{ expr: perMinute(sumRate(['status'], reached)), legend: '{{status}}' }],
      overrides: colours({
        placed: blue,
        confirmed: 'green',
        completed: 'dark-green',
        rejected: 'orange',
        cancelled: 'yellow',
        'attention-required': 'red',
      }),
    }),
    timeseries({
      title: 'From placed to its end',
      why: 'What customers wait for, by end. The line at 60 s is the objective. Points are single traces.',
      unit: 's',
      queries: [
        { expr: quantile(0.5, ['end'], 'shop_order_seconds'), legend: '{{end}} p50' },
        { expr: quantile(0.95, ['end'], 'shop_order_seconds'), legend: '{{end}} p95', exemplar: true },
      ],
      thresholds: rising(30, 60),
    }),
    timeseries({
      title: '95 % of steps took at most',
      why: 'Time from the step before, by the order’s own clock. Which participant makes orders slow; shipping’s steps take as long as the carrier does.',
      unit: 's',
      queries: [{ expr: quantile(0.95, ['step'], steps), legend: '{{step}}' }],
    }),
    table({
      title: 'Steps',
      why: 'How often each step happened in the time shown and how long it took.',
      unit: 'none',
      sortBy: 'p95',
      queries: [
        { expr: sumIncrease(['step'], `${steps}_count`), legend: '' },
        { expr: quantile(0.5, ['step'], steps), legend: '' },
        { expr: quantile(0.95, ['step'], steps), legend: '' },
        { expr: quantile(0.99, ['step'], steps), legend: '' },
      ],
      columns: [
        { field: 'step', name: 'Step' },
        { field: 'Value #A', name: 'Times', unit: 'short', decimals: 0 },
        { field: 'Value #B', name: 'p50', unit: 's' },
        { field: 'Value #C', name: 'p95', unit: 's' },
        { field: 'Value #D', name: 'p99', unit: 's' },
      ],
    }),
    timeseries({
      title: 'Timers and streams',
      why: 'How late the most overdue timer is, and how many pages follow an order live.',
      unit: 'none',
      width: 24,
      height: 6,
      queries: [
        { expr: `max(${series('shop_timers_late_seconds')})`, legend: 'seconds late' },
        { expr: `sum(${series('shop_order_streams')})`, legend: 'live streams' },
      ],
    }),
  ],
};

const attempts = 'shop_payment_attempts_total';
const payments = {
  title: 'Payments',
  panels: [
    timeseries({
      title: 'Answers of providers per minute',
      why: 'What was asked and what came of it. `unknown` is asked again until somebody knows; a rise of it is the provider.',
      unit: 'opm',
      height: 9,
      queries: [{ expr: perMinute(sumRate(['kind', 'outcome'], attempts)), legend: '{{kind}} {{outcome}}' }],
    }),
    bars({
      title: 'Answers of providers, by outcome',
      why: 'In the time shown.',
      unit: 'none',
      decimals: 0,
      height: 9,
      queries: [
        { expr: `${sumIncrease(['kind', 'outcome'], attempts)} > 0`, legend: '{{kind}} {{outcome}}' },
      ],
      thresholds: plain,
    }),
  ],
};

const desk = {
  title: 'What waits for a person',
  panels: [
    timeseries({
      title: 'Dead letters open, by queue',
      why: 'Ends when a person has replayed or discarded them.',
      unit: 'none',
      queries: [{ expr: `${largest(['queue'], 'shop_dead_letters_open')} > 0`, legend: '{{queue}}' }],
      thresholds: none,
    }),
    timeseries({
      title: 'Deaths of messages, by reason',
      why: 'Why messages were given up, per minute.',
      unit: 'opm',
      queries: [
        {
          expr: perMinute(sumRate(['queue', 'reason'], 'shop_dead_letters_total')),
          legend: '{{queue}} {{reason}}',
        },
      ],
    }),
    timeseries({
      title: 'Replays',
      why: 'Whether what a person decided has happened, in the time shown.',
      unit: 'none',
      width: 8,
      queries: [{ expr: sumIncrease(['result'], 'shop_dead_letter_replays_total'), legend: '{{result}}' }],
      overrides: colours({ sent: 'green', refused: 'red', 'put-off': 'orange' }),
    }),
    timeseries({
      title: 'Messages no queue wanted',
      why: '`unexpected` is a hole in the topology; the others are events nobody needs to hear.',
      unit: 'mps',
      width: 8,
      queries: [{ expr: sumRate(['type'], 'shop_unrouted_total'), legend: '{{type}}' }],
      overrides: colours({ unexpected: 'red' }),
    }),
    bars({
      title: 'Promises the audit found broken',
      why: 'Lost money or goods, found without a customer. Empty: every promise that was looked at holds.',
      unit: 'none',
      width: 8,
      queries: [{ expr: `${largest(['promise'], 'shop_audit_violations')} > 0`, legend: '{{promise}}' }],
      thresholds: none,
    }),
  ],
};

export const orders: Plan = {
  uid: 'shop-orders',
  title: 'Orders',
  description:
    'The order saga: where orders are, how long each step takes, payments, and what waits for a person.',
  from: 'now-3h',
  sections: [now, saga, payments, desk],
};
