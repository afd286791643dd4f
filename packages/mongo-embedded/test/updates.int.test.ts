import { describe, expect, it } from '@jest/globals';
import { failureOf, type Row, useServer } from './server.ts';

const server = useServer();

/** The document after one update. */
async function updated(
  document: Row,
  update: Row | Row[],
  { q = {}, ...options }: { q?: Row } & Row = {},
): Promise<Row> {
  const table = await server.table({ _id: 1, ...document });
  await table.update({ _id: 1, ...q }, update, options);
  const [after = {}] = await table.find();
  const { _id, ...rest } = after;
  return rest;
}

type Case = [name: string, document: Row, update: Row | Row[], expected: Row, options?: { q?: Row } & Row];

const cases: Case[] = [
  ['$set creates a path', { a: 1 }, { $set: { 'b.c': 2 } }, { a: 1, b: { c: 2 } }],
  ['$set pads an array with null', { a: [1] }, { $set: { 'a.3': 4 } }, { a: [1, null, null, 4] }],
  ['$set adds new fields by name', {}, { $set: { b: 1, a: 2 } }, { a: 2, b: 1 }],
  [
    '$unset removes, and leaves null in an array',
    { a: 1, b: [1, 2] },
    { $unset: { a: '', 'b.0': '' } },
    { b: [null, 2] },
  ],
  ['$unset of something missing changes nothing', { a: 1 }, { $unset: { 'x.y': '' } }, { a: 1 }],
  ['$inc and $mul create', { a: 2 }, { $inc: { a: 3, n: 1 }, $mul: { z: 5 } }, { a: 5, n: 1, z: 0 }],
  [
    '$min and $max compare across types',
    { a: 5, b: 5, c: 5 },
    { $min: { a: 3, c: null }, $max: { b: 'x', d: 1 } },
    { a: 3, b: 'x', c: null, d: 1 },
  ],
  [
    '$rename moves',
    { a: { b: 1 }, c: 2 },
    { $rename: { 'a.b': 'd.e', c: 'f', x: 'y' } },
    { a: {}, d: { e: 1 }, f: 2 },
  ],
  ['$bit', { a: 13, b: 1 }, { $bit: { a: { and: 10 }, b: { or: 6 } } }, { a: 8, b: 7 }],
  ['$push appends and creates', { a: [1] }, { $push: { a: 2, b: { c: 1 } } }, { a: [1, 2], b: [{ c: 1 }] }],
  [
    '$push $position and $slice',
    { a: [1, 2, 3] },
    { $push: { a: { $each: [8, 9], $position: 1, $slice: 4 } } },
    { a: [1, 8, 9, 2] },
  ],
  [
    '$push $slice from the end',
    { a: [1, 2] },
    { $push: { a: { $each: [3, 4], $slice: -3 } } },
    { a: [2, 3, 4] },
  ],
  ['$push $slice 0', { a: [1, 2] }, { $push: { a: { $each: [], $slice: 0 } } }, { a: [] }],
  [
    '$push $slice also limits a new array',
    {},
    { $push: { a: { $each: [1, 2, 3], $slice: 2 } } },
    { a: [1, 2] },
  ],
  [
    '$push $sort by a field',
    { a: [{ n: 2, k: 1 }] },
    { $push: { a: { $each: [{ n: 3 }, { n: 1 }], $sort: { n: -1 } } } },
    { a: [{ n: 3 }, { n: 2, k: 1 }, { n: 1 }] },
  ],
  [
    '$push $sort by two fields',
    { a: [] },
    {
      $push: {
        a: {
          $each: [
            { x: 1, y: 1 },
            { x: 0, y: 2 },
            { x: 1, y: 0 },
          ],
          $sort: { x: 1, y: 1 },
        },
      },
    },
    {
      a: [
        { x: 0, y: 2 },
        { x: 1, y: 0 },
        { x: 1, y: 1 },
      ],
    },
  ],
  [
    '$push $sort of values',
    { a: [3, 'x', 1] },
    { $push: { a: { $each: [null], $sort: 1 } } },
    { a: [null, 1, 3, 'x'] },
  ],
  [
    '$addToSet compares whole documents',
    { a: [{ x: 1, y: 2 }] },
    { $addToSet: { a: { $each: [{ x: 1, y: 2 }, { y: 2, x: 1 }, 5, 5] } } },
    { a: [{ x: 1, y: 2 }, { y: 2, x: 1 }, 5] },
  ],
  ['$pop', { a: [1, 2, 3], b: [1, 2, 3] }, { $pop: { a: 1, b: -1 } }, { a: [1, 2], b: [2, 3] }],
  [
    '$pull by value, condition and fields',
    { a: [1, 2, 1], b: [1, 5, 9], c: [{ k: 1, v: 1 }, { k: 2 }] },
    { $pull: { a: 1, b: { $gte: 5 }, c: { k: 1 } } },
    { a: [2], b: [1], c: [{ k: 2 }] },
  ],
  [
    '$pull with $in and $elemMatch',
    { a: ['x', 'y', 'z'], b: [{ c: [1, 2] }, { c: [3] }] },
    { $pull: { a: { $in: ['x', 'z'] }, b: { c: { $elemMatch: { $gt: 2 } } } } },
    { a: ['y'], b: [{ c: [1, 2] }] },
  ],
  ['$pullAll', { a: [1, 2, 3, 1] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
  [
    'positional $',
    {
      a: [
        { k: 1, n: 0 },
        { k: 2, n: 0 },
      ],
    },
    { $inc: { 'a.$.n': 5 } },
    {
      a: [
        { k: 1, n: 0 },
        { k: 2, n: 5 },
      ],
    },
    { q: { 'a.k': 2 } },
  ],
  [
    'positional $ by $elemMatch',
    {
      a: [
        { k: 1, n: 1 },
        { k: 1, n: 2 },
      ],
    },
    { $set: { 'a.$.n': 9 } },
    {
      a: [
        { k: 1, n: 1 },
        { k: 1, n: 9 },
      ],
    },
    { q: { a: { $elemMatch: { k: 1, n: { $gt: 1 } } } } },
  ],
  ['positional $ of values', { a: [5, 7, 7] }, { $set: { 'a.$': 0 } }, { a: [5, 0, 7] }, { q: { a: 7 } }],
  [
    '$[] reaches all',
    { a: [{ n: 1 }, { n: 2 }] },
    { $mul: { 'a.$[].n': 10 } },
    { a: [{ n: 10 }, { n: 20 }] },
  ],
  [
    'arrayFilters, nested',
    {
      a: [
        { k: 1, b: [1, 5] },
        { k: 2, b: [5] },
      ],
    },
    { $set: { 'a.$[x].b.$[y]': 0 } },
    {
      a: [
        { k: 1, b: [1, 0] },
        { k: 2, b: [5] },
      ],
    },
    { arrayFilters: [{ 'x.k': 1 }, { y: { $gte: 5 } }] },
  ],
  [
    'a pipeline computes from the document',
    { a: 2, b: 3 },
    [{ $set: { sum: { $add: ['$a', '$b'] } } }, { $unset: 'b' }],
    { a: 2, sum: 5 },
  ],
  [
    '$setOnInsert does nothing on update',
    { a: 1 },
    { $setOnInsert: { b: 1 }, $set: { c: 1 } },
    { a: 1, c: 1 },
  ],
];

describe('an update', () => {
  it.each(cases.map((one) => [one[0], one] as const))(
    '%s',
    async (_name, [, document, update, expected, options]) => {
      const after = await updated(document, update, options);
      expect(after).toEqual(expected);
      expect(Object.keys(after)).toEqual(Object.keys(expected));
    },
  );

  it('counts a match that changes nothing as not modified', async () => {
    const table = await server.table({ _id: 1, a: 1, b: [1] });
    expect(await table.update({ _id: 1 }, { $set: { a: 1 }, $addToSet: { b: 1 } })).toMatchObject({
      n: 1,
      nModified: 0,
    });
    expect(await table.update({ _id: 1 }, { a: 1, b: [1] })).toMatchObject({ n: 1, nModified: 0 });
    expect(await table.update({ _id: 2 }, { $set: { a: 1 } })).toMatchObject({ n: 0, nModified: 0 });
  });

  it('of many keeps its guard for each', async () => {
    const table = await server.table({ _id: 1, n: 1 }, { _id: 2, n: 5 }, { _id: 3, n: 7 });
    expect(await table.update({ n: { $gte: 5 } }, { $inc: { n: -5 } }, { multi: true })).toMatchObject({
      n: 2,
      nModified: 2,
    });
    expect((await table.find()).map((row) => row.n)).toEqual([1, 0, 2]);
  });

  it('guarded by the absence of an element applies once', async () => {
    const table = await server.table({ _id: 'sku', stock: 5, holds: [] });
    const guard = { _id: 'sku', stock: { $gte: 2 }, 'holds.order': { $ne: 'o1' } };
    const change = { $inc: { stock: -2 }, $push: { holds: { order: 'o1', quantity: 2 } } };
    expect(await table.update(guard, change)).toMatchObject({ nModified: 1 });
    expect(await table.update(guard, change)).toMatchObject({ n: 0 });
    const release = { _id: 'sku', holds: { $elemMatch: { order: 'o1', quantity: 2 } } };
    expect(
      await table.update(release, { $inc: { stock: 2 }, $pull: { holds: { order: 'o1' } } }),
    ).toMatchObject({ nModified: 1 });
    expect(await table.find()).toEqual([{ _id: 'sku', stock: 5, holds: [] }]);
  });

  it('never oversells when many compete', async () => {
    const collection = await server.collection({ sku: 'a', stock: 10 });
    const guard = { sku: 'a', stock: { $gte: 1 } };
    const results = await Promise.all(
      Array.from({ length: 40 }, () => collection.updateOne(guard, { $inc: { stock: -1 } })),
    );
    expect(results.reduce((sum, result) => sum + result.modifiedCount, 0)).toBe(10);
  });
});

describe('an upsert', () => {
  it('takes the equalities of the filter, the update and $setOnInsert', async () => {
    const table = await server.table();
    const q = { _id: 7, kind: { $eq: 'x' }, 'a.b': 1, n: { $gt: 3 }, $and: [{ z: true }] };
    const reply = await table.update(q, { $inc: { n: 1 }, $setOnInsert: { first: 1 } }, { upsert: true });
    expect(reply).toMatchObject({ n: 1, nModified: 0, upserted: [{ index: 0, _id: 7 }] });
    expect(await table.find()).toEqual([{ _id: 7, kind: 'x', a: { b: 1 }, z: true, n: 1, first: 1 }]);
  });

  it('with a replacement keeps only the _id of the filter', async () => {
    const table = await server.table();
    await table.update({ _id: 7, kind: 'x' }, { a: 1 }, { upsert: true });
    expect(await table.find()).toEqual([{ _id: 7, a: 1 }]);
  });
});

describe('findAndModify', () => {
  it('returns the old or the new document, by sort, with fields', async () => {
    const table = await server.table({ _id: 1, n: 1, x: 1 }, { _id: 2, n: 2, x: 1 });
    const base = { findAndModify: table.name, query: { x: 1 }, sort: { n: -1 } };
    expect(await table.command({ ...base, update: { $inc: { n: 1 } } })).toMatchObject({
      value: { _id: 2, n: 2 },
      lastErrorObject: { n: 1, updatedExisting: true },
    });
    const after = await table.command({ ...base, update: { $inc: { n: 1 } }, new: true, fields: { n: 1 } });
    expect(after.value).toEqual({ _id: 2, n: 4 });
    expect(await table.command({ ...base, remove: true })).toMatchObject({
      value: { _id: 2 },
      lastErrorObject: { n: 1 },
    });
    expect(await table.command({ ...base, query: { x: 9 }, remove: true })).toMatchObject({ value: null });
    const upserted = await table.command({
      ...base,
      query: { _id: 5 },
      update: { $set: { x: 2 } },
      upsert: true,
      new: true,
    });
    expect(upserted).toMatchObject({
      value: { _id: 5, x: 2 },
      lastErrorObject: { n: 1, updatedExisting: false, upserted: 5 },
    });
  });
});

const refusals: [string, Row, Row | Row[], number, Row?][] = [
  ['an unknown modifier', {}, { $frob: { a: 1 } }, 9],
  ['a change of _id', {}, { $set: { _id: 2 } }, 66],
  ['a replacement with another _id', {}, { _id: 2, a: 1 }, 66],
  ['two changes of one path', {}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ['changes of a path and its parent', {}, { $set: { a: 1, 'a.b': 1 } }, 40],
  ['$inc of a string', { a: 'x' }, { $inc: { a: 1 } }, 14],
  ['$inc by a string', { a: 1 }, { $inc: { a: 'x' } }, 14],
  ['$push to a number', { a: 1 }, { $push: { a: 1 } }, 2],
  ['$pull from a number', { a: 1 }, { $pull: { a: 1 } }, 2],
  ['$addToSet to null', { a: null }, { $addToSet: { a: 1 } }, 2],
  ['a path through a scalar', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
  ['a name inside an array', { a: [1] }, { $set: { 'a.b': 1 } }, 28],
  ['$ without a match', { a: [1] }, { $set: { 'a.$': 1 } }, 2],
  ['$[x] without a filter', { a: [1] }, { $set: { 'a.$[x]': 1 } }, 2],
  ['an unused array filter', { a: [1] }, { $set: { b: 1 } }, 9, { arrayFilters: [{ x: 1 }] }],
  ['a stage an update may not have', {}, [{ $match: {} }], 72],
  ['mixed operators and fields', {}, { $set: { a: 1 }, b: 1 }, 9],
  ['a replacement of many', {}, { a: 1 }, 9, { multi: true }],
];

describe('an update is refused, and changes nothing, for', () => {
  it.each(refusals.map((one) => [one[0], one] as const))(
    '%s',
    async (_name, [, document, update, code, options]) => {
      const table = await server.table({ _id: 1, ...document });
      expect((await failureOf(table.update({ _id: 1 }, update, options))).code).toBe(code);
      expect(await table.find()).toEqual([{ _id: 1, ...document }]);
    },
  );
});
