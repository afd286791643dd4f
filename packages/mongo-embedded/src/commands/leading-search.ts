import { type Document, isDocument } from '../values/document.ts';

/** `$match`, `$sort` and `$limit` at the beginning, as one search. */
export function leadingSearch(pipeline: Document[]): {
  wanted: { filter: Document; sort?: Document; limit?: number };
  used: number;
} {
  let used = 0;
  const wanted: { filter: Document; sort?: Document; limit?: number } = { filter: {} };
  const match = pipeline[used]?.$match;
  if (isDocument(match)) {
    wanted.filter = match;
    used++;
  }
  const sort = pipeline[used]?.$sort;
  if (isDocument(sort) && Object.keys(sort).length > 0) {
    wanted.sort = sort;
    used++;
  }
  const limit = pipeline[used]?.$limit;
  if (typeof limit === 'number' && Number.isInteger(limit) && limit > 0) {
    wanted.limit = limit;
    used++;
  }
  return { wanted, used };
}
