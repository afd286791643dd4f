import type { OrderStatus } from '@shopstack/contracts/order';
import type { Logger } from '@shopstack/kit/log';
import { counter, histogram } from '@shopstack/kit/metrics';
import { type OrderRecord, refundedOf } from '../domain/order.ts';
import type { Input } from '../domain/saga/saga.ts';
import type { Witness } from '../store/transitions.ts';

const reached = counter('shop_orders_reached_total');
const revenue = counter('shop_revenue_minor_total');
const orderSeconds = histogram('shop_order_seconds');
const stepSeconds = histogram('shop_order_step_seconds');

/** Writes and counts what became of orders, after the transaction that made it true. */
export const createWitness = (log: Logger): Witness => ({
  placed: (order) => {
    count(order, ['placed']);
    log.info({ orderId: order.id, to: 'RESERVING', status: 'placed', version: 1 }, 'order placed');
  },
  moved: ({ before, after, reached: statuses, input }) => {
    const { order } = after;
    count(order, statuses);
    measureSteps(order, before.order.view.steps.length);
    const { currency } = order.content.total;
    const givenBack = refundedOf(order).amountMinor - refundedOf(before.order).amountMinor;
    if (givenBack > 0) revenue.add(givenBack, { currency, flow: 'given-back' });
    if (after.saga.state === before.saga.state && after.order.version === before.order.version) return;
    const { status } = order.view;
    const states = { from: before.saga.state, to: after.saga.state };
    log.info(
      { orderId: order.id, cause: causeOf(input), ...states, status, version: order.version },
      'order moved',
    );
  },
});

function count(order: OrderRecord, statuses: readonly OrderStatus[]): void {
  const { amountMinor, currency } = order.content.total;
  for (const status of statuses) {
    reached.inc({ status });
    if (status === 'placed' || status === 'confirmed') revenue.add(amountMinor, { currency, flow: status });
    if (status === 'confirmed' || status === 'rejected' || status === 'cancelled')
      orderSeconds.observe(secondsBetween(order.placedAt, order.updatedAt), { end: status });
  }
}

function measureSteps({ view }: OrderRecord, known: number): void {
  for (const [at, { step, at: time }] of view.steps.entries()) {
    const last = view.steps[at - 1];
    if (at >= known && last) stepSeconds.observe(secondsBetween(last.at, time), { step });
  }
}

const secondsBetween = (from: string, to: string): number =>
  Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);

const causeOf = (input: Input): string => {
  if (input.kind === 'message') return input.message.type;
  return input.kind === 'timer' ? `${input.timer} timer` : input.kind;
};
