import { BSONRegExp, Double, Long, Timestamp } from 'bson';
import { notSupported } from '../errors.ts';
import { compileRegex } from '../query/regex.ts';
import { type Document, isDocument } from '../values/document.ts';

/** The value with numbers that JavaScript can compute with; the same object when it has no others. */
export function plainValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return plainItems(value);
  if (isDocument(value)) return plainFields(value);
  if (value instanceof Double) return value.value;
  if (value instanceof Long && !(value instanceof Timestamp)) return plainLong(value);
  return value instanceof BSONRegExp ? compileRegex(value, undefined) : value;
}

function plainItems(array: unknown[]): unknown[] {
  let changed: unknown[] | undefined;
  for (const [i, item] of array.entries()) {
    const plain = plainValue(item);
    if (plain === item) continue;
    changed ??= [...array];
    changed[i] = plain;
  }
  return changed ?? array;
}

function plainFields(document: Document): Document {
  let changed: Document | undefined;
  for (const name in document) {
    const item = document[name];
    if (typeof item !== 'object' || item === null) continue;
    const plain = plainValue(item);
    if (plain === item) continue;
    changed ??= { ...document };
    changed[name] = plain;
  }
  return changed ?? document;
}

function plainLong(value: Long): number {
  const number = value.toNumber();
  if (Number.isSafeInteger(number)) return number;
  throw notSupported(`an expression over a document that holds the 64-bit integer ${value.toString()}`);
}
