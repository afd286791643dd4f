import { BSONRegExp } from 'bson';
import { badValue, notSupported } from '../errors.ts';
import { type Document, isDocument } from '../values/document.ts';
import { someAt, splitPath } from '../values/paths.ts';
import { compileAll, compileElementMatch, compileSize } from './arrays.ts';
import { equals, inList, within } from './comparison.ts';
import type { FilterContext, Test } from './filter.ts';
import { bitsTest, moduloTest, typeTest } from './numeric.ts';
import { regexTest } from './regex.ts';

/** One field's condition inside its operator document: `operand` belongs to one operator of `siblings`. */
export interface Operation {
  path: string[];
  operand: unknown;
  siblings: Document;
  context: FilterContext;
}

type Compiler = (operation: Operation) => Test;

const leaf =
  (build: (operation: Operation) => (value: unknown) => boolean): Compiler =>
  (operation) => {
    const test = build(operation);
    return (document) => someAt(document, operation.path, { leaf: 'items', test });
  };

const not =
  (compile: Compiler): Compiler =>
  (operation) => {
    const test = compile(operation);
    return (document) => !test(document);
  };

const eq = leaf(({ operand, context }) => equals(operand, context.strings));
const isIn = leaf(({ operand, context }) => inList('$in', operand, context.strings));

const operators: Record<string, Compiler> = {
  $eq: eq,
  $ne: not((operation) => {
    if (operation.operand instanceof BSONRegExp) throw badValue("Can't have regex as arg to $ne.");
    return eq(operation);
  }),
  $in: isIn,
  $nin: not(leaf(({ operand, context }) => inList('$nin', operand, context.strings))),
  $gt: leaf(({ operand, context }) => within('$gt', operand, context.strings)),
  $gte: leaf(({ operand, context }) => within('$gte', operand, context.strings)),
  $lt: leaf(({ operand, context }) => within('$lt', operand, context.strings)),
  $lte: leaf(({ operand, context }) => within('$lte', operand, context.strings)),
  $exists: ({ path, operand }) => {
    const wanted = operand !== false && operand !== 0 && operand !== null;
    const test = (value: unknown) => value !== undefined;
    return (document) => someAt(document, path, { leaf: 'whole', test }) === wanted;
  },
  $type: leaf(({ operand }) => typeTest(operand)),
  $mod: leaf(({ operand }) => moduloTest(operand)),
  $regex: leaf(({ operand, siblings }) => regexTest(operand, siblings.$options)),
  $options: ({ siblings }) => {
    if (!('$regex' in siblings)) throw badValue('$options needs a $regex');
    return () => true;
  },
  $size: compileSize,
  $all: compileAll,
  $elemMatch: compileElementMatch,
  $not: not(({ path, operand, context }) => compileNot(path, operand, context)),
  $bitsAllSet: leaf(({ operand }) => bitsTest('$bitsAllSet', operand)),
  $bitsAnySet: leaf(({ operand }) => bitsTest('$bitsAnySet', operand)),
  $bitsAllClear: leaf(({ operand }) => bitsTest('$bitsAllClear', operand)),
  $bitsAnyClear: leaf(({ operand }) => bitsTest('$bitsAnyClear', operand)),
  $comment: () => () => true,
};

const refused = new Set([
  '$near',
  '$nearSphere',
  '$geoWithin',
  '$geoIntersects',
  '$maxDistance',
  '$minDistance',
]);

export const isOperatorDocument = (value: unknown): value is Document =>
  isDocument(value) && Object.keys(value)[0]?.startsWith('$') === true && !isReference(value);

const isReference = (value: Document): boolean => '$ref' in value || '$id' in value;

/** A field and what it must satisfy: a value, a regular expression or a document of operators. */
export function compileCondition(name: string, operand: unknown, context: FilterContext): Test {
  const path = splitPath(name);
  if (!isOperatorDocument(operand)) return eq({ path, operand, siblings: {}, context });
  return compileOperators(path, operand, context);
}

function compileOperators(path: string[], siblings: Document, context: FilterContext): Test {
  const tests = Object.entries(siblings).map(([name, operand]) => {
    const compile = Object.hasOwn(operators, name) ? operators[name] : undefined;
    if (compile) return compile({ path, operand, siblings, context });
    if (refused.has(name)) throw notSupported(name);
    throw badValue(`unknown operator: ${name}`);
  });
  return (document) => tests.every((test) => test(document));
}

function compileNot(path: string[], operand: unknown, context: FilterContext): Test {
  if (operand instanceof BSONRegExp) return eq({ path, operand, siblings: {}, context });
  if (!isDocument(operand)) throw badValue('$not needs a regex or a document');
  if (Object.keys(operand).length === 0) throw badValue('$not cannot be empty');
  return compileOperators(path, operand, context);
}
