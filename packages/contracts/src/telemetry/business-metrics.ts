import type { MetricDefinition } from './definition.ts';
import * as label from './labels.ts';

const patient = [0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 900, 3600];

/** What the shop does for its customers, and what waits for a person. */
export const businessMetrics = {
  shop_cart_changes_total: {
    kind: 'counter',
    unit: 'times',
    labels: { change: { values: ['add', 'set', 'remove', 'empty', 'destination', 'merge'] } },
    meaning: 'Carts that customers changed',
    why: 'The head of the funnel: a drop without errors is a broken page',
  },
  shop_checkouts_total: {
    kind: 'counter',
    unit: 'times',
    labels: { result: { values: ['placed', ...label.problem.values] } },
    meaning: 'Attempts to place an order: placed, or the problem that was answered',
    why: 'Which refusal costs orders',
  },
  shop_revenue_minor_total: {
    kind: 'counter',
    unit: 'minor units',
    labels: { currency: label.currency, flow: { values: ['placed', 'confirmed', 'given-back'] } },
    meaning: 'Totals of orders placed and confirmed, and what went back of them',
    why: 'The number the shop exists for',
  },
  shop_orders_reached_total: {
    kind: 'counter',
    unit: 'orders',
    labels: { status: label.orderStatus },
    meaning: 'Statuses that orders reached, whatever moved them',
    why: 'How orders end, and how many need attention',
  },
  shop_order_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: { end: { values: ['confirmed', 'rejected', 'cancelled'] } },
    buckets: patient,
    exemplars: true,
    meaning: 'From placed to confirmed, rejected or cancelled, by the clock of the order',
    why: 'The objective "completed within 60 s"',
  },
  shop_order_step_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: { step: label.orderStep },
    buckets: patient,
    meaning: 'From the step before to this one, by the clock of the order',
    why: 'Which participant makes orders slow',
  },
  shop_sagas: {
    kind: 'gauge',
    unit: 'orders',
    labels: { state: label.sagaState },
    meaning: 'Orders under way, by state of their saga; those at rest are not counted',
    why: 'Where orders pile up',
  },
  shop_timers_late_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    meaning: 'How late the most overdue saga timer is',
    why: 'Nothing is sent again and nothing expires while timers stand',
  },
  shop_order_streams: {
    kind: 'gauge',
    unit: 'connections',
    meaning: 'Live order streams held by this replica',
    why: 'Each holds a connection for as long as a page is open',
  },
  shop_payment_attempts_total: {
    kind: 'counter',
    unit: 'times',
    labels: {
      kind: { values: ['authorise', 'confirm', 'capture', 'void', 'charge', 'refund', 'dispute'] },
      outcome: { most: 15, from: 'what a provider can say' },
    },
    meaning: 'Answers of payment providers to what was asked of them',
    why: 'Declines and unknown outcomes by what was asked',
  },
  shop_dead_letters_total: {
    kind: 'counter',
    unit: 'messages',
    labels: { queue: label.queue, reason: { most: 12, from: 'reasons of ours and of the broker' } },
    meaning: 'Deaths of messages that were written down',
    why: 'What the desk has to look at, also when the broker gave up',
  },
  shop_dead_letters_open: {
    kind: 'gauge',
    unit: 'messages',
    labels: { queue: label.queue },
    meaning: 'Dead letters nobody dealt with, by queue; alarm above 0',
    why: 'Ends when a person has replayed or discarded them',
  },
  shop_dead_letter_replays_total: {
    kind: 'counter',
    unit: 'messages',
    labels: { result: { values: ['sent', 'refused', 'put-off'] } },
    meaning: 'Replays that were accepted and then sent, refused or put off',
    why: 'Whether what a person decided has happened',
  },
  shop_unrouted_total: {
    kind: 'counter',
    unit: 'messages',
    labels: { type: label.messageType },
    meaning: 'Messages no queue wanted, by type when nobody needs to hear it, else as `unexpected`',
    why: '`unexpected` is a hole in the topology',
  },
  shop_audit_violations: {
    kind: 'gauge',
    unit: 'times',
    labels: { promise: { most: 30, from: 'promises of the audit' } },
    meaning: 'What the newest audit found broken, by promise; absent when it could not look',
    why: 'Lost money or goods, found without a customer',
  },
  shop_audit_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    meaning: 'How old the newest audit report is',
    why: 'An audit that does not run finds nothing',
  },
} as const satisfies Record<string, MetricDefinition>;
