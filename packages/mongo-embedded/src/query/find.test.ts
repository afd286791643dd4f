import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Collection } from '../store/collection.ts';
import { parseIndexSpec } from '../store/index-spec.ts';
import type { Document } from '../values/document.ts';
import { search } from './find.ts';

const value = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.constantFrom<unknown>('a', 'b', null, true, [], [1], [3, 1], ['a', 2], { c: 1 }),
);
const single = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom<unknown>('a', null, true, { c: 1 }));
const document = fc.record(
  {
    a: value,
    b: single,
    items: fc.array(fc.record({ s: value, q: single }, { requiredKeys: [] }), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);
const scalar = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom<unknown>('a', null, true));
const condition = fc.oneof(
  scalar,
  scalar.map((v) => ({ $eq: v })),
  fc.array(scalar, { minLength: 1, maxLength: 3 }).map((v) => ({ $in: v })),
  fc.tuple(fc.constantFrom('$gt', '$gte'), scalar).map(([op, v]) => ({ [op]: v })),
  fc.tuple(fc.constantFrom('$lt', '$lte'), scalar).map(([op, v]) => ({ [op]: v })),
  fc
    .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }))
    .map(([a, b]) => ({ $gte: a, $lte: b })),
  scalar.map((v) => ({ $ne: v })),
  fc.constantFrom({ $exists: true }, { $exists: false }),
);
const field = fc.constantFrom('a', 'b', 'items.s', 'items.q', 'items.0.s');
const filter = fc.dictionary(field, condition, { maxKeys: 3, noNullPrototype: true });
const sort = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom(1, -1), {
  maxKeys: 2,
  noNullPrototype: true,
});

const indexes = [
  { key: { a: 1 }, name: 'a' },
  { key: { b: -1, a: 1 }, name: 'ba' },
  { key: { a: 1, b: -1 }, name: 'ab', sparse: true },
  { key: { 'items.s': 1, 'items.q': -1 }, name: 'items' },
  { key: { b: 1 }, name: 'partial', partialFilterExpression: { a: { $exists: true } } },
  { key: { a: -1 }, name: 'range', partialFilterExpression: { a: { $gt: 1 } } },
];

function collectionOf(documents: readonly Document[], specs: readonly Document[]): Collection {
  const collection = new Collection({ database: 'd', name: 'c', number: 1 }, () => undefined);
  for (const spec of specs) collection.addIndex(parseIndexSpec(spec));
  for (const [_id, one] of documents.entries()) collection.insert({ _id, ...one });
  return collection;
}

const ids = (documents: Document[]): number[] => documents.map((one) => Number(one._id));

describe('a search', () => {
  it('finds by two fields of an array what different elements meet', () => {
    const indexed = collectionOf(
      [{ items: [{ s: 'a' }, { q: 1 }] }, { items: [{}, { s: 'a', q: true }] }],
      indexes,
    );
    expect(ids(search(indexed, { filter: { 'items.s': 'a', 'items.q': 1 } }, {}))).toEqual([0]);
    expect(ids(search(indexed, { filter: { 'items.s': null, 'items.q': { $lte: true } } }, {}))).toEqual([1]);
  });

  it('finds the same documents with indexes as without', () => {
    fc.assert(
      fc.property(
        fc.array(document, { maxLength: 30 }),
        fc.array(filter, { maxLength: 8 }),
        (documents, filters) => {
          const indexed = collectionOf(documents, indexes);
          const plain = collectionOf(documents, []);
          for (const one of filters) {
            const found = ids(search(indexed, { filter: one }, {})).sort((a, b) => a - b);
            expect(found).toEqual(ids(search(plain, { filter: one }, {})));
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('keeps the asked order and limit, whichever index is used', () => {
    fc.assert(
      fc.property(
        fc.array(document, { maxLength: 30 }),
        filter,
        sort,
        fc.nat(10),
        (documents, one, order, limit) => {
          const wanted = {
            filter: one,
            sort: { ...order, _id: 1 },
            limit: limit || undefined,
            skip: limit % 3,
          };
          const indexed = search(collectionOf(documents, indexes), wanted, {});
          expect(ids(indexed)).toEqual(ids(search(collectionOf(documents, []), wanted, {})));
        },
      ),
      { numRuns: 150 },
    );
  });
});
