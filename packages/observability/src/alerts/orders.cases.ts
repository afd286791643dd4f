import { type Case, type CaseFile, firing, growing, steady } from './case.ts';

const under = (state: string, instance = 'a'): string =>
  `shop_sagas{job="dispatch",instance="${instance}",state="${state}"}`;
const placed = 'shop_orders_reached_total{job="dispatch",status="placed"}';
const hang = firing('OrdersHang', { job: 'dispatch' });

const cases: readonly Case[] = [
  {
    about: ['OrdersHang'],
    name: 'sixty orders a minute, and payment stands: they pile up',
    series: {
      [placed]: growing(60),
      [under('PAYING')]: `3+0x9 3+60x30`,
      [under('PAYING', 'b')]: `3+0x9 3+60x30`,
      [under('RESERVING')]: steady(1),
    },
    checks: [
      { at: 9, fires: [] },
      { at: 20, fires: [hang] },
    ],
  },
  {
    about: ['OrdersHang'],
    name: 'one order stands, no other comes and none came since the start',
    series: { [under('RESERVING')]: `0 0 ${steady(1, 10)} ${steady(0, 20)}` },
    checks: [
      { at: 7, fires: [] },
      { at: 10, fires: [hang] },
      { at: 14, fires: [] },
    ],
  },
  {
    about: ['OrdersHang'],
    name: 'customers and carriers take their time, one order is seen on its way',
    series: {
      [under('AWAITING_CUSTOMER')]: steady(40),
      [under('SHIPPED')]: steady(4000),
      [under('CAPTURING')]: `0 1 ${steady(0, 40)}`,
      [placed]: `1+0x60`,
    },
    checks: [{ at: 20, fires: [] }],
  },
  {
    about: ['TimersLate'],
    name: 'timers stand for five minutes',
    series: { 'shop_timers_late_seconds{job="dispatch"}': `0+60x5 ${steady(0, 30)}` },
    checks: [
      { at: 3, fires: [] },
      { at: 5, fires: [firing('TimersLate', { job: 'dispatch' })] },
      { at: 8, fires: [] },
    ],
  },
  {
    about: ['OrdersNeedAttention'],
    name: 'an order waits for a person, who comes',
    series: {
      [under('ATTENTION')]: `${steady(1, 10)} ${steady(0, 9)}`,
      [under('ATTENTION', 'b')]: steady(0),
    },
    checks: [
      { at: 4, fires: [] },
      { at: 6, fires: [firing('OrdersNeedAttention', { job: 'dispatch' })] },
      { at: 12, fires: [] },
    ],
  },
  {
    about: ['AuditViolations'],
    name: 'an audit finds a broken promise, the next one does not',
    series: {
      'shop_audit_violations{job="dispatch",promise="I1"}': `${steady(0, 5)} ${steady(1, 5)} ${steady(0, 9)}`,
      'shop_audit_violations{job="dispatch",promise="I2"}': steady(0),
    },
    checks: [
      { at: 5, fires: [] },
      { at: 6, fires: [firing('AuditViolations', { job: 'dispatch', promise: 'I1' })] },
      { at: 11, fires: [] },
    ],
  },
  {
    about: ['AuditMissing'],
    name: 'the audit of every hour stops',
    series: { 'shop_audit_age_seconds{job="dispatch"}': '3500+60x9 0+60x5 3000+60x90' },
    checks: [
      { at: 15, fires: [] },
      { at: 80, fires: [] },
      { at: 92, fires: [firing('AuditMissing', { job: 'dispatch' })] },
    ],
  },
  {
    about: ['AuditMissing'],
    name: 'no audit ever reported',
    series: { 'shop_audit_age_seconds{job="dispatch"}': '_' },
    checks: [
      { at: 55, fires: [] },
      { at: 62, fires: [firing('AuditMissing', { job: 'dispatch' })] },
    ],
  },
];

/** Everything that `orders.ts` alerts on. */
export const orderCases: CaseFile = {
  rules: 'orders',
  always: { 'shop_audit_age_seconds{job="dispatch"}': steady(60) },
  cases,
};
