import { describe, expect, it } from '@jest/globals';
import { Binary, BSONRegExp, Double, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } from 'bson';
import fc from 'fast-check';
import { encodeKey, invertKey } from './keys.ts';
import { compareValues } from './order.ts';

const scalar: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    undefined,
    new MinKey(),
    new MaxKey(),
    Number.NaN,
    -0,
    0,
    2 ** 53,
    -(2 ** 53),
    Infinity,
    -Infinity,
  ),
  fc.integer(),
  fc.double(),
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map((value) => Long.fromBigInt(value)),
  fc.bigInt(2n ** 53n - 3n, 2n ** 53n + 3n).map((value) => Long.fromBigInt(value)),
  fc.integer().map((value) => new Double(value)),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', 'a', 'a\0', 'a\0b', 'a\u0001', '\uffff', '\ue000', '😀', 'é'),
  fc.boolean(),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.uint8Array({ maxLength: 5 }).map((bytes) => new Binary(bytes)),
  fc.uuid().map((text) => new UUID(text)),
  fc.nat().map((t) => new Timestamp({ t, i: 1 })),
  fc.constantFrom(new BSONRegExp('a', ''), new BSONRegExp('a', 'i'), new BSONRegExp('b', '')),
);
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('a', 'b', 'ab'), scalar, { noNullPrototype: true }),
);

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

describe('index keys', () => {
  it('sort as the values they stand for', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(order(encodeKey(a), encodeKey(b))).toBe(Math.sign(compareValues(a, b)));
      }),
      { numRuns: 2000 },
    );
  });

  it('sort the other way round when inverted', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(order(invertKey(encodeKey(a)), invertKey(encodeKey(b)))).toBe(
          -Math.sign(compareValues(a, b)) + 0,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('are equal for equal numbers of different types', () => {
    expect(new Set([1, new Double(1), Long.fromNumber(1)].map((one) => encodeKey(one))).size).toBe(1);
  });

  it('keep integers apart that no double can tell apart', () => {
    expect(encodeKey(Long.fromString('9007199254740993'))).not.toBe(
      encodeKey(Long.fromString('9007199254740992')),
    );
  });
});
