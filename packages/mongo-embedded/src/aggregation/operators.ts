import { ObjectId } from 'bson';
import { evalExpr } from 'mingo/core';
import type { Options } from 'mingo/types';
import { CommandError } from '../errors.ts';
import { isTrue } from '../query/filter.ts';
import { sortItems } from '../query/sort.ts';
import { isDocument } from '../values/document.ts';
import { typeName } from '../values/kinds.ts';
import { compareValues, equalValues } from '../values/order.ts';

type Expression = (document: unknown, operand: unknown, options: Options) => unknown;

function pair(name: string, document: unknown, operand: unknown, options: Options): [unknown, unknown] {
  if (!Array.isArray(operand) || operand.length !== 2) {
    throw new CommandError(
      16020,
      `Expression ${name} takes exactly 2 arguments. ${Array.isArray(operand) ? operand.length : 1} were passed in.`,
    );
  }
  return [evalExpr(document, operand[0], options), evalExpr(document, operand[1], options)];
}

const comparison =
  (name: string, holds: (order: number) => unknown): Expression =>
  (document, operand, options) => {
    const [a, b] = pair(name, document, operand, options);
    return holds(compareValues(a, b));
  };

function isIn(document: unknown, operand: unknown, options: Options): boolean {
  const [item, array] = pair('$in', document, operand, options);
  if (!Array.isArray(array))
    throw new CommandError(40081, `$in requires an array as a second argument, found: ${typeName(array)}`);
  return array.some((member) => equalValues(member, item));
}

const list = (operand: unknown): unknown[] => (Array.isArray(operand) ? operand : [operand]);

function conditional(document: unknown, operand: unknown, options: Options): unknown {
  const parts = isDocument(operand) ? [operand.if, operand.then, operand.else] : list(operand);
  if (parts.length !== 3)
    throw new CommandError(
      16020,
      `Expression $cond takes exactly 3 arguments. ${parts.length} were passed in.`,
    );
  return evalExpr(document, isTrue(evalExpr(document, parts[0], options)) ? parts[1] : parts[2], options);
}

function toObjectId(document: unknown, operand: unknown, options: Options): unknown {
  const value = evalExpr(document, operand, options);
  if (value === null || value === undefined) return null;
  if (value instanceof ObjectId) return value;
  if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return new ObjectId(value);
  throw new CommandError(
    241,
    `Failed to parse objectId '${String(value)}' in $convert with no onError value`,
  );
}

/** mingo also takes dates, blanks and exponents. */
const toWhole =
  (name: 'int' | 'long'): Expression =>
  (document, operand, options) => {
    const value = evalExpr(document, Array.isArray(operand) ? operand[0] : operand, options);
    if (value === null || value === undefined) return null;
    const number = wholeOf(value);
    const limit = name === 'int' ? 2 ** 31 : Number.MAX_SAFE_INTEGER;
    const convertible = !(value instanceof Date && name === 'int');
    if (convertible && number >= -limit && number < limit) return number;
    const message = `Failed to convert ${typeName(value)} ${String(value)} to ${name} in $convert with no onError value`;
    throw new CommandError(241, message);
  };

function wholeOf(value: unknown): number {
  if (typeof value === 'string') return /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (typeof value === 'boolean' || value instanceof Date) return Number(value);
  return typeof value === 'number' ? Math.trunc(value) : Number.NaN;
}

function size(document: unknown, operand: unknown, options: Options): number {
  const value = evalExpr(
    document,
    Array.isArray(operand) && operand.length === 1 ? operand[0] : operand,
    options,
  );
  if (Array.isArray(value)) return value.length;
  throw new CommandError(
    17124,
    `The argument to $size must be an array, but was of type: ${typeName(value)}`,
  );
}

function sortedArray(document: unknown, operand: unknown, options: Options): unknown {
  if (!isDocument(operand)) throw new CommandError(2942500, '$sortArray requires an object as an argument');
  const input = evalExpr(document, operand.input, options);
  if (input === null || input === undefined) return null;
  if (!Array.isArray(input))
    throw new CommandError(
      2942504,
      `The input argument to $sortArray must be an array, but was of type: ${typeName(input)}`,
    );
  return sortItems(input, operand.sortBy);
}

function toText(document: unknown, operand: unknown, options: Options): string | null {
  const value = evalExpr(document, operand, options);
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (['string', 'number', 'boolean'].includes(typeof value)) return String(value);
  throw new CommandError(
    241,
    `Unsupported conversion from ${typeName(value)} to string in $convert with no onError value`,
  );
}

const inCase =
  (change: (text: string) => string): Expression =>
  (document, operand, options) => {
    const value = evalExpr(document, operand, options);
    if (value === null || value === undefined) return '';
    if (value instanceof Date || typeof value === 'number' || typeof value === 'string') {
      return change(value instanceof Date ? value.toISOString() : String(value));
    }
    throw new CommandError(16007, `can't convert from BSON type ${typeName(value)} to String`);
  };

/** Replacements for mingo's operators where those compare, count or judge truth in another way than MongoDB. */
export const ownExpressions: Record<string, Expression> = {
  $eq: comparison('$eq', (order) => order === 0),
  $ne: comparison('$ne', (order) => order !== 0),
  $gt: comparison('$gt', (order) => order > 0),
  $gte: comparison('$gte', (order) => order >= 0),
  $lt: comparison('$lt', (order) => order < 0),
  $lte: comparison('$lte', (order) => order <= 0),
  $cmp: comparison('$cmp', (order) => order),
  $in: isIn,
  $cond: conditional,
  $and: (document, operand, options) =>
    list(operand).every((item) => isTrue(evalExpr(document, item, options))),
  $or: (document, operand, options) =>
    list(operand).some((item) => isTrue(evalExpr(document, item, options))),
  $not: (document, operand, options) => !isTrue(evalExpr(document, list(operand)[0], options)),
  $size: size,
  $sortArray: sortedArray,
  $toObjectId: toObjectId,
  $toString: toText,
  $toLower: inCase((text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())),
  $toUpper: inCase((text) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase())),
  $toInt: toWhole('int'),
  $toLong: toWhole('long'),
};

type Reducer = (items: unknown[], operand: unknown, options: Options) => unknown;

const valuesOf = (items: unknown[], operand: unknown, options: Options): unknown[] =>
  operand === null || operand === undefined ? items : items.map((item) => evalExpr(item, operand, options));

const present = (value: unknown): boolean => value !== null && value !== undefined;
const numbersOf = (values: unknown[]): number[] => values.filter((value) => typeof value === 'number');

/** The accumulators that are also expressions over an array. */
export const ownReducers: Record<string, Reducer> = {
  $sum: (...args) => numbersOf(valuesOf(...args)).reduce((sum, value) => sum + value, 0),
  $avg: (...args) => average(numbersOf(valuesOf(...args))),
  $min: (...args) => best(valuesOf(...args), -1),
  $max: (...args) => best(valuesOf(...args), 1),
};

export const average = (numbers: number[]): number | null =>
  numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;

export function best(values: unknown[], sign: 1 | -1): unknown {
  let found: unknown = null;
  for (const value of values) {
    if (present(value) && (found === null || compareValues(value, found) * sign > 0)) found = value;
  }
  return found;
}
