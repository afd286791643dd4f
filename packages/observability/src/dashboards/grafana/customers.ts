import { blue, colours, falling, rising } from './look.ts';
import { budgetLeft } from './objectives.ts';
import { bars, stat, table, timeseries } from './panels.ts';
import { perMinute, quantile, series, share, sumIncrease, sumRate } from './queries.ts';

/** Which Prometheus, namespace and time a link keeps. */
export const carried = `\${datasource:queryparam}&\${namespace:queryparam}&\${__url_time_range}`;

export const promises = {
  title: 'Promises to customers',
  panels: [
    stat({
      title: 'Left of the budget of errors',
      why: 'Share of the errors that customers may meet in 30 days and have not met yet. Below 0 the objective is missed. The dashboard of objectives has the burn rates.',
      unit: 'percentunit',
      decimals: 0,
      min: 'free',
      width: 12,
      height: 6,
      queries: [{ expr: budgetLeft, legend: '{{slo}}' }],
      thresholds: falling(0, 0.25),
      links: [{ title: 'Objectives', url: `/d/shop-objectives?${carried}` }],
    }),
    table({
      title: 'Alerts that fire',
      why: 'What Prometheus is alarmed about now. Each alert has a runbook of its name in docs/runbooks. Empty is good.',
      unit: 'none',
      width: 12,
      height: 6,
      sortBy: 'Severity',
      queries: [
        {
          expr: `max by (alertname, severity, job) (${series('ALERTS', 'alertstate="firing"', 'severity=~"warning|critical"')})`,
          legend: '',
        },
      ],
      columns: [
        { field: 'severity', name: 'Severity' },
        { field: 'alertname', name: 'Alert' },
        { field: 'job', name: 'Service' },
      ],
    }),
  ],
};

export const sales = {
  title: 'Orders',
  panels: [
    timeseries({
      title: 'Orders per minute',
      why: 'Placed and how they ended. `confirmed` follows `placed` within seconds; a gap that grows is orders under way.',
      unit: 'opm',
      queries: [
        {
          expr: perMinute(
            sumRate(
              ['status'],
              'shop_orders_reached_total',
              'status=~"placed|confirmed|rejected|cancelled|attention-required"',
            ),
          ),
          legend: '{{status}}',
        },
      ],
      overrides: colours({
        placed: blue,
        confirmed: 'green',
        rejected: 'orange',
        cancelled: 'yellow',
        'attention-required': 'red',
      }),
    }),
    timeseries({
      title: 'From placed to its end',
      why: 'Objective: within 60 s. `confirmed` is the customer’s wait; a slow `rejected` is a wait for nothing. Points are single traces.',
      unit: 's',
      queries: [
        { expr: quantile(0.5, ['end'], 'shop_order_seconds'), legend: '{{end}} p50' },
        { expr: quantile(0.95, ['end'], 'shop_order_seconds'), legend: '{{end}} p95', exemplar: true },
      ],
      thresholds: rising(30, 60),
    }),
    timeseries({
      title: 'Revenue per minute, minor units',
      why: 'Totals of orders placed and confirmed and what was given back, in the currency’s smallest unit (cents).',
      unit: 'short',
      queries: [
        {
          expr: perMinute(sumRate(['currency', 'flow'], 'shop_revenue_minor_total')),
          legend: '{{flow}} {{currency}}',
        },
      ],
    }),
    timeseries({
      title: 'Carts changed per minute',
      why: 'The head of the funnel: when this falls without errors, the page is broken or nobody comes.',
      unit: 'opm',
      stacked: true,
      queries: [{ expr: perMinute(sumRate(['change'], 'shop_cart_changes_total')), legend: '{{change}}' }],
    }),
    bars({
      title: 'Checkouts refused, by problem',
      why: 'Which refusal costs orders, in the time shown. `cart-changed` and the like are customers; `…-unavailable` is us.',
      unit: 'none',
      decimals: 0,
      queries: [
        {
          expr: `topk(12, ${sumIncrease(['result'], 'shop_checkouts_total', 'result!="placed"')} > 0)`,
          legend: '{{result}}',
        },
      ],
      thresholds: rising(10, 100),
    }),
    timeseries({
      title: 'Checkouts that were placed',
      why: 'Share of attempts to order that became an order. A step down after a release is the release.',
      unit: 'percentunit',
      max: 1,
      queries: [
        {
          expr: share(
            sumRate([], 'shop_checkouts_total', 'result="placed"'),
            sumRate([], 'shop_checkouts_total'),
          ),
          legend: 'placed',
        },
      ],
      thresholds: falling(0.5, 0.9),
    }),
  ],
};
