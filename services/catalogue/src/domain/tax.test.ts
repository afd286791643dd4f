import { describe, expect, test } from '@jest/globals';
import { taxRateBp } from './tax.ts';

describe('tax rates', () => {
  test('a book sent to Germany carries the reduced rate', () => {
    expect(taxRateBp('reduced', 'DE')).toBe(700);
  });
  test('a lamp sent to France carries the standard rate', () => {
    expect(taxRateBp('standard', 'FR')).toBe(2000);
  });
  test('a country without a rate owes nothing', () => {
    expect(taxRateBp('standard', 'JP')).toBe(0);
  });
  test('the zero class is zero everywhere', () => {
    expect(taxRateBp('zero', 'DE')).toBe(0);
  });
});
