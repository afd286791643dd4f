import { BSONRegExp } from 'bson';
import { badValue, notSupported } from '../errors.ts';
import { type Document, isDocument } from '../values/document.ts';
import { someAt } from '../values/paths.ts';
import { compileAll, compileElementMatch, compileSize } from './arrays.ts';
import { equals, inList, within } from './comparison.ts';
import { bitsTest, moduloTest, typeTest } from './numeric.ts';
import { type Field, isOperatorDocument, type Operation, type Test } from './operation.ts';
import { regexTest } from './regex.ts';

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

const eq = leaf(({ operand, strings }) => equals(operand, strings));
const isIn = leaf(({ operand, strings }) => inList('$in', operand, strings));

const operators: Record<string, Compiler> = {
  $eq: eq,
  $ne: not((operation) => {
    if (operation.operand instanceof BSONRegExp) throw badValue("Can't have regex as arg to $ne.");
    return eq(operation);
  }),
  $in: isIn,
  $nin: not(leaf(({ operand, strings }) => inList('$nin', operand, strings))),
  $gt: leaf(({ operand, strings }) => within('$gt', operand, strings)),
  $gte: leaf(({ operand, strings }) => within('$gte', operand, strings)),
  $lt: leaf(({ operand, strings }) => within('$lt', operand, strings)),
  $lte: leaf(({ operand, strings }) => within('$lte', operand, strings)),
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
  $not: not(({ operand, ...field }) => compileNot(field, operand)),
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

/** What a field must satisfy: a value, a regular expression or a document of operators. */
export function compileCondition(field: Field, operand: unknown): Test {
  if (!isOperatorDocument(operand)) return eq({ ...field, operand, siblings: {} });
  return compileOperators(field, operand);
}

function compileOperators(field: Field, siblings: Document): Test {
  const tests = Object.entries(siblings).map(([name, operand]) => {
    const compile = Object.hasOwn(operators, name) ? operators[name] : undefined;
    if (compile) return compile({ ...field, operand, siblings });
    if (refused.has(name)) throw notSupported(name);
    throw badValue(`unknown operator: ${name}`);
  });
  return (document) => tests.every((test) => test(document));
}

function compileNot(field: Field, operand: unknown): Test {
  if (operand instanceof BSONRegExp) return eq({ ...field, operand, siblings: {} });
  if (!isDocument(operand)) throw badValue('$not needs a regex or a document');
  if (Object.keys(operand).length === 0) throw badValue('$not cannot be empty');
  return compileOperators(field, operand);
}
