import { BSONRegExp, MaxKey, MinKey } from 'bson';
import { badValue } from '../errors.ts';
import { isDocument } from '../values/document.ts';
import { isNumberValue, kindOf } from '../values/kinds.ts';
import { toNumber } from '../values/numbers.ts';
import { compareValues, type StringOrder } from '../values/order.ts';
import { regexTest } from './regex.ts';

type ValueTest = (value: unknown) => boolean;

/** Equality as a filter means it: null also matches a missing field, a regular expression matches strings. */
export function equals(operand: unknown, strings?: StringOrder): ValueTest {
  if (operand === null || operand === undefined) return (value) => value === null || value === undefined;
  if (operand instanceof BSONRegExp) return regexTest(operand, undefined);
  const plain = typeof operand === 'boolean' || (typeof operand === 'string' && !strings);
  if (plain) return (value) => value === operand;
  return (value) => value !== undefined && compareValues(value, operand, strings) === 0;
}

export function inList(name: '$in' | '$nin', operand: unknown, strings?: StringOrder): ValueTest {
  if (!Array.isArray(operand)) throw badValue(`${name} needs an array`);
  if (
    operand.some((item) => isDocument(item) && Object.keys(item)[0]?.startsWith('$') && !('$ref' in item))
  ) {
    throw badValue(`cannot nest $ under ${name}`);
  }
  const plain = new Set(operand.filter((item) => typeof item === 'string' && !strings));
  const rest = operand.filter((item) => !plain.has(item)).map((item: unknown) => equals(item, strings));
  return (value) => plain.has(value) || rest.some((test) => test(value));
}

type Bound = '$gt' | '$gte' | '$lt' | '$lte';

const holds: Record<Bound, (order: number) => boolean> = {
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
};

/** Range operators compare within one type only; null bounds equal null and missing. */
export function within(name: Bound, operand: unknown, strings?: StringOrder): ValueTest {
  if (operand instanceof BSONRegExp)
    throw badValue(`Can't have RegEx as arg to predicate over field '${name}'.`);
  const test = holds[name];
  if (operand instanceof MinKey || operand instanceof MaxKey) {
    return (value) => value !== undefined && test(compareValues(value, operand, strings));
  }
  if (operand === null) return (value) => test(0) && (value === null || value === undefined);
  const kind = kindOf(operand);
  if (isNaNValue(operand)) return (value) => test(0) && isNaNValue(value);
  return (value) =>
    value !== undefined &&
    kindOf(value) === kind &&
    !isNaNValue(value) &&
    test(compareValues(value, operand, strings));
}

const isNaNValue = (value: unknown): boolean => isNumberValue(value) && Number.isNaN(toNumber(value));
