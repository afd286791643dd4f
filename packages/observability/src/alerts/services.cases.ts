import { services } from '../promql.ts';
import { type Case, type CaseFile, firing, growing, steady } from './case.ts';

const requests = (part: 'count' | 'bucket', job: string, labels: string): string =>
  `shop_http_request_seconds_${part}{job="${job}",method="GET",${labels}}`;

const cases: readonly Case[] = [
  {
    about: ['ServiceDown'],
    name: 'the only copy of cart dies and comes back',
    series: { 'up{job="cart",instance="cart-1"}': `${steady(1, 3)} ${steady(0, 4)} ${steady(1, 9)}` },
    checks: [
      { at: 2, fires: [] },
      { at: 3, fires: [] },
      { at: 5, fires: [firing('ServiceDown', { job: 'cart' })] },
      { at: 8, fires: [] },
    ],
  },
  {
    about: ['ServiceDown'],
    name: 'all services die',
    series: Object.fromEntries(
      services.map((job) => [`up{job="${job}",instance="${job}-1"}`, `${steady(1, 3)} ${steady(0, 5)}`]),
    ),
    checks: [
      { at: 3, fires: [] },
      { at: 5, fires: services.map((job) => firing('ServiceDown', { job })) },
    ],
  },
  {
    about: ['ServiceDown'],
    name: 'nobody scrapes payment any more',
    series: { 'up{job="payment",instance="payment-1"}': steady(1, 2) },
    checks: [{ at: 12, fires: [firing('ServiceDown', { job: 'payment' })] }],
  },
  {
    about: ['ReplicaDown', 'ServiceDown'],
    name: 'one of two copies of user dies',
    series: { 'up{job="user",instance="user-2"}': `${steady(1, 3)} ${steady(0, 10)}` },
    checks: [
      { at: 7, fires: [] },
      { at: 9, fires: [firing('ReplicaDown', { job: 'user', instance: 'user-2' })] },
    ],
  },
  {
    about: ['ServiceDown'],
    name: 'a shop of another namespace is down',
    series: { 'up{namespace="shopstack-preprod",job="cart",instance="cart-9"}': steady(0) },
    checks: [{ at: 3, fires: [firing('ServiceDown', { job: 'cart', namespace: 'shopstack-preprod' })] }],
  },
  {
    about: ['ServiceErrors'],
    name: 'shipping answers one request in ten with an error',
    series: {
      [requests('count', 'shipping', 'route="/quotes",status="200"')]: growing(90),
      [requests('count', 'shipping', 'route="/quotes",status="503"')]:
        `${growing(10, 12)} ${steady(110, 30)}`,
    },
    checks: [
      { at: 4, fires: [] },
      { at: 8, fires: [firing('ServiceErrors', { job: 'shipping' })] },
      { at: 30, fires: [] },
    ],
  },
  {
    about: ['ServiceErrors'],
    name: 'one request in a hundred, two failures at night, and probes of a pod that stops',
    series: {
      [requests('count', 'ratings', 'route="/reviews",status="200"')]: growing(990),
      [requests('count', 'ratings', 'route="/reviews",status="500"')]: growing(10),
      [requests('count', 'payment', 'route="/payments/{id}",status="200"')]: growing(1),
      [requests('count', 'payment', 'route="/payments/{id}",status="500"')]: `0+0x3 2+0x30`,
      [requests('count', 'user', 'route="operations",status="503"')]: growing(60),
    },
    checks: [{ at: 12, fires: [] }],
  },
  {
    about: ['ServiceSlow'],
    name: 'user needs more than a second for one request in ten, payment for one in fifty',
    series: {
      [requests('bucket', 'user', 'route="/sessions",status="200",le="1"')]: growing(90),
      [requests('bucket', 'user', 'route="/sessions",status="200",le="2.5"')]: growing(100),
      [requests('bucket', 'user', 'route="/sessions",status="200",le="+Inf"')]: growing(100),
      [requests('bucket', 'payment', 'route="/payments/{id}",status="200",le="1"')]: growing(98),
      [requests('bucket', 'payment', 'route="/payments/{id}",status="200",le="+Inf"')]: growing(100),
    },
    checks: [
      { at: 8, fires: [] },
      { at: 13, fires: [firing('ServiceSlow', { job: 'user' })] },
    ],
  },
  {
    about: ['ServiceSlow'],
    name: 'streams of orders stay open for minutes',
    series: {
      [requests('bucket', 'dispatch', 'route="/orders/{id}/events",status="200",le="1"')]: growing(1),
      [requests('bucket', 'dispatch', 'route="/orders/{id}/events",status="200",le="+Inf"')]: growing(60),
    },
    checks: [{ at: 15, fires: [] }],
  },
  {
    about: ['BreakerOpen'],
    name: 'dispatch stops calling shipping for ten minutes, cart stops calling catalogue for two',
    series: {
      'shop_outbound_breaker_open{job="dispatch",instance="a",to="shipping"}': `${steady(1, 10)} ${steady(0, 9)}`,
      'shop_outbound_breaker_open{job="dispatch",instance="b",to="shipping"}': steady(0),
      'shop_outbound_breaker_open{job="cart",instance="a",to="catalogue"}': `${steady(1, 2)} ${steady(0, 30)}`,
    },
    checks: [
      { at: 4, fires: [] },
      { at: 6, fires: [firing('BreakerOpen', { job: 'dispatch', to: 'shipping' })] },
      { at: 12, fires: [] },
    ],
  },
  {
    about: ['PoolSaturated'],
    name: 'callers of payment wait for connections, those of dispatch once, those of ratings for a free one',
    series: {
      'shop_pool_connections{job="payment",pool="mysql",state="limit"}': steady(10),
      'shop_pool_connections{job="dispatch",pool="mysql",state="limit"}': steady(10),
      'shop_pool_connections{job="dispatch",pool="mysql",state="used"}': steady(10),
      'shop_pool_connections{job="ratings",pool="mysql",state="limit"}': steady(10),
      'shop_pool_connections{job="ratings",pool="mysql",state="used"}': steady(1),
      'shop_pool_connections{job="ratings",pool="mysql",state="waiting"}': steady(1),
      'shop_pool_connections{job="payment",pool="mysql",state="used"}': steady(10),
      'shop_pool_connections{job="payment",pool="mysql",state="waiting"}': steady(1),
      'shop_pool_connections{job="dispatch",pool="mysql",state="waiting"}': `${steady(9, 2)} ${steady(0, 30)}`,
    },
    checks: [
      { at: 4, fires: [] },
      { at: 6, fires: [firing('PoolSaturated', { job: 'payment', pool: 'mysql' })] },
    ],
  },
  {
    about: ['EventLoopBlocked'],
    name: 'catalogue computes for too long, cart had one long moment',
    series: {
      'shop_event_loop_delay_seconds{job="catalogue",quantile="0.99"}': `${steady(0.4, 9)} ${steady(0.01, 9)}`,
      'shop_event_loop_delay_seconds{job="cart",quantile="0.99"}': steady(0.02),
      'shop_event_loop_delay_seconds{job="cart",quantile="1"}': steady(2),
    },
    checks: [
      { at: 4, fires: [] },
      { at: 6, fires: [firing('EventLoopBlocked', { job: 'catalogue' })] },
      { at: 11, fires: [] },
    ],
  },
];

/** Everything that `services.ts` alerts on. */
export const serviceCases: CaseFile = {
  rules: 'services',
  always: Object.fromEntries(services.map((job) => [`up{job="${job}",instance="${job}-1"}`, steady(1)])),
  cases,
};
