import { badValue, CommandError, notSupported } from '../errors.ts';
import { type Document, isDocument } from '../values/document.ts';
import { encodeKey, invertKey } from '../values/keys.ts';
import { isNumberValue } from '../values/kinds.ts';
import { toNumber } from '../values/numbers.ts';
import { compareValues, type StringOrder } from '../values/order.ts';
import { splitPath, type Tuple, tuplesOf } from '../values/paths.ts';

export type SortSpec = Record<string, 1 | -1>;

interface SortField {
  path: string[];
  descending: boolean;
}

/** @throws CommandError 2 or 15975 for directions other than 1 and -1. */
export function checkSort(sort: unknown): SortSpec | undefined {
  if (sort === undefined) return undefined;
  if (!isDocument(sort)) throw new CommandError(14, 'Expected field sort to be of type object');
  const entries = Object.entries(sort).map(([field, direction]): [string, 1 | -1] => {
    if (isDocument(direction)) throw notSupported('sorting by $meta');
    const sign = isNumberValue(direction) ? toNumber(direction) : 0;
    if (sign !== 1 && sign !== -1)
      throw new CommandError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    if (field === '' || field.split('.').includes(''))
      throw badValue('FieldPath field names may not be empty strings.');
    return [field, sign];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** A stably sorted copy. `$natural` keeps or reverses the order given. */
export function sortDocuments(
  documents: Document[],
  sort: SortSpec | undefined,
  strings?: StringOrder,
): Document[] {
  if (!sort) return documents;
  if ('$natural' in sort) return sort.$natural < 0 ? documents.toReversed() : documents;
  const fields = Object.entries(sort).map(([name, direction]) => ({
    path: splitPath(name),
    descending: direction < 0,
  }));
  return strings ? sortCollated(documents, fields, strings) : sortByKey(documents, fields);
}

function sortByKey(documents: Document[], fields: SortField[]): Document[] {
  const paths = fields.map((field) => field.path);
  const rows = documents.map((document) => ({ document, key: leastKey(tuplesOf(document, paths), fields) }));
  rows.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return rows.map((row) => row.document);
}

function leastKey(tuples: Tuple[], fields: SortField[]): string {
  const keys = tuples.map((tuple) =>
    tuple
      .map((value, i) => (fields[i]?.descending ? invertKey(encodeKey(value)) : encodeKey(value)))
      .join(''),
  );
  return keys.toSorted()[0] ?? '';
}

function sortCollated(documents: Document[], fields: SortField[], strings: StringOrder): Document[] {
  const paths = fields.map((field) => field.path);
  const compare = (a: Tuple, b: Tuple): number => {
    for (const [i, field] of fields.entries()) {
      const order = compareValues(a[i], b[i], strings);
      if (order !== 0) return field.descending ? -order : order;
    }
    return 0;
  };
  const rows = documents.map((document) => {
    const tuples = tuplesOf(document, paths);
    return { document, least: tuples.reduce((least, tuple) => (compare(tuple, least) < 0 ? tuple : least)) };
  });
  return rows.sort((a, b) => compare(a.least, b.least)).map((row) => row.document);
}

/** An array sorted by its values (1 or -1) or by fields of its documents. */
export function sortItems(items: unknown[], by: unknown): unknown[] {
  if (isNumberValue(by)) {
    const direction = toNumber(by);
    if (direction !== 1 && direction !== -1) throw badValue('The $sort element value must be either 1 or -1');
    return items.toSorted((a, b) => compareValues(a, b) * direction);
  }
  const sort = checkSort(by);
  if (!sort) throw badValue('The $sort pattern is empty when it should be a set of fields.');
  const originals = new Map(
    items.map((item): [Document, unknown] => [isDocument(item) ? { ...item } : {}, item]),
  );
  return sortDocuments([...originals.keys()], sort).map((copy) => originals.get(copy));
}
