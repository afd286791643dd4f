import { describe, expect, test } from '@jest/globals';
import { type Order, type OrderReason, OrderStatus, type OrderStep } from '@shopstack/contracts/order';
import { addAll } from './lines-back.ts';
import { isFinal, mayBuyAgain, mayCancel, moodOf, neededAction, newer, timelineOf } from './timeline.ts';

const at = '2026-11-22T09:00:00.000Z';
const reason: OrderReason = { code: 'payment-declined', message: '' };
const entries = (status: OrderStatus, steps: OrderStep[], why?: OrderReason, method = 'card') =>
  timelineOf({
    status,
    steps: steps.map((step) => ({ step, at })),
    payment: { method },
    ...(why ? { reason: why } : {}),
  }).map(({ step, state }) => `${step} ${state}`);

describe('the timeline', () => {
  test('ticks what happened and shows what is to come', () => {
    expect(entries('stock-reserved', ['placed', 'stock-held'])).toEqual([
      'placed done',
      'stock-held done',
      'delivery-booked current',
      'authorised waiting',
      'captured waiting',
      'confirmed waiting',
      'shipped waiting',
      'delivered waiting',
    ]);
  });

  test('bookkeeping steps are not shown', () => {
    const steps: OrderStep[] = ['placed', 'stock-held', 'delivery-booked', 'authorised', 'committed'];
    expect(entries('stock-reserved', steps)[4]).toBe('captured current');
  });

  test('a declined card is trouble, and another try is still possible', () => {
    const shown = entries('awaiting-payment', [
      'placed',
      'stock-held',
      'delivery-booked',
      'payment-declined',
    ]);
    expect(shown.slice(3, 5)).toEqual(['payment-declined trouble', 'authorised current']);
  });

  test('a phone pays in one step: no approval is promised', () => {
    const asked: OrderStep[] = ['placed', 'stock-held', 'delivery-booked', 'action-required'];
    expect(entries('awaiting-payment', asked, undefined, 'mpesa').slice(3, 5)).toEqual([
      'action-required done',
      'captured current',
    ]);
    expect(entries('stock-reserved', [...asked, 'captured'], undefined, 'mpesa')[5]).toBe(
      'confirmed current',
    );
  });

  test('goods that come back change nothing of what is still to come', () => {
    const shipped: OrderStep[] = ['placed', 'confirmed', 'shipped', 'return-requested', 'partly-refunded'];
    expect(entries('shipped', shipped).slice(2)).toEqual([
      'shipped done',
      'return-requested done',
      'partly-refunded done',
      'delivered current',
    ]);
    expect(entries('completed', ['delivered', 'disputed']).at(-1)).toBe('disputed trouble');
  });

  test('an order going backwards promises no delivery', () => {
    expect(entries('cancelling', ['placed', 'stock-held', 'cancel-requested'])).toEqual([
      'placed done',
      'stock-held done',
      'cancel-requested done',
      'cancelled current',
    ]);
    expect(entries('cancelling', ['placed', 'payment-declined'], reason).at(-1)).toBe('rejected current');
    expect(entries('refunding', ['placed', 'confirmed', 'cancel-requested']).at(-1)).toBe('refunded current');
  });

  test('a final order has nothing to come', () => {
    for (const status of ['rejected', 'cancelled', 'refunded', 'completed', 'attention-required'] as const) {
      expect(entries(status, ['placed'])).toEqual(['placed done']);
    }
  });
});

describe('what a shopper may do', () => {
  const all = OrderStatus.options;
  const which = (rule: (order: { status: OrderStatus }) => boolean) =>
    all.filter((status) => rule({ status }));

  test('cancel until the parcel leaves', () => {
    expect(which(mayCancel)).toEqual(['placed', 'stock-reserved', 'awaiting-payment', 'confirmed']);
  });
  test('buy again what was not bought', () => {
    expect(which(mayBuyAgain)).toEqual(['rejected', 'cancelled']);
  });
  test('stop watching what has ended', () => {
    expect(which(isFinal)).toEqual(['completed', 'rejected', 'cancelled', 'refunded']);
  });
  test('every status has a mood', () => {
    expect(all.map(moodOf)).not.toContain(undefined);
  });
  test('answer the bank only while the order waits for it', () => {
    const payment: Order['payment'] = {
      id: 'p',
      method: 'card',
      state: 'action-required',
      nextAction: { kind: 'confirm', detail: '' },
    };
    expect(neededAction({ status: 'awaiting-payment', payment })).toBe('confirm');
    expect(neededAction({ status: 'cancelling', payment })).toBeUndefined();
  });
});

test('an older version never replaces a newer one', () => {
  const order = (version: number) => ({ version }) as Order;
  expect(newer(order(3), order(2)).version).toBe(3);
  expect(newer(order(3), order(4)).version).toBe(4);
  expect(newer(undefined, order(1)).version).toBe(1);
});

test('putting lines back says how much of it worked', async () => {
  const lines = [1, 2].map((quantity) => ({ sku: `S${quantity}`, quantity }));
  expect(await addAll(lines, async () => true)).toBe('done');
  expect(await addAll(lines, async ({ sku }) => sku === 'S1')).toBe('partly');
  expect(await addAll(lines, async () => false)).toBe('none');
});
