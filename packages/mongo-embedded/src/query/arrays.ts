import { badValue } from '../errors.ts';
import { isDocument } from '../values/document.ts';
import { isNumberValue } from '../values/kinds.ts';
import { toNumber } from '../values/numbers.ts';
import { someAt } from '../values/paths.ts';
import { equals } from './comparison.ts';
import { type Compile, isOperatorDocument, type Operation, type Test } from './operation.ts';

export function compileSize({ path, operand }: Operation): Test {
  const size = isNumberValue(operand) ? toNumber(operand) : Number.NaN;
  if (!Number.isInteger(size)) throw badValue(`Failed to parse $size. Expected an integer in: $size`);
  if (size < 0) throw badValue(`Failed to parse $size. Expected a non-negative number in: $size: ${size}`);
  const test = (value: unknown) => Array.isArray(value) && value.length === size;
  return (document) => someAt(document, path, { leaf: 'whole', test });
}

export function compileAll({ operand, ...field }: Operation): Test {
  if (!Array.isArray(operand)) throw badValue('$all needs an array');
  const tests = operand.map((item: unknown): Test => {
    if (isDocument(item) && '$elemMatch' in item) {
      return compileElementMatch({ ...field, operand: item.$elemMatch });
    }
    if (isOperatorDocument(item)) throw badValue('no $ expressions in $all');
    const test = equals(item, field.strings);
    return (document) => someAt(document, field.path, { leaf: 'items', test });
  });
  return (document) => tests.length > 0 && tests.every((test) => test(document));
}

export function compileElementMatch({ path, operand, compile }: Operation): Test {
  if (!isDocument(operand)) throw badValue('$elemMatch needs an Object');
  const matches = elementTest(operand, compile);
  const test = (value: unknown) => Array.isArray(value) && value.some(matches);
  return (document) => someAt(document, path, { leaf: 'whole', test });
}

const aboutArrays = new Set(['$size', '$elemMatch', '$all']);
const logical = new Set(['$and', '$or', '$nor', '$expr', '$where', '$comment']);

/** A test for one array element, by its own value (`$elemMatch: { $gt: 1 }`) or by its fields. */
export function elementTest(condition: unknown, compile: Compile): (item: unknown) => boolean {
  const first = isDocument(condition) ? Object.keys(condition)[0] : undefined;
  if (isOperatorDocument(condition) && first !== undefined && !logical.has(first)) {
    const test = compile({ item: condition });
    const whole = aboutArrays.has(first);
    return (item) => test(Array.isArray(item) && !whole ? { item: [item] } : { item });
  }
  const test = compile(isDocument(condition) ? condition : {});
  return (item) => (isDocument(item) ? test(item) : Array.isArray(item) && test({ ...item }));
}
