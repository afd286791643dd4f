import { Binary, BSONRegExp, Long, ObjectId, Timestamp } from 'bson';
import { type Document, isDocument } from './document.ts';
import { isNumberValue, kindOf, kindRank } from './kinds.ts';
import { compareNumbers } from './numbers.ts';

/** How strings compare when a command names a collation; without one they compare by code point. */
export type StringOrder = (a: string, b: string) => number;

/** MongoDB's total order over BSON values; undefined stands for a missing field. */
export function compareValues(a: unknown, b: unknown, strings: StringOrder = compareStrings): number {
  if (typeof a === 'number' && typeof b === 'number') return compareNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return strings(a, b);
  const rank = kindRank[kindOf(a)] - kindRank[kindOf(b)];
  return rank === 0 ? compareSameKind(a, b, strings) : Math.sign(rank);
}

export const equalValues = (a: unknown, b: unknown): boolean => compareValues(a, b) === 0;

function compareSameKind(a: unknown, b: unknown, strings: StringOrder): number {
  if (isNumberValue(a) && isNumberValue(b)) return compareNumbers(a, b);
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b, strings);
  if (isDocument(a) && isDocument(b)) return compareDocuments(a, b, strings);
  if (a instanceof ObjectId && b instanceof ObjectId) return Buffer.compare(a.id, b.id);
  if (a instanceof Date && b instanceof Date) return Math.sign(a.getTime() - b.getTime());
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return compareRareKinds(a, b);
}

function compareRareKinds(a: unknown, b: unknown): number {
  if (a instanceof Binary && b instanceof Binary) return compareBinaries(a, b);
  if (a instanceof Timestamp && b instanceof Timestamp) return Long.prototype.compare.call(a, b);
  if (a instanceof BSONRegExp && b instanceof BSONRegExp) {
    return compareStrings(a.pattern, b.pattern) || compareStrings(a.options, b.options);
  }
  return 0;
}

export const bytesOf = (value: Binary): Uint8Array => value.buffer.subarray(0, value.position);

function compareBinaries(a: Binary, b: Binary): number {
  return (
    Math.sign(a.position - b.position) ||
    Math.sign(a.sub_type - b.sub_type) ||
    Buffer.compare(bytesOf(a), bytesOf(b))
  );
}

function compareArrays(a: unknown[], b: unknown[], strings: StringOrder): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareValues(a[i], b[i], strings);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

function compareDocuments(a: Document, b: Document, strings: StringOrder): number {
  const namesA = Object.keys(a);
  const namesB = Object.keys(b);
  for (const [i, nameA] of namesA.entries()) {
    const nameB = namesB[i];
    if (nameB === undefined) return 1;
    const order =
      Math.sign(kindRank[kindOf(a[nameA])] - kindRank[kindOf(b[nameB])]) ||
      compareStrings(nameA, nameB) ||
      compareValues(a[nameA], b[nameB], strings);
    if (order !== 0) return order;
  }
  return namesA.length < namesB.length ? -1 : 0;
}

const beyondBasicPlane = /[\ud800-\udfff]/;

/** By code point, as MongoDB compares UTF-8 bytes; JavaScript's own order puts U+E000–U+FFFF last. */
function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  if (beyondBasicPlane.test(a) || beyondBasicPlane.test(b))
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}

/** Equal in value and in every type and field order: what decides whether an update changed anything. */
export function identical(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => identical(item, b[i]));
  }
  if (isDocument(a) && isDocument(b)) {
    const names = Object.keys(a);
    const others = Object.keys(b);
    return names.length === others.length && names.every((n, i) => n === others[i] && identical(a[n], b[n]));
  }
  return sameClass(a, b) && compareValues(a, b) === 0 && !Array.isArray(a) && !isDocument(a);
}

const sameClass = (a: unknown, b: unknown): boolean =>
  a === null || b === null || typeof a !== 'object' || typeof b !== 'object'
    ? typeof a === typeof b
    : a.constructor === b.constructor;
