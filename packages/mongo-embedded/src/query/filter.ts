import { checkExpression } from '../aggregation/expression-check.ts';
import { badValue, CommandError, notSupported } from '../errors.ts';
import { type Document, isDocument } from '../values/document.ts';
import { isNumberValue } from '../values/kinds.ts';
import { toNumber } from '../values/numbers.ts';
import { splitPath } from '../values/paths.ts';
import { compileCondition } from './condition.ts';
import type { Compile, FilterContext, Test } from './operation.ts';

export type { FilterContext, Test } from './operation.ts';

const refused = new Set([
  '$where',
  '$text',
  '$jsonSchema',
  '$near',
  '$nearSphere',
  '$geoWithin',
  '$geoIntersects',
]);

/**
 * Compiles a query filter.
 * @throws CommandError 2 for unknown operators and malformed operands, 115 for operators this server lacks.
 */
export function compileFilter(filter: Document, context: FilterContext = {}): Test {
  const tests = Object.entries(filter).flatMap(([name, operand]) =>
    name.startsWith('$')
      ? compileTopLevel(name, operand, context)
      : [
          compileCondition(
            { path: splitPath(name), strings: context.strings, compile: compilerFor(context) },
            operand,
          ),
        ],
  );
  const [only] = tests;
  if (tests.length === 1 && only) return only;
  return (document) => tests.every((test) => test(document));
}

/** compileFilter in one context. */
export const compilerFor =
  (context: FilterContext): Compile =>
  (filter) =>
    compileFilter(filter, context);

function compileTopLevel(name: string, operand: unknown, context: FilterContext): Test[] {
  switch (name) {
    case '$and':
      return compileList(name, operand, context);
    case '$or': {
      const tests = compileList(name, operand, context);
      return [(document) => tests.some((test) => test(document))];
    }
    case '$nor': {
      const tests = compileList(name, operand, context);
      return [(document) => !tests.some((test) => test(document))];
    }
    case '$comment':
      return [];
    case '$expr':
      return [compileExpression(operand, context)];
    default:
      if (refused.has(name)) throw notSupported(name);
      throw badValue(
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

function compileList(name: string, operand: unknown, context: FilterContext): Test[] {
  if (!Array.isArray(operand)) throw badValue(`${name} must be an array`);
  if (operand.length === 0) throw badValue(`${name} must be a nonempty array`);
  return operand.map((part: unknown) => {
    if (!isDocument(part)) throw badValue(`${name} argument's entries must be objects`);
    return compileFilter(part, context);
  });
}

function compileExpression(operand: unknown, { evaluate }: FilterContext): Test {
  if (!evaluate) throw new CommandError(224, '$expr is not allowed in this context');
  checkExpression(operand);
  return (document) => isTrue(evaluate(operand, document));
}

/** An expression's truth: everything but false, null, missing and zero. */
export const isTrue = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== false &&
  !(isNumberValue(value) && toNumber(value) === 0);
