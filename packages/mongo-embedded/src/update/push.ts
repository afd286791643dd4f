import { badValue, typeMismatch } from '../errors.ts';
import { sortItems } from '../query/sort.ts';
import { type Document, isDocument } from '../values/document.ts';
import { isNumberValue, typeName } from '../values/kinds.ts';
import { toNumber } from '../values/numbers.ts';
import type { Change } from './change.ts';

const clauses = new Set(['$each', '$slice', '$position', '$sort']);

export function push({ slot, path, operand, document }: Change): void {
  const stored = slot.read();
  const old = stored === undefined ? [] : stored;
  if (!Array.isArray(old)) {
    throw badValue(
      `The field '${path}' must be an array but is of type ${typeName(old)} in document {_id: ${JSON.stringify(document._id)}}`,
    );
  }
  if (!isDocument(operand) || !('$each' in operand)) slot.write([...old, operand]);
  else slot.write(pushEach(old, operand));
}

function pushEach(old: unknown[], operand: Document): unknown[] {
  const { $each: items, $position: position, $sort: sort, $slice: slice } = operand;
  for (const name of Object.keys(operand)) {
    if (!clauses.has(name)) throw badValue(`Unrecognized clause in $push: ${name}`);
  }
  if (!Array.isArray(items))
    throw typeMismatch(
      `The argument to $each in $push must be an array but it was of type: ${typeName(items)}`,
    );
  const at = position === undefined ? old.length : integer('$position', position);
  const array = old.toSpliced(at, 0, ...items);
  const sorted = sort === undefined ? array : sortItems(array, sort);
  return slice === undefined ? sorted : limited(sorted, integer('$slice', slice));
}

function integer(name: string, value: unknown): number {
  if (isNumberValue(value) && Number.isInteger(toNumber(value))) return toNumber(value);
  throw badValue(`The value for ${name} must be an integer value but was given type: ${typeName(value)}`);
}

const limited = (array: unknown[], slice: number): unknown[] =>
  slice >= 0 ? array.slice(0, slice) : array.slice(slice);
