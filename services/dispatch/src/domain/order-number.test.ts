import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { orderNumber, readOrderNumber } from './order-number.ts';

test('numbers have eight letters of an alphabet without look-alikes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
      expect(orderNumber(bytes)).toMatch(/^SH-[0-9A-HJKMNP-TV-Z]{8}$/);
    }),
  );
});

test('too little randomness is refused', () => {
  expect(() => orderNumber(new Uint8Array(7))).toThrow(RangeError);
});

test.each([
  ['SH-7F3K2M9Q', 'SH-7F3K2M9Q'],
  [' sh-7f3k2m9q ', 'SH-7F3K2M9Q'],
  ['7F3K2M9Q', 'SH-7F3K2M9Q'],
  ['SH7F3K2M9Q', 'SH-7F3K2M9Q'],
  ['SH-OIL00000', 'SH-01100000'],
  ['SH-7F3K2M9', undefined],
  ['SH-7F3K2M9U', undefined],
  ['', undefined],
])('"%s" is read as %s', (typed, number) => {
  expect(readOrderNumber(typed)).toBe(number);
});
