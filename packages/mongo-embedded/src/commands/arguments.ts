import { badValue, CommandError, typeMismatch } from '../errors.ts';
import { type Document, isDocument } from '../values/document.ts';
import { isNumberValue, typeName } from '../values/kinds.ts';
import { toNumber } from '../values/numbers.ts';

const wrongType = (name: string, value: unknown, expected: string) =>
  typeMismatch(`BSON field '${name}' is the wrong type '${typeName(value)}', expected type '${expected}'`);

export function optionalDocument(body: Document, name: string): Document | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (isDocument(value)) return value;
  throw wrongType(name, value, 'object');
}

export function documents(body: Document, name: string): Document[] {
  const value = body[name];
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw wrongType(name, value, 'array');
  return value.map((item: unknown) => {
    if (isDocument(item)) return item;
    throw wrongType(`${name}.0`, item, 'object');
  });
}

export function requiredDocuments(body: Document, name: string): Document[] {
  if (body[name] === undefined)
    throw new CommandError(40414, `BSON field '${name}' is missing but a required field`);
  const list = documents(body, name);
  if (list.length === 0)
    throw new CommandError(16, `Write batch sizes must be between 1 and 100000. Got 0 operations.`);
  return list;
}

export function collectionName(body: Document, command: string): string {
  const name = body[command];
  if (typeof name === 'string' && name !== '') return name;
  throw new CommandError(73, `collection name has invalid type ${typeName(name)}`);
}

/** A whole number that is not negative; undefined when the field is absent. */
export function wholeNumber(body: Document, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (!isNumberValue(value)) throw wrongType(name, value, 'number');
  const number = toNumber(value);
  if (!Number.isInteger(number)) throw badValue(`BSON field '${name}' must be a whole number`);
  if (number < 0)
    throw new CommandError(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`);
  return number;
}

export function flag(body: Document, name: string): boolean {
  const value = body[name];
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  if (isNumberValue(value)) return toNumber(value) !== 0;
  throw wrongType(name, value, 'bool');
}
