import { Binary, BSONRegExp, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { isDocument } from './document.ts';

export type NumberValue = number | Long | Double;
export type Kind =
  | 'minKey'
  | 'missing'
  | 'null'
  | 'number'
  | 'string'
  | 'object'
  | 'array'
  | 'binData'
  | 'objectId'
  | 'bool'
  | 'date'
  | 'timestamp'
  | 'regex'
  | 'maxKey';

/** MongoDB's comparison order of types; also the leading unit of an index key. */
export const kindRank: Record<Kind, number> = {
  minKey: 1,
  missing: 2,
  null: 3,
  number: 4,
  string: 5,
  object: 6,
  array: 7,
  binData: 8,
  objectId: 9,
  bool: 10,
  date: 11,
  timestamp: 12,
  regex: 13,
  maxKey: 14,
};

export function kindOf(value: unknown): Kind {
  switch (typeof value) {
    case 'number':
      return 'number';
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'undefined':
      return 'missing';
    default:
      return kindOfObject(value);
  }
}

function kindOfObject(value: unknown): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (isDocument(value)) return 'object';
  if (value instanceof ObjectId) return 'objectId';
  if (value instanceof Date) return 'date';
  return kindOfBson(value);
}

function kindOfBson(value: unknown): Kind {
  if (value instanceof Timestamp) return 'timestamp';
  if (value instanceof Long || value instanceof Double) return 'number';
  if (value instanceof Binary) return 'binData';
  if (value instanceof BSONRegExp || value instanceof RegExp) return 'regex';
  if (value instanceof MinKey) return 'minKey';
  if (value instanceof MaxKey) return 'maxKey';
  throw new Error('unexpected value in a document');
}

export const isNumberValue = (value: unknown): value is NumberValue =>
  typeof value === 'number' ||
  value instanceof Double ||
  (value instanceof Long && !(value instanceof Timestamp));

/** MongoDB's name of a value's type, as `$type` and error messages use it. */
export function typeName(value: unknown): string {
  const kind = kindOf(value);
  return kind === 'number' && isNumberValue(value) ? numberType(value) : kind;
}

export function numberType(value: NumberValue): 'int' | 'long' | 'double' {
  if (value instanceof Long) return 'long';
  return typeof value === 'number' && isInt32(value) ? 'int' : 'double';
}

/** The numbers that BSON carries as a 32-bit integer; every other JavaScript number is a double. */
export const isInt32 = (value: number): boolean =>
  Number.isInteger(value) && value >= -0x80000000 && value <= 0x7fffffff && !Object.is(value, -0);
