import { BSONRegExp } from 'bson';
import { type Document, isDocument } from '../values/document.ts';
import { splitPath, valueAt } from '../values/paths.ts';
import { compileFilter, type FilterContext } from './filter.ts';
import { isOperatorDocument } from './operation.ts';

const negations = new Set(['$ne', '$nin', '$not', '$exists', '$size']);

/**
 * The position that `$` stands for: the first element of the array at `path` that meets the filter's last condition
 * on that array. Undefined when no condition names the array.
 */
export function firstMatchingIndex(
  filter: Document,
  document: Document,
  { path, context }: { path: string; context: FilterContext },
): number | undefined {
  const array = valueAt(document, splitPath(path));
  if (!Array.isArray(array)) return undefined;
  let found: number | undefined;
  for (const [name, condition] of conjuncts(filter)) {
    if (name !== path && !name.startsWith(`${path}.`)) continue;
    const field = name === path ? 'array' : `array.${name.slice(path.length + 1)}`;
    const test = compileFilter({ [field]: condition }, context);
    const index = array.findIndex((item) => test({ array: [item] }));
    if (index >= 0) found = index;
  }
  return found;
}

function conjuncts(filter: Document): [string, unknown][] {
  return Object.entries(filter).flatMap(([name, condition]): [string, unknown][] => {
    if (name === '$and' && Array.isArray(condition))
      return condition.flatMap((part) => (isDocument(part) ? conjuncts(part) : []));
    if (name === '$or' && Array.isArray(condition) && condition.length === 1)
      return condition.flatMap((part) => (isDocument(part) ? conjuncts(part) : []));
    return name.startsWith('$') || !positive(condition) ? [] : [[name, condition]];
  });
}

const positive = (condition: unknown): boolean =>
  condition instanceof BSONRegExp ||
  !isOperatorDocument(condition) ||
  !Object.keys(condition).every((operator) => negations.has(operator));
