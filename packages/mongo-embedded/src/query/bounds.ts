import { BSONRegExp } from 'bson';
import { type Document, isDocument } from '../values/document.ts';
import { kindOf, kindRank } from '../values/kinds.ts';
import { isOperatorDocument } from './operation.ts';

/** What a filter's conjunction says about one field, as far as an index can use it. */
export interface FieldBounds {
  /** The field equals one of these scalars. */
  points?: unknown[];
  lower?: { value: unknown; inclusive: boolean };
  upper?: { value: unknown; inclusive: boolean };
  /** The raw conditions, for comparing with a partial index's filter. */
  conditions: unknown[];
}

/** The conjunction's bounds by field. Disjunctions and negations give none. */
export function boundsOf(
  filter: Document,
  bounds = new Map<string, FieldBounds>(),
): Map<string, FieldBounds> {
  for (const [name, operand] of Object.entries(filter)) {
    if (name === '$and' && Array.isArray(operand)) {
      for (const part of operand) if (isDocument(part)) boundsOf(part, bounds);
    } else if (!name.startsWith('$')) {
      const field = bounds.get(name) ?? { conditions: [] };
      bounds.set(name, field);
      field.conditions.push(operand);
      narrow(field, operand);
    }
  }
  return bounds;
}

const indexable = (value: unknown): boolean =>
  value !== undefined && !Array.isArray(value) && !(value instanceof BSONRegExp);

function narrow(field: FieldBounds, operand: unknown): void {
  if (operand instanceof BSONRegExp) return;
  if (!isOperatorDocument(operand)) {
    if (indexable(operand)) field.points ??= [operand];
    return;
  }
  for (const [name, value] of Object.entries(operand)) narrowBy(field, name, value);
}

function narrowBy(field: FieldBounds, name: string, value: unknown): void {
  switch (name) {
    case '$eq':
      if (indexable(value)) field.points ??= [value];
      break;
    case '$in':
      if (Array.isArray(value) && value.every(indexable)) field.points ??= value;
      break;
    case '$gt':
    case '$gte':
      if (ordered(value)) field.lower ??= { value, inclusive: name === '$gte' };
      break;
    case '$lt':
    case '$lte':
      if (ordered(value)) field.upper ??= { value, inclusive: name === '$lte' };
      break;
  }
}

/** Kinds that a range operator may be turned into an index range for; MinKey, MaxKey and null compare specially. */
const ordered = (value: unknown): boolean => {
  const rank = kindRank[kindOf(value)];
  return rank >= kindRank.number && rank < kindRank.regex && !Array.isArray(value) && !isDocument(value);
};
