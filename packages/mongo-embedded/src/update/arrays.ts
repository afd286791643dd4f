import { BSONRegExp } from 'bson';
import { badValue, CommandError, typeMismatch } from '../errors.ts';
import { elementTest } from '../query/arrays.ts';
import { equals } from '../query/comparison.ts';
import { compilerFor } from '../query/filter.ts';
import { isOperatorDocument } from '../query/operation.ts';
import { isDocument } from '../values/document.ts';
import { isNumberValue, typeName } from '../values/kinds.ts';
import { toNumber } from '../values/numbers.ts';
import { equalValues } from '../values/order.ts';
import type { Change } from './change.ts';

export function addToSet({ slot, path, operand }: Change): void {
  const stored = slot.read();
  const old = stored === undefined ? [] : stored;
  if (!Array.isArray(old)) {
    throw badValue(
      `Cannot apply $addToSet to non-array field. Field named '${path}' has non-array type ${typeName(old)}`,
    );
  }
  const array = [...old];
  for (const item of itemsToAdd(operand)) {
    if (!array.some((member) => equalValues(member, item))) array.push(item);
  }
  if (array.length > old.length || stored === undefined) slot.write(array);
}

function itemsToAdd(operand: unknown): unknown[] {
  if (!isDocument(operand) || Object.keys(operand)[0] !== '$each') return [operand];
  if (Object.keys(operand).length > 1) throw badValue(`Found unexpected fields after $each in $addToSet`);
  if (!Array.isArray(operand.$each))
    throw typeMismatch(
      `The argument to $each in $addToSet must be an array but it was of type ${typeName(operand.$each)}`,
    );
  return operand.$each;
}

export function pop({ slot, path, operand }: Change): void {
  const end = isNumberValue(operand) ? toNumber(operand) : undefined;
  if (end !== 1 && end !== -1) throw new CommandError(9, `$pop expects 1 or -1, found: ${String(operand)}`);
  const old = slot.read();
  if (old === undefined) return;
  if (!Array.isArray(old))
    throw typeMismatch(`Path '${path}' contains an element of non-array type '${typeName(old)}'`);
  slot.write(end === 1 ? old.slice(0, -1) : old.slice(1));
}

export function pull({ slot, operand, context }: Change): void {
  const old = slot.read();
  if (old === undefined) return;
  if (!Array.isArray(old)) throw badValue('Cannot apply $pull to a non-array value');
  const condition = isDocument(operand) || operand instanceof BSONRegExp;
  const matches = condition ? pullTest(operand, context) : (item: unknown) => equalValues(item, operand);
  const kept = old.filter((item: unknown) => !matches(item));
  if (kept.length < old.length) slot.write(kept);
}

function pullTest(operand: unknown, context: Change['context']): (item: unknown) => boolean {
  if (operand instanceof BSONRegExp) return equals(operand);
  if (isOperatorDocument(operand)) return elementTest(operand, compilerFor(context));
  const test = elementTest(operand, compilerFor(context));
  return (item) => isDocument(item) && test(item);
}

export function pullAll({ slot, operand }: Change): void {
  if (!Array.isArray(operand))
    throw badValue(`$pullAll requires an array argument but was given a ${typeName(operand)}`);
  const old = slot.read();
  if (old === undefined) return;
  if (!Array.isArray(old)) throw badValue('Cannot apply $pull to a non-array value');
  const kept = old.filter((item: unknown) => !operand.some((unwanted) => equalValues(item, unwanted)));
  if (kept.length < old.length) slot.write(kept);
}
