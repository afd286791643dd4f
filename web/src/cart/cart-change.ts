import type { Cart } from '@shopstack/contracts/cart';
import type { Money } from '@shopstack/contracts/primitives';

export type CartLine = Cart['lines'][number];
export type CartChange =
  | { kind: 'set'; sku: string; quantity: number }
  | { kind: 'remove'; sku: string }
  | { kind: 'add'; line: Omit<CartLine, 'lineTotal' | 'tax'> };

export const MOST_OF_ONE = 99;

const times = (money: Money, factor: number): Money => ({
  ...money,
  amountMinor: money.amountMinor * factor,
});
const scaled = (money: Money, part: number, whole: number): Money => ({
  ...money,
  amountMinor: Math.round((money.amountMinor * part) / whole),
});
const sum = (lines: readonly CartLine[], of: (line: CartLine) => Money, currency: string): Money => ({
  amountMinor: lines.reduce((total, line) => total + of(line).amountMinor, 0),
  currency,
});

function withQuantity(line: CartLine, quantity: number): CartLine {
  return {
    ...line,
    quantity,
    lineTotal: times(line.unitPrice, quantity),
    tax: scaled(line.tax, quantity, line.quantity),
  };
}

function changedLines(lines: readonly CartLine[], change: CartChange): CartLine[] {
  switch (change.kind) {
    case 'remove':
      return lines.filter(({ sku }) => sku !== change.sku);
    case 'set':
      return lines.map((line) => (line.sku === change.sku ? withQuantity(line, change.quantity) : line));
    case 'add': {
      const { line: added } = change;
      const present = lines.find(({ sku }) => sku === added.sku);
      if (!present) {
        const tax = { ...added.unitPrice, amountMinor: 0 };
        return [...lines, { ...added, tax, lineTotal: times(added.unitPrice, added.quantity) }];
      }
      const quantity = Math.min(MOST_OF_ONE, present.quantity + added.quantity);
      return lines.map((line) => (line === present ? withQuantity(line, quantity) : line));
    }
  }
}

/** What the cart will very likely look like once the service has answered; its answer replaces this guess. */
export function changeCart(cart: Cart, change: CartChange): Cart {
  const lines = changedLines(cart.lines, change);
  const { currency } = cart.subtotal;
  const subtotal = sum(lines, ({ lineTotal }) => lineTotal, currency);
  return {
    ...cart,
    lines,
    itemCount: lines.reduce((count, { quantity }) => count + quantity, 0),
    subtotal,
    tax: sum(lines, ({ tax }) => tax, currency),
    total: { ...subtotal, amountMinor: subtotal.amountMinor - cart.discount.amountMinor },
    warnings: cart.warnings.filter(({ sku }) => sku === undefined || lines.some((line) => line.sku === sku)),
  };
}

/** Warnings that the checkout refuses, so it is better to say so before. */
export const isOrderable = (cart: Cart): boolean =>
  cart.lines.length > 0 &&
  !cart.warnings.some(({ code }) => ['out-of-stock', 'discontinued', 'prices-unconfirmed'].includes(code));
