import { describe, expect, test } from '@jest/globals';
import { sumMoney, taxContained } from './money.ts';

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

describe('tax contained in a gross amount', () => {
  test.each([
    [11_900, 1900, 1900],
    [10_000, 1900, 1597],
    [999, 700, 65],
    [1, 1900, 0],
    [0, 1900, 0],
    [12_345, 0, 0],
    [3, 10_000, 2],
  ])('%i at %i bp is %i', (gross, rateBp, tax) => {
    expect(taxContained(eur(gross), rateBp)).toEqual(eur(tax));
  });
  test('stays exact for the largest carts', () => {
    expect(taxContained(eur(9_999_999_999), 1900).amountMinor).toBe(1_596_638_655);
  });
});

test('amounts add up, none is zero', () => {
  expect(sumMoney([eur(1), eur(2)], 'EUR')).toEqual(eur(3));
  expect(sumMoney([], 'EUR')).toEqual(eur(0));
});
