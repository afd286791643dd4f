import type { Collection } from '../store/collection.ts';
import type { IndexTree } from '../store/index-tree.ts';
import { beginningWith, type KeyRange } from '../store/sorted-entries.ts';
import type { Document } from '../values/document.ts';
import { AFTER } from '../values/keys.ts';
import { kindOf, kindRank } from '../values/kinds.ts';
import { boundsOf, type FieldBounds } from './bounds.ts';
import { impliesPartial } from './partial.ts';

/** How the candidates of a filter are found; the filter itself is still applied to each. */
export interface Plan {
  index: IndexTree | undefined;
  ranges: KeyRange[];
  backwards: boolean;
  /** Candidates come in the order that was asked for. */
  sorted: boolean;
  /** How many candidates there are at most. */
  candidates: number;
}

export interface Wanted {
  filter: Document;
  sort?: Document | undefined;
  limit?: number | undefined;
  /** Strings compare by a collation, which no index knows. */
  collated?: boolean | undefined;
}

const MAX_POINTS = 2000;

/** Chooses the cheapest of the usable indexes, or the scan of the whole collection. */
export function plan(collection: Collection, wanted: Wanted): Plan {
  const size = collection.records.size;
  const scan: Plan = {
    index: undefined,
    ranges: [],
    backwards: false,
    sorted: !hasSort(wanted),
    candidates: size,
  };
  if (wanted.collated) return scan;
  const bounds = boundsOf(wanted.filter);
  let best = scan;
  for (const index of collection.indexes.values()) {
    const candidate = planIndex(index, bounds, wanted);
    if (candidate && cost(candidate, wanted) < cost(best, wanted)) best = candidate;
  }
  return best;
}

const hasSort = ({ sort }: Wanted): boolean => sort !== undefined && Object.keys(sort).length > 0;

/** Sorting costs about as much again as testing; with a limit an ordered scan is expected to stop early. */
function cost(candidate: Plan, { limit }: Wanted): number {
  const { candidates, sorted, index } = candidate;
  const read = index ? candidates * 1.1 + 1 : candidates;
  if (!sorted) return read * 2 + 2;
  return limit === undefined ? read : Math.min(read, limit + read / 4);
}

function planIndex(index: IndexTree, bounds: Map<string, FieldBounds>, wanted: Wanted): Plan | undefined {
  if (index.positional || index.spec.hidden || !impliesPartial(index.spec.partialFilterExpression, bounds))
    return undefined;
  const { prefixes, fixed, ranges } = keyRanges(index, bounds);
  const order = prefixes.length === 1 ? orderGiven(index, fixed, wanted) : undefined;
  const narrowed = bounded(index, bounds) || index.spec.partialFilterExpression !== undefined;
  if (!narrowed && (order === undefined || index.spec.sparse)) return undefined;
  if (index.spec.sparse && !excludesMissing(index, bounds)) return undefined;
  const candidates = ranges.reduce((sum, range) => sum + index.entries.count(range), 0);
  return {
    index,
    ranges,
    backwards: order === 'backwards',
    sorted: !hasSort(wanted) || order !== undefined,
    candidates,
  };
}

function bounded(index: IndexTree, bounds: Map<string, FieldBounds>): boolean {
  const first = bounds.get(index.fields[0]?.name ?? '');
  return first !== undefined && (first.points ?? first.lower ?? first.upper) !== undefined;
}

/** A sparse index lacks documents without any of its fields, so one field must be known to be there. */
const excludesMissing = (index: IndexTree, bounds: Map<string, FieldBounds>): boolean =>
  index.fields.some((field) => {
    const found = bounds.get(field.name);
    return found?.points
      ? !found.points.includes(null)
      : found?.lower !== undefined || found?.upper !== undefined;
  });

function keyRanges(
  index: IndexTree,
  bounds: Map<string, FieldBounds>,
): { prefixes: string[]; fixed: number; ranges: KeyRange[] } {
  let prefixes = [''];
  for (const [at, field] of index.fields.entries()) {
    if (sharesArray(index, at)) return { prefixes, fixed: at, ranges: prefixes.map(beginningWith) };
    const found = bounds.get(field.name);
    const points = found?.points;
    if (points === undefined || points.length * prefixes.length > MAX_POINTS) {
      const ranges = found
        ? prefixes.map((prefix) => rangeOf(index, at, { prefix, bounds: found }))
        : prefixes.map(beginningWith);
      return { prefixes, fixed: at, ranges };
    }
    const keys = [...new Set(points.map((point) => index.encodeField(point, at)))];
    prefixes = prefixes.flatMap((prefix) => keys.map((key) => prefix + key));
  }
  return { prefixes, fixed: index.fields.length, ranges: prefixes.map(beginningWith) };
}

/** Two fields of one array may be met by different elements, so the second one cannot narrow what the first one found. */
const sharesArray = ({ multikey, fields }: IndexTree, at: number): boolean =>
  multikey && fields.slice(0, at).some(({ path }) => path[0] === fields[at]?.path[0]);

/** In a multikey index the two bounds may be met by different elements, so only one of them narrows the range. */
function rangeOf(
  index: IndexTree,
  at: number,
  { prefix, bounds }: { prefix: string; bounds: FieldBounds },
): KeyRange {
  const { lower } = bounds;
  const upper = index.multikey && lower ? undefined : bounds.upper;
  const bracket = lower ?? upper;
  if (!bracket) return beginningWith(prefix);
  const rank = kindRank[kindOf(bracket.value)];
  const low = lower ? index.encodeField(lower.value, at) : undefined;
  const high = upper ? index.encodeField(upper.value, at) : undefined;
  if (index.fields[at]?.descending) {
    return {
      from: prefix + (high ?? String.fromCharCode(0xffff - rank)),
      to: prefix + (low ?? String.fromCharCode(0xffff - rank)) + AFTER,
    };
  }
  return {
    from: prefix + (low ?? String.fromCharCode(rank)),
    to: prefix + (high ?? String.fromCharCode(rank)) + AFTER,
  };
}

/** Whether the index, its first `fixed` fields being equal, yields the wanted sort order. */
function orderGiven(index: IndexTree, fixed: number, { sort }: Wanted): 'forwards' | 'backwards' | undefined {
  const wanted = Object.entries(sort ?? {});
  if (index.multikey || wanted.length === 0) return undefined;
  const constant = new Set(index.fields.slice(0, fixed).map((field) => field.name));
  const open = wanted.filter(([name]) => !constant.has(name));
  const fields = index.fields.slice(fixed);
  const turns = open.map(([name, direction], i) => {
    const field = fields[i];
    return field?.name === name ? Number(direction) < 0 !== field.descending : undefined;
  });
  if (turns.includes(undefined) || new Set(turns).size > 1) return undefined;
  return turns[0] ? 'backwards' : 'forwards';
}
