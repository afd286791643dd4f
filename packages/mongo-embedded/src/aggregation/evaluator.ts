import { Context, evalExpr, ProcessingMode } from 'mingo/core';
import * as mingoAccumulators from 'mingo/operators/accumulator';
import * as mingoExpressions from 'mingo/operators/expression';
import type { Options } from 'mingo/types';
import type { Document } from '../values/document.ts';
import { checkExpression, withSingleArguments } from './expression-check.ts';
import { ownExpressions, ownReducers } from './operators.ts';
import { plainValue } from './plain-values.ts';

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
    if (typeof expression === 'string')
      return evalExpr(document, expression, rooted.update({ root: document }));
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
    variables: Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, plainValue(value)]),
    ),
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

/** @throws CommandError as createEvaluator, without evaluating. */
export function checked<T>(expression: T): T {
  checkExpression(expression);
  return expression;
}
