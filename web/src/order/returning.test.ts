import { describe, expect, test } from '@jest/globals';
import { type Order, type OrderLine, type OrderRefund, OrderStatus } from '@shopstack/contracts/order';
import { amountBack, awaitsRefund, mayReturn, refundedOf, returnableLines } from './returning.ts';

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const line = (sku: string, quantity: number, unitMinor: number): OrderLine => ({
  sku,
  productId: sku.toLowerCase(),
  name: sku,
  quantity,
  unitPrice: eur(unitMinor),
  lineTotal: eur(unitMinor * quantity),
  tax: eur(0),
});
const refund = (change: Partial<OrderRefund>): OrderRefund => ({
  id: '0193c1b0-0000-7000-8000-000000000001',
  kind: 'return',
  amount: eur(0),
  lines: [],
  state: 'requested',
  at: '2026-11-22T09:00:00.000Z',
  ...change,
});
const order = (refunds: OrderRefund[] = []): Pick<Order, 'lines' | 'refunds' | 'shipping' | 'total'> => ({
  lines: [line('KITE', 2, 3990), line('TOP', 1, 1000)],
  refunds,
  shipping: eur(490),
  total: eur(9470),
});
const oneKite = refund({ lines: [{ sku: 'KITE', quantity: 1 }], amount: eur(3990) });
const left = (refunds: OrderRefund[]) =>
  returnableLines(order(refunds)).map((it) => `${it.left} ${it.line.sku}`);

describe('what can still be sent back', () => {
  test('is everything at first', () => {
    expect(left([])).toEqual(['2 KITE', '1 TOP']);
  });

  test('is less what comes back already, and money alone takes no goods', () => {
    expect(left([oneKite, refund({ kind: 'refund', amount: eur(100) })])).toEqual(['1 KITE', '1 TOP']);
    expect(left([oneKite, oneKite])).toEqual(['1 TOP']);
  });

  test('only goods that have left us, and only while there are some', () => {
    const which = (refunds: OrderRefund[]) =>
      OrderStatus.options.filter((status) => mayReturn({ ...order(refunds), status }));
    expect(which([oneKite])).toEqual(['shipped', 'completed']);
    expect(which([oneKite, oneKite, refund({ lines: [{ sku: 'TOP', quantity: 1 }] })])).toEqual([]);
  });
});

describe('what is refunded', () => {
  test('is the price of the goods', () => {
    expect(amountBack(order(), [{ sku: 'KITE', quantity: 1 }])).toEqual({
      goods: eur(3990),
      amount: eur(3990),
    });
    expect(amountBack(order(), []).amount).toEqual(eur(0));
  });

  test('and the delivery, once everything comes back', () => {
    const rest = [
      { sku: 'KITE', quantity: 1 },
      { sku: 'TOP', quantity: 1 },
    ];
    expect(amountBack(order([oneKite]), rest)).toEqual({
      goods: eur(4990),
      shipping: eur(490),
      amount: eur(5480),
    });
    expect(amountBack(order(), rest).shipping).toBeUndefined();
    const all = order().lines.map(({ sku, quantity }) => ({ sku, quantity }));
    expect(amountBack(order([refund({ lines: all, amount: eur(9470) })]), [])).toEqual({
      goods: eur(0),
      amount: eur(0),
    });
  });

  test('is never more than is left of the total', () => {
    const kindness = refund({ kind: 'refund', amount: eur(9000), state: 'failed' });
    expect(amountBack(order([kindness]), [{ sku: 'KITE', quantity: 1 }]).amount).toEqual(eur(470));
  });
});

describe('what went back', () => {
  test('is nothing while money is on its way', () => {
    expect(refundedOf(order([oneKite]))).toBeUndefined();
    expect(awaitsRefund(order([oneKite]))).toBe(true);
  });

  test('leaves the rest of the total', () => {
    const done = order([{ ...oneKite, state: 'refunded' }, refund({ amount: eur(5), state: 'failed' })]);
    expect(refundedOf(done)).toEqual({ refunded: eur(3990), left: eur(5480) });
    expect(awaitsRefund(done)).toBe(false);
  });
});
