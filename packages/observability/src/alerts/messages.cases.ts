import { type Case, type CaseFile, firing, growing, steady } from './case.ts';

const lag = (job: string, queue: string, le: string): string =>
  `shop_bus_lag_seconds_bucket{job="${job}",queue="${queue}",le="${le}"}`;

const cases: readonly Case[] = [
  {
    about: ['OutboxStuck'],
    name: 'the outbox of payment stands, that of user catches up',
    series: {
      'shop_outbox_oldest_seconds{job="payment",source="payment"}': `0+60x9 ${steady(0, 9)}`,
      'shop_outbox_oldest_seconds{job="user",source="users"}': `${steady(70, 2)} ${steady(0, 30)}`,
    },
    checks: [
      { at: 3, fires: [] },
      { at: 5, fires: [firing('OutboxStuck', { job: 'payment', source: 'payment' })] },
      { at: 12, fires: [] },
    ],
  },
  {
    about: ['BusDown'],
    name: 'one copy of cart has lost the broker',
    series: {
      'shop_bus_up{job="cart",instance="a"}': `${steady(1, 2)} ${steady(0, 5)} ${steady(1, 9)}`,
      'shop_bus_up{job="cart",instance="b"}': steady(1),
      'shop_bus_up{job="user",instance="a"}': `0 ${steady(1, 30)}`,
    },
    checks: [
      { at: 3, fires: [] },
      { at: 5, fires: [firing('BusDown', { job: 'cart' })] },
      { at: 8, fires: [] },
    ],
  },
  {
    about: ['ConsumerLag'],
    name: 'catalogue is a minute behind, shipping ten seconds',
    series: {
      [lag('catalogue', 'catalogue.commands', '30')]: growing(10),
      [lag('catalogue', 'catalogue.commands', '60')]: growing(100),
      [lag('catalogue', 'catalogue.commands', '+Inf')]: growing(100),
      [lag('shipping', 'shipping.commands', '10')]: growing(100),
      [lag('shipping', 'shipping.commands', '30')]: growing(100),
      [lag('shipping', 'shipping.commands', '+Inf')]: growing(100),
    },
    checks: [
      { at: 4, fires: [] },
      { at: 8, fires: [firing('ConsumerLag', { job: 'catalogue', queue: 'catalogue.commands' })] },
    ],
  },
  {
    about: ['DeadLettersOpen'],
    name: 'a person deals with the letters of one queue; both copies of dispatch tell of them',
    series: {
      'shop_dead_letters_open{job="dispatch",instance="a",queue="payment.commands"}': `${steady(1, 10)} ${steady(0, 9)}`,
      'shop_dead_letters_open{job="dispatch",instance="b",queue="payment.commands"}': `${steady(1, 10)} ${steady(0, 9)}`,
      'shop_dead_letters_open{job="dispatch",instance="a",queue="cart.events"}': steady(0),
    },
    checks: [
      { at: 4, fires: [] },
      { at: 6, fires: [firing('DeadLettersOpen', { job: 'dispatch', queue: 'payment.commands' })] },
      { at: 12, fires: [] },
    ],
  },
  {
    about: ['MessagesUnrouted'],
    name: 'the first message ever that reached no queue, and many that need none',
    series: {
      'shop_unrouted_total{job="dispatch",type="unexpected"}': `${'_ '.repeat(20)}${steady(1, 60)}`,
      'shop_unrouted_total{job="dispatch",type="product.viewed.v1"}': growing(5),
    },
    checks: [
      { at: 20, fires: [] },
      { at: 22, fires: [firing('MessagesUnrouted', { job: 'dispatch' })] },
      { at: 45, fires: [] },
    ],
  },
  {
    about: ['MessagesUnrouted'],
    name: 'one more message reached no queue',
    series: { 'shop_unrouted_total{job="dispatch",type="unexpected"}': `${steady(4, 30)} ${steady(5, 60)}` },
    checks: [
      { at: 29, fires: [] },
      { at: 32, fires: [firing('MessagesUnrouted', { job: 'dispatch' })] },
    ],
  },
  {
    about: ['SpansDropped'],
    name: 'the collector takes nothing of cart for half an hour',
    series: {
      'shop_spans_total{job="cart",outcome="exported"}': growing(100),
      'shop_spans_total{job="cart",outcome="dropped-not-taken"}': `${growing(50, 30)} ${steady(1450, 40)}`,
      'shop_spans_total{job="user",outcome="dropped-queue-full"}': steady(12),
    },
    checks: [
      { at: 8, fires: [] },
      { at: 13, fires: [firing('SpansDropped', { job: 'cart' })] },
      { at: 45, fires: [] },
    ],
  },
];

/** Everything that `messages.ts` alerts on. */
export const messageCases: CaseFile = {
  rules: 'messages',
  cases,
};
