import { Double, Long } from 'bson';
import { badValue } from '../errors.ts';
import { isInt32, type NumberValue, numberType } from './kinds.ts';

export const toNumber = (value: NumberValue): number =>
  typeof value === 'number' ? value : value instanceof Double ? value.value : value.toNumber();

/** The value as a BSON double, also when it is a whole number. */
const asDouble = (value: number): NumberValue => (isInt32(value) ? new Double(value) : value);

export function compareNumbers(a: NumberValue, b: NumberValue): number {
  if (a instanceof Long && b instanceof Long) return a.compare(b);
  const x = toNumber(a);
  const y = toNumber(b);
  if (x < y) return -1;
  if (x > y) return 1;
  if (x === y) return compareExactly(a, b);
  return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
}

/** Two numbers whose doubles are equal; only a Long can hold more than its double. */
function compareExactly(a: NumberValue, b: NumberValue): number {
  if (a instanceof Long && !a.equals(Long.fromNumber(a.toNumber()))) return compareResidual(a, toNumber(b));
  if (b instanceof Long && !b.equals(Long.fromNumber(b.toNumber()))) return -compareResidual(b, toNumber(a));
  return 0;
}

function compareResidual(long: Long, double: number): number {
  const difference = long.toBigInt() - BigInt(double);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const addNumbers = (a: NumberValue, b: NumberValue): NumberValue =>
  arithmetic(
    [a, b],
    (x, y) => x + y,
    (x, y) => x + y,
  );

export const multiplyNumbers = (a: NumberValue, b: NumberValue): NumberValue =>
  arithmetic(
    [a, b],
    (x, y) => x * y,
    (x, y) => x * y,
  );

function arithmetic(
  [a, b]: [NumberValue, NumberValue],
  doubles: (x: number, y: number) => number,
  integers: (x: bigint, y: bigint) => bigint,
): NumberValue {
  const types = [numberType(a), numberType(b)];
  if (types.includes('double')) return asDouble(doubles(toNumber(a), toNumber(b)));
  const result = integers(toBigInt(a), toBigInt(b));
  if (BigInt.asIntN(64, result) !== result)
    throw badValue('the result exceeds the range of a 64-bit integer');
  if (!types.includes('long') && BigInt.asIntN(32, result) === result) return Number(result);
  return Long.fromBigInt(result);
}

export const toBigInt = (value: NumberValue): bigint =>
  value instanceof Long ? value.toBigInt() : BigInt(Math.trunc(toNumber(value)));
