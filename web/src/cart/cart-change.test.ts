import { describe, expect, test } from '@jest/globals';
import type { Cart } from '@shopstack/contracts/cart';
import { type CartLine, changeCart, isOrderable } from './cart-change.ts';

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const line = (sku: string, quantity: number, price: number): CartLine => ({
  sku,
  productId: sku.toLowerCase(),
  name: sku,
  options: {},
  quantity,
  unitPrice: eur(price),
  lineTotal: eur(price * quantity),
  tax: eur(Math.round((price * quantity * 19) / 119)),
  weightGrams: 100,
  stock: { available: 50, state: 'in-stock' },
});
const cart = (lines: CartLine[], more: Partial<Cart> = {}): Cart => {
  const subtotal = eur(lines.reduce((sum, { lineTotal }) => sum + lineTotal.amountMinor, 0));
  return {
    id: 'c',
    version: 7,
    lines,
    itemCount: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    subtotal,
    tax: eur(lines.reduce((sum, { tax }) => sum + tax.amountMinor, 0)),
    discount: eur(0),
    total: subtotal,
    warnings: [],
    updatedAt: '2026-11-22T09:00:00.000Z',
    ...more,
  };
};

describe('the guessed cart', () => {
  const present = cart([line('A', 2, 1190), line('B', 1, 500)]);

  test('a new quantity changes line, tax, count and totals', () => {
    const next = changeCart(present, { kind: 'set', sku: 'A', quantity: 4 });
    expect(next.lines[0]).toMatchObject({ quantity: 4, lineTotal: eur(4760), tax: eur(760) });
    expect(next).toMatchObject({ itemCount: 5, subtotal: eur(5260), total: eur(5260), version: 7 });
  });

  test('adding what is there already adds to it, at most 99', () => {
    const { lineTotal: _, tax: __, ...added } = line('A', 98, 1190);
    const next = changeCart(present, { kind: 'add', line: added });
    expect(next.lines.map(({ quantity }) => quantity)).toEqual([99, 1]);
  });

  test('adding something new appends a line', () => {
    const { lineTotal: _, tax: __, ...added } = line('C', 2, 250);
    const next = changeCart(present, { kind: 'add', line: added });
    expect(next.lines[2]).toMatchObject({ sku: 'C', lineTotal: eur(500) });
    expect(next.itemCount).toBe(5);
  });

  test('removing a line removes its warnings and keeps the discount', () => {
    const warned = cart([line('A', 1, 1000), line('B', 1, 500)], {
      discount: eur(100),
      warnings: [
        { code: 'low-stock', sku: 'A', detail: '' },
        { code: 'prices-unconfirmed', detail: '' },
      ],
    });
    const next = changeCart(warned, { kind: 'remove', sku: 'A' });
    expect(next).toMatchObject({ subtotal: eur(500), total: eur(400), itemCount: 1 });
    expect(next.warnings.map(({ code }) => code)).toEqual(['prices-unconfirmed']);
  });

  test('leaves the cart it began with as it was', () => {
    changeCart(present, { kind: 'remove', sku: 'A' });
    expect(present.lines).toHaveLength(2);
  });
});

describe('a cart can be ordered', () => {
  test('when it has lines and nothing in it is impossible', () => {
    const lines = [line('A', 1, 1000)];
    expect(isOrderable(cart(lines))).toBe(true);
    expect(isOrderable(cart(lines, { warnings: [{ code: 'low-stock', sku: 'A', detail: '' }] }))).toBe(true);
    expect(isOrderable(cart(lines, { warnings: [{ code: 'discontinued', sku: 'A', detail: '' }] }))).toBe(
      false,
    );
    expect(isOrderable(cart([]))).toBe(false);
  });
});
