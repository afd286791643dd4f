import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { failureOf, type Row, useServer } from './server.ts';

const server = useServer();

const sales: Row[] = [
  { _id: 1, item: 'abc', price: 10, qty: 2, tags: ['x', 'y'], buyer: 'b1' },
  { _id: 2, item: 'jkl', price: 20, qty: 1, tags: ['x'], buyer: 'b2' },
  { _id: 3, item: 'xyz', price: 5, qty: 10, tags: [], buyer: null },
  { _id: 4, item: 'abc', price: 10, qty: 10, buyer: 'b1' },
];
const total = { $multiply: ['$price', '$qty'] };

const cases: [string, Row[], Row[]][] = [
  [
    '$match $sort $skip $limit',
    [
      { $match: { price: { $gte: 10 } } },
      { $sort: { qty: -1 } },
      { $skip: 1 },
      { $limit: 1 },
      { $project: { _id: 1 } },
    ],
    [{ _id: 1 }],
  ],
  [
    '$group',
    [
      {
        $group: {
          _id: '$item',
          total: { $sum: total },
          avg: { $avg: '$qty' },
          n: { $sum: 1 },
          max: { $max: '$qty' },
          ids: { $push: '$_id' },
        },
      },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: 'abc', total: 120, avg: 6, n: 2, max: 10, ids: [1, 4] },
      { _id: 'jkl', total: 20, avg: 1, n: 1, max: 1, ids: [2] },
      { _id: 'xyz', total: 50, avg: 10, n: 1, max: 10, ids: [3] },
    ],
  ],
  [
    '$group of everything',
    [
      {
        $group: {
          _id: null,
          n: { $count: {} },
          first: { $first: '$item' },
          last: { $last: '$tags' },
          none: { $sum: '$item' },
          low: { $min: '$nothing' },
        },
      },
    ],
    [{ _id: null, n: 4, first: 'abc', last: null, none: 0, low: null }],
  ],
  [
    '$group by several',
    [
      { $group: { _id: { i: '$item', p: '$price' }, s: { $addToSet: '$buyer' } } },
      { $sort: { '_id.i': 1 } },
      { $limit: 1 },
    ],
    [{ _id: { i: 'abc', p: 10 }, s: ['b1'] }],
  ],
  [
    '$group of null and missing together',
    [{ $group: { _id: '$nothing', n: { $sum: 1 } } }],
    [{ _id: null, n: 4 }],
  ],
  [
    '$unwind',
    [{ $unwind: '$tags' }, { $project: { tags: 1 } }],
    [
      { _id: 1, tags: 'x' },
      { _id: 1, tags: 'y' },
      { _id: 2, tags: 'x' },
    ],
  ],
  [
    '$unwind keeping empty',
    [
      { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } },
      { $project: { tags: 1, i: 1 } },
    ],
    [
      { _id: 1, tags: 'x', i: 0 },
      { _id: 1, tags: 'y', i: 1 },
      { _id: 2, tags: 'x', i: 0 },
      { _id: 3, i: null },
      { _id: 4, i: null },
    ],
  ],
  [
    '$project exclusion',
    [{ $match: { _id: 2 } }, { $project: { tags: 0, buyer: 0 } }],
    [{ _id: 2, item: 'jkl', price: 20, qty: 1 }],
  ],
  [
    '$addFields and $unset',
    [
      { $match: { _id: 2 } },
      { $addFields: { total, 'meta.kind': 'sale', item: '$nothing' } },
      { $unset: ['tags', 'buyer', 'price'] },
    ],
    [{ _id: 2, qty: 1, total: 20, meta: { kind: 'sale' } }],
  ],
  ['$replaceRoot', [{ $match: { _id: 2 } }, { $replaceRoot: { newRoot: { v: '$price' } } }], [{ v: 20 }]],
  ['$count', [{ $match: { item: 'abc' } }, { $count: 'n' }], [{ n: 2 }]],
  ['$count of nothing', [{ $match: { item: 'q' } }, { $count: 'n' }], []],
  ['$sortByCount', [{ $sortByCount: '$item' }, { $limit: 1 }], [{ _id: 'abc', count: 2 }]],
  [
    '$bucket leaves out empty buckets',
    [
      {
        $bucket: {
          groupBy: '$price',
          boundaries: [0, 6, 15, 18],
          default: 'more',
          output: { n: { $sum: 1 }, items: { $push: '$_id' } },
        },
      },
    ],
    [
      { _id: 0, n: 1, items: [3] },
      { _id: 6, n: 2, items: [1, 4] },
      { _id: 'more', n: 1, items: [2] },
    ],
  ],
  [
    '$bucketAuto',
    [{ $bucketAuto: { groupBy: '$_id', buckets: 2 } }],
    [
      { _id: { min: 1, max: 3 }, count: 2 },
      { _id: { min: 3, max: 4 }, count: 2 },
    ],
  ],
  [
    '$facet',
    [
      {
        $facet: {
          cheap: [{ $match: { price: { $lt: 10 } } }, { $count: 'n' }],
          all: [{ $group: { _id: null, n: { $sum: 1 } } }],
        },
      },
    ],
    [{ cheap: [{ n: 1 }], all: [{ _id: null, n: 4 }] }],
  ],
  ['$documents', [{ $documents: [{ a: 1 }, { a: 2 }] }, { $match: { a: 2 } }], [{ a: 2 }]],
];

