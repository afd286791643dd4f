import { expect, test } from '@jest/globals';
import type { PriceSnapshot } from '@shopstack/contracts/catalogue';
import fc from 'fast-check';
import { priceLine, totalsOf } from './pricing.ts';

const taxOf = (grossMinor: number, rateBp: number) =>
  priceLine({ sku: 'A', quantity: 1 }, snapshot(grossMinor, rateBp)).tax.amountMinor;

test.each([
  [1999, 1900, 319],
  [999, 1900, 160],
  [119, 1900, 19],
  [1000, 700, 65],
  [1000, 0, 0],
  [0, 1900, 0],
  // 3 of 6 is 0.5 tax at 2000 bp: half goes up.
  [3, 2000, 1],
])('%i at %i basis points contain %i of tax', (grossMinor, rateBp, tax) => {
  expect(taxOf(grossMinor, rateBp)).toBe(tax);
});

test('tax and net make the gross amount, within half a unit of the exact share', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000_000 }), fc.nat({ max: 3000 }), (grossMinor, rateBp) => {
      const tax = taxOf(grossMinor, rateBp);
      const exact = grossMinor - grossMinor / (1 + rateBp / 10_000);
      expect(Number.isInteger(tax)).toBe(true);
      expect(Math.abs(tax - exact)).toBeLessThanOrEqual(0.5 + 1e-6);
    }),
  );
});

const snapshot = (amountMinor: number, taxRateBp: number): PriceSnapshot => ({
  sku: 'A',
  productId: 'a',
  name: 'A',
  options: {},
  price: { amountMinor, currency: 'EUR' },
  taxClass: 'standard',
  taxRateBp,
  weightGrams: 1,
  available: 99,
  state: 'in-stock',
  discontinued: false,
});

test('a total is subtotal minus discount plus shipping, and tax is contained in it', () => {
  const lines = [
    priceLine({ sku: 'A', quantity: 3 }, snapshot(999, 1900)),
    priceLine({ sku: 'A', quantity: 2 }, snapshot(500, 700)),
  ];
  const totals = totalsOf(lines, { amountMinor: 490, currency: 'EUR' }, 1900);
  expect(totals).toEqual({
    subtotal: { amountMinor: 3997, currency: 'EUR' },
    tax: { amountMinor: 479 + 65 + 78, currency: 'EUR' },
    discount: { amountMinor: 0, currency: 'EUR' },
    shipping: { amountMinor: 490, currency: 'EUR' },
    total: { amountMinor: 4487, currency: 'EUR' },
  });
});

test('tax is rounded for the line, not for each piece', () => {
  const line = priceLine({ sku: 'A', quantity: 10 }, snapshot(3, 2000));
  expect(line.tax.amountMinor).toBe(5);
});
