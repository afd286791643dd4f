import { type Document, isDocument } from '../values/document.ts';
import { equalValues } from '../values/order.ts';
import type { FieldBounds } from './bounds.ts';
import { compileFilter } from './filter.ts';
import { isOperatorDocument } from './operation.ts';

/** Whether every document that meets the bounds is in an index with this partial filter. */
export function impliesPartial(partial: Document | undefined, bounds: Map<string, FieldBounds>): boolean {
  return (
    partial === undefined ||
    Object.entries(partial).every(([name, condition]) => implied(name, condition, bounds))
  );
}

function implied(name: string, condition: unknown, bounds: Map<string, FieldBounds>): boolean {
  if (name === '$and' && Array.isArray(condition)) {
    return condition.every((part) => isDocument(part) && impliesPartial(part, bounds));
  }
  const field = bounds.get(name);
  if (!field || name.startsWith('$')) return false;
  if (field.conditions.some((asked) => sameCondition(asked, condition))) return true;
  if (requiresPresence(condition) && (field.lower ?? field.upper)) return true;
  const points = field.points;
  return points !== undefined && points.length > 0 && points.every((point) => pointMeets(point, condition));
}

/** A document `asked` may hold further operators: each only narrows. */
function sameCondition(asked: unknown, condition: unknown): boolean {
  if (equalValues(asked, condition)) return true;
  if (!isOperatorDocument(asked) || !isOperatorDocument(condition)) return false;
  return Object.entries(condition).every(
    ([operator, operand]) => operator in asked && equalValues(asked[operator], operand),
  );
}

const requiresPresence = (condition: unknown): boolean =>
  isDocument(condition) && Object.keys(condition).length === 1 && condition.$exists === true;

/** A point may be met by one element of an array, so only conditions that one element can meet count. */
function pointMeets(point: unknown, condition: unknown): boolean {
  if (point === null) return false;
  if (isOperatorDocument(condition) && !Object.keys(condition).every((operator) => perElement.has(operator)))
    return false;
  return compileFilter({ value: condition })({ value: point });
}

const perElement = new Set(['$eq', '$in', '$gt', '$gte', '$lt', '$lte', '$exists', '$type']);
