import { badValue, CommandError } from '../errors.ts';
import { compileFilter, type FilterContext } from '../query/filter.ts';
import { firstMatchingIndex } from '../query/position.ts';
import { type Document, fieldOf, isDocument } from '../values/document.ts';
import { typeName } from '../values/kinds.ts';
import { isIndex, valueAt } from '../values/paths.ts';

/** What positional parts of a path are resolved by. */
export interface Positions {
  filter: Document;
  arrayFilters: ReadonlyMap<string, (item: unknown) => boolean>;
  context: FilterContext;
}

const MAX_PADDING = 1_500_000;

/** @throws CommandError for fields MongoDB would not let an update name. */
export function checkPath(path: string): string[] {
  if (path === '') throw new CommandError(56, 'An empty update path is not valid.');
  const parts = path.split('.');
  if (parts.includes(''))
    throw new CommandError(
      56,
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  if (parts.includes('__proto__'))
    throw badValue(`The field name '__proto__' in '${path}' is not supported by this server`);
  const first = parts[0] ?? '';
  if (first.startsWith('$') && !first.startsWith('$['))
    throw new CommandError(
      52,
      `The dollar ($) prefixed field '${first}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  if (first === '$' || first.startsWith('$['))
    throw badValue(`Cannot have positional (i.e. '$') element in the first position in path '${path}'`);
  return parts;
}

/** The concrete paths that `$`, `$[]` and `$[name]` stand for in this document. */
export function concretePaths(
  document: Document,
  parts: readonly string[],
  positions: Positions,
): string[][] {
  const at = parts.findIndex((part) => part.startsWith('$'));
  if (at < 0) return [[...parts]];
  const before = parts.slice(0, at);
  const indexes = indexesFor(document, { before, part: parts[at] ?? '' }, positions);
  return indexes.flatMap((index) =>
    concretePaths(document, [...before, String(index), ...parts.slice(at + 1)], positions),
  );
}

function indexesFor(
  document: Document,
  { before, part }: { before: string[]; part: string },
  positions: Positions,
): number[] {
  if (part === '$') {
    const { filter, context } = positions;
    const index = firstMatchingIndex(filter, document, { path: before.join('.'), context });
    if (index === undefined)
      throw badValue('The positional operator did not find the match needed from the query.');
    return [index];
  }
  const array = valueAt(document, before);
  if (array === undefined)
    throw badValue(
      `The path '${before.join('.')}' must exist in the document in order to apply array updates.`,
    );
  if (!Array.isArray(array))
    throw badValue(`Cannot apply array updates to non-array element ${before.at(-1)}: ${typeName(array)}`);
  if (part === '$[]') return [...array.keys()];
  const name = part.slice(2, -1);
  const matches = positions.arrayFilters.get(name);
  if (!part.startsWith('$[') || !matches)
    throw badValue(`No array filter found for identifier '${name}' in path '${before.join('.')}.${part}'`);
  return [...array.keys()].filter((i) => matches(array[i]));
}

/** @throws CommandError 9 for filters that name no or several identifiers, or one twice. */
export function compileArrayFilters(
  filters: readonly Document[],
  context: FilterContext,
): Map<string, (item: unknown) => boolean> {
  const compiled = new Map<string, (item: unknown) => boolean>();
  for (const filter of filters) {
    const names = new Set(identifiers(filter));
    const [name] = names;
    if (name === undefined || names.size > 1)
      throw new CommandError(
        9,
        `Error parsing array filter :: caused by :: Expected a single top-level field name`,
      );
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw badValue(
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    if (compiled.has(name))
      throw new CommandError(9, `Found multiple array filters with the same top-level field name ${name}`);
    const test = compileFilter(filter, context);
    compiled.set(name, (item) => test({ [name]: Array.isArray(item) ? [item] : item }));
  }
  return compiled;
}

function identifiers(filter: Document): string[] {
  return Object.entries(filter).flatMap(([name, value]) => {
    if (!name.startsWith('$')) return [name.split('.')[0] ?? ''];
    return Array.isArray(value) ? value.flatMap((part) => (isDocument(part) ? identifiers(part) : [])) : [];
  });
}

/** A place in a document under change: its container and its name or position there. */
export interface Slot {
  read: () => unknown;
  write: (value: unknown) => void;
  remove: () => void;
}

/** The place at a concrete path; undefined when it does not exist and may not be created. */
export function slotAt(
  document: Document,
  path: readonly string[],
  { create }: { create: boolean },
): Slot | undefined {
  let container: unknown = document;
  for (const [depth, part] of path.slice(0, -1).entries()) {
    let next = isDocument(container) ? fieldOf(container, part) : itemOf(container, part);
    if (next === undefined) {
      if (!create) return undefined;
      next = {};
      slotIn(container, part, path.slice(0, depth))?.write(next);
    }
    container = next;
  }
  if (!create && !isDocument(container) && !(Array.isArray(container) && isIndex(path.at(-1))))
    return undefined;
  return slotIn(container, path.at(-1) ?? '', path.slice(0, -1));
}

const itemOf = (container: unknown, part: string): unknown =>
  Array.isArray(container) && isIndex(part) ? container[Number(part)] : undefined;

function slotIn(container: unknown, name: string, path: readonly string[]): Slot {
  if (isDocument(container)) {
    return {
      read: () => fieldOf(container, name),
      write: (value) => {
        container[name] = value;
      },
      remove: () => {
        delete container[name];
      },
    };
  }
  if (Array.isArray(container) && isIndex(name)) return itemSlot(container, Number(name));
  throw new CommandError(
    28,
    `Cannot create field '${name}' in element {${path.at(-1) ?? ''}: ${JSON.stringify(container)}}`,
  );
}

function itemSlot(array: unknown[], index: number): Slot {
  return {
    read: () => array[index],
    write: (value) => {
      if (index > array.length + MAX_PADDING)
        throw badValue(`can't backfill more than ${MAX_PADDING} elements`);
      while (array.length < index) array.push(null);
      array[index] = value;
    },
    remove: () => {
      if (index < array.length) array[index] = null;
    },
  };
}
