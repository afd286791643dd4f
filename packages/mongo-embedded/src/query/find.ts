import type { Collection } from '../store/collection.ts';
import type { KeyRange } from '../store/sorted-entries.ts';
import type { Document } from '../values/document.ts';
import { compileFilter, type FilterContext, type Test } from './filter.ts';
import { type Plan, plan } from './plan.ts';
import { checkSort, sortDocuments } from './sort.ts';

export interface Search {
  filter: Document;
  sort?: Document | undefined;
  skip?: number | undefined;
  limit?: number | undefined;
}

/** The matching documents in order, as they are stored: they must not be changed. */
export function search(
  collection: Collection | undefined,
  wanted: Search,
  context: FilterContext,
): Document[] {
  const test = compileFilter(wanted.filter, context);
  const sort = checkSort(wanted.sort);
  if (!collection) return [];
  const end = wanted.limit === undefined ? undefined : (wanted.skip ?? 0) + wanted.limit;
  const chosen = plan(collection, {
    filter: wanted.filter,
    sort,
    limit: end,
    collated: context.strings !== undefined,
  });
  const all = Object.keys(wanted.filter).length === 0;
  const matches = take(
    candidates(collection, chosen),
    all ? undefined : test,
    chosen.sorted ? end : undefined,
  );
  const sorted = chosen.sorted ? matches : sortDocuments(matches, sort, context.strings);
  return wanted.skip || end !== undefined ? sorted.slice(wanted.skip ?? 0, end) : sorted;
}

function take(
  source: Iterable<Document>,
  test: Test | undefined,
  enough = Number.POSITIVE_INFINITY,
): Document[] {
  const found: Document[] = [];
  if (enough <= 0) return found;
  for (const document of source) {
    if (test && !test(document)) continue;
    found.push(document);
    if (found.length >= enough) break;
  }
  return found;
}

function candidates(collection: Collection, chosen: Plan): Iterable<Document> {
  return chosen.index ? fromIndex(collection, chosen) : collection.records.values();
}

function* fromIndex(collection: Collection, { index, ranges, backwards }: Plan): Generator<Document> {
  if (!index) return;
  const seen = index.multikey ? new Set<number>() : undefined;
  const scan = (range: KeyRange) =>
    backwards ? index.entries.idsBackwards(range) : index.entries.ids(range);
  for (const range of ranges) {
    for (const id of scan(range)) {
      if (seen?.has(id)) continue;
      seen?.add(id);
      const document = collection.records.get(id);
      if (document) yield document;
    }
  }
}
