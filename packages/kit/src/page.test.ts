import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { decodeCursor, encodeCursor, pageOf } from './page.ts';
import { isProblem } from './problem.ts';

const Place = z.strictObject({ price: z.number(), sku: z.string() });

describe('a cursor', () => {
  test('comes back as it went', () => {
    const place = { price: 1999, sku: 'Käse-€-🧀' };
    const cursor = encodeCursor(place);
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(decodeCursor(Place, cursor)).toEqual(place);
    expect(decodeCursor(Place, undefined)).toBeUndefined();
  });

  test.each([
    '',
    'x',
    '%%%',
    encodeCursor('text'),
    encodeCursor({ price: '1', sku: 'a' }),
    encodeCursor({ price: 1 }),
    encodeCursor({ price: 1, sku: 'a', more: true }),
    encodeCursor({ price: 1, sku: { $ne: null } }),
    Buffer.from('{"price":1,"sku":"a","__proto__":{"x":1}').toString('base64url'),
  ])('%j made by somebody else is refused', (cursor) => {
    try {
      decodeCursor(Place, cursor);
      throw new Error('it was taken');
    } catch (error) {
      expect(isProblem(error, 'validation-failed')).toBe(true);
    }
  });
});

describe('a page', () => {
  test('has a next cursor only when there is more', () => {
    expect(pageOf([1, 2], 2, (last) => last)).toEqual({ items: [1, 2], next: null });
    expect(pageOf([], 2, (last) => last)).toEqual({ items: [], next: null });
    const page = pageOf([2, 1, 0, 9], 3, (last) => [last]);
    expect(page.items).toEqual([2, 1, 0]);
    expect(decodeCursor(z.tuple([z.number()]), page.next ?? undefined)).toEqual([0]);
  });
});
