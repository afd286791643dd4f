import { describe, expect, test } from '@jest/globals';
import { hashBody, isKept } from './idempotency.ts';

describe('the hash of a body', () => {
  test('does not see the order of keys, at any depth', () => {
    expect(hashBody({ a: 1, b: { c: [1, { x: 1, y: 2 }], d: null } })).toBe(
      hashBody({ b: { d: null, c: [1, { y: 2, x: 1 }] }, a: 1 }),
    );
    expect(hashBody({ a: 1, b: undefined })).toBe(hashBody({ a: 1 }));
  });

  test('sees everything else', () => {
    const bodies: unknown[] = [
      { a: 1 },
      { a: '1' },
      { a: 2 },
      { a: [1] },
      { a: [] },
      { a: {} },
      { a: null },
      { a: true },
      {},
      [],
      [1, 2],
      [2, 1],
      [[1], 2],
      'a',
      '{"a":1}',
      0,
      '',
      { 'a":1,"b': 2 },
      { a: 1, b: 2 },
    ];
    expect(new Set(bodies.map(hashBody)).size).toBe(bodies.length);
  });
});

test.each([
  [200, true],
  [201, true],
  [204, true],
  [400, true],
  [404, true],
  [409, true],
  [412, true],
  [422, true],
  [401, false],
  [403, false],
  [408, false],
  [429, false],
  [500, false],
  [503, false],
])('an answer %d is kept: %s', (status, kept) => {
  expect(isKept(status)).toBe(kept);
});
