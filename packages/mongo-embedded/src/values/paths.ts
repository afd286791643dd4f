import { CommandError } from '../errors.ts';
import { type Document, fieldOf, isDocument } from './document.ts';

export const isIndex = (part: string | undefined): part is string =>
  part !== undefined && /^(0|[1-9]\d*)$/.test(part);

export const splitPath = (path: string): string[] => path.split('.');

/** The values of an indexed or sorted field list in one document: one tuple per array element. */
export type Tuple = unknown[];

interface Place {
  value: unknown;
  rest: string[];
}

/**
 * One tuple per key that MongoDB would index. Missing is null, an empty array is undefined (sorts below null).
 * @throws CommandError 171 when two fields of the list lie in different arrays.
 */
export function tuplesOf(document: Document, paths: readonly string[][]): Tuple[] {
  return expand(paths.map((rest) => ({ value: document, rest })));
}

function expand(places: Place[]): Tuple[] {
  const reached = places.map(descend);
  const arrays = new Set(reached.filter((place) => Array.isArray(place.value)).map((place) => place.value));
  if (arrays.size === 0) return [reached.map((place) => place.value ?? null)];
  if (arrays.size > 1) throw new CommandError(171, 'cannot index parallel arrays');
  const [array] = arrays;
  return Array.isArray(array) ? expandArray(reached, array) : [];
}

function expandArray(places: Place[], array: unknown[]): Tuple[] {
  if (array.length === 0) {
    return [
      places.map((p) => (p.value === array ? (p.rest.length === 0 ? undefined : null) : (p.value ?? null))),
    ];
  }
  const deeper = places.some((place) => place.value === array && place.rest.length > 0);
  return array.flatMap((item) => {
    const next = places.map((place) => (place.value === array ? step(place, item) : place));
    return deeper ? expandItem(next, item) : [next.map((place) => place.value ?? null)];
  });
}

/** Fields that index the element itself stay as they are, even when the element is an array. */
function expandItem(places: Place[], item: unknown): Tuple[] {
  if (isDocument(item)) return expand(places);
  return [places.map((place) => place.value ?? null)];
}

function step(place: Place, item: unknown): Place {
  if (place.rest.length === 0 || isDocument(item)) return { value: item, rest: place.rest };
  return { value: undefined, rest: [] };
}

function descend(place: Place): Place {
  let { value, rest } = place;
  while (rest.length > 0) {
    const [part = '', ...next] = rest;
    if (isDocument(value)) value = fieldOf(value, part);
    else if (Array.isArray(value) && isIndex(part)) value = value[Number(part)];
    else return { value: Array.isArray(value) ? value : undefined, rest: Array.isArray(value) ? rest : [] };
    rest = next;
  }
  return { value, rest };
}

/**
 * Whether any value the path leads to passes the test, arrays in the path included. A missing field is tested as
 * undefined. With `leaf: 'items'` the last array's elements are tested, and the array itself.
 */
export function someAt(
  container: Document,
  path: readonly string[],
  options: { leaf: 'items' | 'whole'; test: (value: unknown) => boolean },
): boolean {
  const { leaf, test } = options;
  const atLeaf = (value: unknown): boolean =>
    leaf === 'items' && Array.isArray(value) ? value.some(test) || test(value) : test(value);
  const at = (value: unknown, depth: number): boolean => {
    if (depth === path.length) return atLeaf(value);
    if (isDocument(value)) return at(fieldOf(value, path[depth] ?? ''), depth + 1);
    return Array.isArray(value) ? inArray(value, depth) : test(undefined);
  };
  const inArray = (array: unknown[], depth: number): boolean => {
    const part = path[depth];
    if (isIndex(part) && at(array[Number(part)], depth + 1)) return true;
    return array.some((item) => isDocument(item) && at(item, depth));
  };
  return at(container, 0);
}

/** The plain value at a path of field names and array positions; undefined when there is none. */
export function valueAt(container: unknown, path: readonly string[]): unknown {
  let value = container;
  for (const part of path) {
    if (isDocument(value)) value = fieldOf(value, part);
    else if (Array.isArray(value) && isIndex(part)) value = value[Number(part)];
    else return undefined;
  }
  return value;
}
