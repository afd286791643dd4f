import { describe, expect, test } from '@jest/globals';
import { isProblem } from '@shopstack/kit/problem';
import { orderOf } from '../../test/saga/order.ts';
import { planRefund, planReturn } from './giving-back.ts';
import type { Saga, SagaState } from './saga/saga.ts';

const at = '2026-11-22T09:30:00.000Z';
const named = { id: 'r1', at };
const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
/** Two cups of 9.99 and delivery for 4.90, after what went back already. */
function present(state: SagaState, refunds: Saga['view']['refunds'] = [], more: Partial<Saga> = {}) {
  const saga: Saga = {
    orderId: 'o',
    terms: { plan: 'card', totalMinor: 2488, refundId: 'r' },
    state,
    undoing: false,
    stock: 'committed',
    shipment: 'delivered',
    payment: 'captured',
    once: { committed: true, captured: true, refunded: false },
    resends: 0,
    view: { status: 'completed', steps: [], payment: 'captured', refunds },
    ...more,
  };
  return { order: orderOf(saga), saga };
}
const part = (quantity: number, amountMinor: number) => ({
  id: 'r0',
  kind: 'return' as const,
  amount: eur(amountMinor),
  lines: quantity > 0 ? [{ sku: 'CUP', quantity }] : [],
  state: 'refunded' as const,
  at,
});
const cups = (quantity: number) => [{ sku: 'CUP', quantity }];
const refusal = (attempt: () => unknown) => {
  try {
    attempt();
  } catch (error) {
    if (isProblem(error)) return error.code;
  }
  return undefined;
};

describe('a return', () => {
  test('is worth its goods, and the last one everything that is left', () => {
    expect(planReturn(present('COMPLETED'), cups(1), named)).toMatchObject({
      isLast: false,
      refund: { amount: eur(999), lines: cups(1) },
    });
    expect(planReturn(present('SHIPPED'), cups(2), named)).toMatchObject({
      isLast: true,
      refund: { amount: eur(2488) },
    });
    expect(planReturn(present('COMPLETED', [part(1, 999)]), cups(1), named)).toMatchObject({
      isLast: true,
      refund: { amount: eur(1489) },
    });
  });

  test('is worth no more than is left of the money', () => {
    const { refund } = planReturn(present('COMPLETED', [part(0, 2000)]), cups(1), named);
    expect(refund.amount).toEqual(eur(488));
  });

  test('of one SKU on two lines is summed first', () => {
    expect(refusal(() => planReturn(present('COMPLETED'), [...cups(1), ...cups(2)], named))).toBe(
      'not-returnable',
    );
  });
});

test.each(['RESERVING', 'CONFIRMED', 'REFUNDED', 'ATTENTION'] as const)(
  'nothing comes back in %s',
  (state) => {
    expect(refusal(() => planReturn(present(state), cups(1), named))).toBe('not-returnable');
  },
);

test('money goes back while the order is kept, and no more than is left of it', () => {
  const asked = (state: SagaState, amountMinor: number, more?: Partial<Saga>) =>
    refusal(() => planRefund(present(state, [part(1, 999)], more), eur(amountMinor), named));
  expect(asked('CONFIRMED', 1489)).toBeUndefined();
  expect(asked('ATTENTION', 1489)).toBeUndefined();
  expect(asked('COMPLETED', 1490)).toBe('refund-too-large');
  expect(asked('COMPLETED', 0)).toBe('validation-failed');
  expect(asked('CAPTURING', 1)).toBe('refund-too-large');
  expect(asked('REFUNDED', 1, { undoing: true })).toBe('order-final');
  const dispute = { id: 'd', state: 'lost' as const, amountMinor: 2488 };
  expect(asked('COMPLETED', 1, { dispute })).toBe('refund-too-large');
});
