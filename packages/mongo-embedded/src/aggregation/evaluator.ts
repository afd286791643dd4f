import { BSONRegExp, Double, Long, Timestamp } from 'bson';
import { Context, evalExpr, ProcessingMode } from 'mingo/core';
import * as mingoAccumulators from 'mingo/operators/accumulator';
import * as mingoExpressions from 'mingo/operators/expression';
import type { Options } from 'mingo/types';
import { notSupported } from '../errors.ts';
import { compileRegex } from '../query/regex.ts';
import { type Document, isDocument } from '../values/document.ts';
import { checkExpression, withSingleArguments } from './expression-check.ts';
import { ownExpressions, ownReducers } from './operators.ts';

/** Evaluates aggregation expressions; one per command, so that `$$NOW` stands still during it. */
export type Evaluate = (expression: unknown, document: Document) => unknown;

interface Rooted extends Options {
  update: (locals: { root: unknown }) => Options;
}

const isRooted = (options: Options): options is Rooted => 'update' in options;

const context = Context.init({
  accumulator: { ...mingoAccumulators, ...ownReducers },
  expression: { ...mingoExpressions, ...ownExpressions },
});

/**
 * @throws CommandError 168 for expressions MongoDB does not know, 115 for those this server lacks; both when an
 * expression is first evaluated or checked.
 */
export function createEvaluator(variables: Document = {}): Evaluate {
  const checked = new WeakMap<object, unknown>();
  let rooted: Rooted | undefined;
  let last: Document | undefined;
  let input: unknown;
  return (expression, document) => {
    rooted ??= prepare(variables);
    if (document !== last) input = plainValue(document);
    last = document;
    return evalExpr(input, prepared(expression, checked), rooted.update({ root: input }));
  };
}

/** mingo copies its three hundred operators for every evaluation unless it is handed its own prepared options. */
function prepare(variables: Document): Rooted {
  let captured: Options | undefined;
  const capture = (_document: unknown, _operand: unknown, options: Options) => {
    captured = options;
    return null;
  };
  const options: Options = {
    idKey: '_id',
    processingMode: ProcessingMode.CLONE_OFF,
    useStrictMode: false,
    scriptEnabled: false,
    failOnError: true,
    variables,
    context: Context.from(context, Context.init({ expression: { $capture: capture } })),
  };
  evalExpr({}, { $capture: 1 }, options);
  if (captured && isRooted(captured)) return captured;
  throw new Error('this version of mingo does not hand its prepared options to operators');
}

function prepared(expression: unknown, checked: WeakMap<object, unknown>): unknown {
  if (typeof expression !== 'object' || expression === null) return expression;
  const known = checked.get(expression);
  if (known !== undefined) return known;
  checkExpression(expression);
  const plain = plainValue(withSingleArguments(expression));
  checked.set(expression, plain);
  return plain;
}

/** The value with numbers that JavaScript can compute with; the same object when it has no others. */
function plainValue(value: unknown): unknown {
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

/** @throws CommandError as createEvaluator, without evaluating. */
export function checked<T>(expression: T): T {
  checkExpression(expression);
  return expression;
}
