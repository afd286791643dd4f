import { Binary, BSONRegExp, Long, ObjectId, Timestamp } from 'bson';
import { type Document, isDocument } from './document.ts';
import { isNumberValue, kindOf, kindRank, type NumberValue } from './kinds.ts';
import { toNumber } from './numbers.ts';
import { bytesOf } from './order.ts';

const END = '\u0000';
/** Sorts behind every key that begins with the same fields. */
export const AFTER = '\uffff';

/**
 * The value as text whose plain string order is MongoDB's order of values: equal values (1 and 1.0) give
 * equal text, and no encoded value is the beginning of another.
 */
export function encodeKey(value: unknown): string {
  const rank = String.fromCharCode(kindRank[kindOf(value)]);
  if (typeof value === 'string') return rank + encodeString(value);
  if (isNumberValue(value)) return rank + encodeNumber(value);
  if (value instanceof ObjectId) return rank + Buffer.from(value.id).toString('latin1');
  if (value instanceof Date) return rank + encodeDouble(value.getTime());
  if (typeof value === 'boolean') return rank + (value ? '\u0002' : '\u0001');
  if (Array.isArray(value)) return rank + value.map((item) => encodeKey(item)).join('') + END;
  if (isDocument(value)) return rank + encodeFields(value) + END;
  return rank + encodeRareKind(value);
}

/** The key in descending order. */
export function invertKey(key: string): string {
  let inverted = '';
  for (let i = 0; i < key.length; i++) inverted += String.fromCharCode(0xffff - key.charCodeAt(i));
  return inverted;
}

function encodeFields(document: Document): string {
  let key = '';
  for (const name of Object.keys(document)) {
    const value = document[name];
    key += String.fromCharCode(kindRank[kindOf(value)]) + encodeString(name) + encodeKey(value);
  }
  return key;
}

function encodeRareKind(value: unknown): string {
  if (value instanceof Binary) {
    const bytes = Buffer.from(bytesOf(value)).toString('latin1');
    return encodeDouble(value.position) + String.fromCharCode(value.sub_type) + bytes;
  }
  if (value instanceof Timestamp)
    return encodeDouble(value.getHighBitsUnsigned()) + encodeDouble(value.getLowBitsUnsigned());
  if (value instanceof BSONRegExp) return encodeString(value.pattern) + encodeString(value.options);
  return '';
}

const special = /[\0\ud800-\uffff]/g;

/** Moves surrogates behind U+E000–U+FFFF so that code units sort as code points do, and escapes NUL. */
function encodeString(text: string): string {
  return `${text.replace(special, escapeUnit)}${END}${END}`;
}

function escapeUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code === 0) return '\u0000\u0001';
  return String.fromCharCode(code >= 0xe000 ? code - 0x800 : code + 0x2000);
}

const view = new DataView(new ArrayBuffer(8));

function encodeDouble(value: number): string {
  view.setFloat64(0, value === 0 ? 0 : value);
  const units = [view.getUint16(0), view.getUint16(2), view.getUint16(4), view.getUint16(6)];
  const negative = (units[0] ?? 0) >= 0x8000;
  if (Number.isNaN(value)) return '\u0000\u0000\u0000\u0000';
  if (!negative) units[0] = (units[0] ?? 0) + 0x8000;
  return String.fromCharCode(...(negative ? units.map((unit) => 0xffff - unit) : units));
}

/** A Long may differ from its nearest double by at most 512; the last unit holds that difference. */
function encodeNumber(value: NumberValue): string {
  const nearest = toNumber(value);
  const residual = value instanceof Long ? Number(value.toBigInt() - BigInt(nearest)) : 0;
  return encodeDouble(nearest) + String.fromCharCode(0x8000 + residual);
}
