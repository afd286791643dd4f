import { budgetOf, type Objective } from '../objectives/objective.ts';
import { objectives } from '../objectives/objectives.ts';
import { type Case, type CaseFile, type Firing, firing, steady } from './case.ts';

const perMinute = 6000;
/** Shares of what happens in so many minutes. */
interface Segment {
  minutes: number;
  /** Requests that fail; of the others those that are slow; orders that hang. */
  failed: number;
  slow: number;
  hang: number;
}

/** A counter with another slope in each segment. */
function counter(segments: readonly Segment[], slopeOf: (of: Segment) => number): string {
  let value = 0;
  const told = segments.map((segment) => {
    const slope = Math.round(slopeOf(segment));
    const text = `${value}+${slope}x${segment.minutes - 1}`;
    value += slope * segment.minutes;
    return text;
  });
  return told.join(' ');
}

/** One route of each journey, and the bound of its latency as Prometheus 2 or 3 writes it. */
const journeys = {
  browse: { labels: 'job="catalogue",method="GET",route="/products/{sku}"', le: '0.5' },
  cart: { labels: 'job="cart",method="GET",route="/"', le: '0.5' },
  checkout: { labels: 'job="dispatch",method="POST",route="/orders"', le: '1.0' },
};
const seconds = 'shop_http_request_seconds';
const placed = 'shop_orders_reached_total{job="dispatch",status="placed"}';
const settled = (end: string): string => `shop_order_seconds_bucket{job="dispatch",end="${end}",le="60"}`;

/** A shop of which so much is bad. */
function traffic(segments: readonly Segment[]): Record<string, string> {
  const requests = Object.values(journeys).flatMap(({ labels, le }) => [
    [`${seconds}_count{${labels},status="200"}`, ({ failed }: Segment) => 1 - failed] as const,
    [`${seconds}_count{${labels},status="500"}`, ({ failed }: Segment) => failed] as const,
    [
      `${seconds}_bucket{${labels},status="200",le="${le}"}`,
      ({ failed, slow }: Segment) => (1 - failed) * (1 - slow),
    ] as const,
  ]);
  const orders = [
    [placed, () => 1] as const,
    [settled('confirmed'), ({ hang }: Segment) => 1 - hang] as const,
  ];
  return Object.fromEntries(
    [...requests, ...orders].map(([series, share]) => [
      series,
      counter(segments, (it) => perMinute * share(it)),
    ]),
  );
}

/** So many times what the objectives allow. */
const burn = (times: number, minutes: number): Segment => {
  const share = (kind: string) =>
    times * budgetOf(objectives.find(({ id }) => id.endsWith(kind)) ?? { target: 1 });
  return {
    minutes,
    failed: share('-availability'),
    slow: share('-latency'),
    hang: share('-confirmed'),
  };
};
const of = (name: string, its: readonly Objective[] = objectives): Firing[] =>
  its.map(({ job, id }) => firing(name, { job, slo: id }));
const slowly = of('ErrorBudgetBurnsSlowly');
const fast = of('ErrorBudgetBurnsFast');
const about = ['ErrorBudgetBurnsFast', 'ErrorBudgetBurnsSlowly'];

const cases: readonly Case[] = [
  {
    about,
    name: 'half of every budget is used',
    series: traffic([burn(0.5, 60)]),
    checks: [{ at: 30, fires: [] }],
  },
  {
    about,
    name: 'four times every budget',
    series: traffic([burn(4, 60)]),
    checks: [
      { at: 12, fires: [] },
      { at: 21, fires: slowly },
    ],
  },
  {
    about,
    name: 'half of the requests fail, the others are slow, and no order is confirmed',
    series: traffic([burn(0, 10), { minutes: 20, failed: 0.5, slow: 1, hang: 1 }]),
    checks: [
      { at: 12, fires: [] },
      // What is allowed to fail least fires first.
      { at: 15, fires: fast.filter(({ labels }) => labels.slo?.endsWith('-availability')) },
      { at: 24, fires: fast },
    ],
  },
  {
    about,
    name: 'after two good hours 19 times every budget for an hour, and its end',
    series: traffic([burn(0, 120), burn(19, 60), burn(0, 30)]),
    checks: [
      { at: 138, fires: [] },
      { at: 150, fires: slowly },
      { at: 177, fires: [...slowly, ...fast] },
      { at: 195, fires: slowly },
    ],
  },
  {
    about,
    name: 'orders that are refused within the minute are no errors, those that hang are',
    series: { [placed]: '0+100x60', [settled('rejected')]: `0+100x29 ${steady(3000, 30)}` },
    checks: [
      { at: 27, fires: [] },
      {
        at: 45,
        fires: of(
          'ErrorBudgetBurnsFast',
          objectives.filter(({ id }) => id === 'orders-confirmed'),
        ),
      },
    ],
  },
];

/** Every objective: well, a slow burn, a fast one, and what the windows are for. */
export const burningCases: CaseFile = { rules: 'objectives', evaluation: '3m', cases };
