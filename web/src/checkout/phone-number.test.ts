import { describe, expect, test } from '@jest/globals';
import { mpesaNumber, payerEnding, readableNumber, rememberPayer, testEnding } from './phone-number.ts';

describe('a phone number for M-Pesa', () => {
  test.each([
    ['0712 345 678'],
    ['712345678'],
    ['254712345678'],
    ['+254 712-345-678'],
    ['00254 712 345 678'],
    ['+254 (0)712 345678'],
  ])('%s is understood', (typed) => {
    expect(mpesaNumber(typed)).toBe('254712345678');
  });

  test('the newer numbers that begin with 1 are mobile numbers too', () => {
    expect(mpesaNumber('0110 000 001')).toBe('254110000001');
  });

  test.each([[''], ['call me'], ['0712 345 67'], ['0712 345 6789'], ['+49 151 2345678'], ['020 1234567']])(
    '“%s” is refused',
    (typed) => {
      expect(mpesaNumber(typed)).toBeUndefined();
    },
  );

  test('is shown the way people write it, and understood again', () => {
    expect(readableNumber('254712345678')).toBe('+254 712 345 678');
    expect(mpesaNumber(readableNumber('254712345678'))).toBe('254712345678');
  });

  test('tells a test phone by its last two digits', () => {
    expect(testEnding('254700000002')).toBe('02');
  });

  test('leaves only its last digits behind', () => {
    const stored = new Map<string, string>();
    const memory = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
    };
    expect(payerEnding(memory, 'order')).toBeUndefined();
    rememberPayer(memory, 'order', '254712345678');
    expect(payerEnding(memory, 'order')).toBe('678');
    expect([...stored.values()]).toEqual(['678']);
  });
});