describe('a pipeline', () => {
  it.each(cases)('%s', async (_name, pipeline, expected) => {
    const table = await server.table(...sales);
    const documents = pipeline[0]?.$documents !== undefined;
    const result = documents
      ? (await table.command({ aggregate: 1, pipeline, cursor: {} })).cursor
      : { firstBatch: await table.aggregate(...pipeline) };
    expect(result).toMatchObject({ firstBatch: expected });
    expect(Reflect.get(Object(result), 'firstBatch')).toEqual(expected);
  });

  it('joins by field, by pipeline, and null with missing', async () => {
    const table = await server.table(...sales);
    const buyers = await server.table(
      { _id: 'b1', name: 'Ann', age: 30 },
      { _id: 'b2', name: 'Bob', age: 20 },
    );
    const byField = { $lookup: { from: buyers.name, localField: 'buyer', foreignField: '_id', as: 'who' } };
    const joined = await table.aggregate(byField, { $project: { name: '$who.name' } });
    expect(joined).toEqual([
      { _id: 1, name: ['Ann'] },
      { _id: 2, name: ['Bob'] },
      { _id: 3, name: [] },
      { _id: 4, name: ['Ann'] },
    ]);
    const byPipeline = {
      $lookup: {
        from: buyers.name,
        let: { b: '$buyer' },
        pipeline: [{ $match: { $expr: { $eq: ['$_id', '$$b'] } } }, { $project: { age: 1, _id: 0 } }],
        as: 'who',
      },
    };
    expect(await table.aggregate({ $limit: 2 }, byPipeline, { $project: { who: 1 } })).toEqual([
      { _id: 1, who: [{ age: 30 }] },
      { _id: 2, who: [{ age: 20 }] },
    ]);
    const notes = await server.table({ _id: 1, buyer: null }, { _id: 2 }, { _id: 3, buyer: 'b1' });
    const missing = {
      $lookup: { from: notes.name, localField: 'buyer', foreignField: 'buyer', as: 'notes' },
    };
    expect(await table.aggregate({ $match: { _id: 3 } }, missing, { $project: { 'notes._id': 1 } })).toEqual([
      { _id: 3, notes: [{ _id: 1 }, { _id: 2 }] },
    ]);
    const union = await buyers.aggregate(
      { $project: { _id: 1 } },
      { $unionWith: { coll: notes.name, pipeline: [{ $match: { _id: 3 } }, { $project: { _id: 1 } }] } },
    );
    expect(union).toEqual([{ _id: 'b1' }, { _id: 'b2' }, { _id: 3 }]);
  });

  it('leaves the stored documents as they were', async () => {
    const table = await server.table(...sales);
    await table.aggregate(
      { $unwind: '$tags' },
      { $set: { tags: { a: '$tags' }, 'sub.x': 1 } },
      { $sort: { item: 1 } },
      { $unset: 'price' },
    );
    expect(await table.find()).toEqual(sales);
  });

  it.each<[string, Row[], number]>([
    ['two operators in a stage', [{ $match: {}, $limit: 1 }], 40323],
    ['$limit 0', [{ $limit: 0 }], 15958],
    ['$group without _id', [{ $group: { n: { $sum: 1 } } }], 15955],
    ['$unwind without $', [{ $unwind: 'tags' }], 28818],
    ['unsorted $bucket boundaries', [{ $bucket: { groupBy: '$price', boundaries: [5, 1] } }], 40194],
    [
      'a value outside $bucket without default',
      [{ $bucket: { groupBy: '$price', boundaries: [0, 1] } }],
      40066,
    ],
    ['an empty $project', [{ $project: {} }], 51272],
    ['$documents not first', [{ $limit: 1 }, { $documents: [] }], 40602],
  ])('is refused for %s', async (_name, pipeline, code) => {
    const table = await server.table(...sales);
    expect((await failureOf(table.aggregate(...pipeline))).code).toBe(code);
  });
});

describe('numbers in a pipeline', () => {
  it('keep their type when passed on, and longs count in sums', async () => {
    const { Double, Long } = mongoose.mongo.BSON;
    const table = await server.table(
      { _id: 1, l: Long.fromNumber(5), d: new Double(2) },
      { _id: 2, l: Long.fromNumber(6), d: new Double(4) },
    );
    const [row = {}] = await table.aggregate({
      $group: {
        _id: null,
        first: { $first: '$l' },
        sum: { $sum: '$l' },
        avg: { $avg: '$d' },
        more: { $sum: { $add: ['$l', '$d'] } },
      },
    });
    expect(row).toEqual({ _id: null, first: 5, sum: 11, avg: 3, more: 17 });
    const copy = await server.table();
    await copy.insert({ _id: 1, l: Long.fromNumber(5) });
    await copy.update({ _id: 1 }, [{ $set: { moved: '$l' } }]);
    expect(await copy.find({ moved: { $type: 'long' } })).toHaveLength(1);
  });
});
