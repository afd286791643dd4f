import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { failureOf, type Row, useServer } from './server.ts';

const { Binary, BSONRegExp, Double, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } = mongoose.mongo.BSON;
const server = useServer();
const ids = (rows: Row[]): unknown[] => rows.map((row) => row._id);

describe('types', () => {
  const id = new ObjectId();
  const uuid = new UUID();
  const date = new Date(5);
  const values: [string, unknown][] = [
    ['minKey', new MinKey()],
    ['null', null],
    ['int', 1],
    ['double', 1.5],
    ['long', Long.fromString('9007199254740993')],
    ['string', 'x'],
    ['object', { a: 1 }],
    ['binData', uuid],
    ['objectId', id],
    ['bool', false],
    ['date', date],
    ['timestamp', new Timestamp({ t: 1, i: 1 })],
    ['regex', new BSONRegExp('x', 'i')],
    ['maxKey', new MaxKey()],
  ];

  it('are kept, told apart by $type and sorted in MongoDB order', async () => {
    const table = await server.table(...values.map(([_id, v]) => ({ _id, v })), { _id: 'missing' });
    const order = values.map(([name]) => name);
    expect(ids(await table.find({ v: { $exists: true } }, { sort: { v: 1 } }))).toEqual(order);
    expect(ids(await table.find({ v: { $exists: true } }, { sort: { v: -1 } }))).toEqual(order.toReversed());
    for (const name of order) expect(ids(await table.find({ v: { $type: name } }))).toEqual([name]);
    expect(ids(await table.find({ v: { $type: 'number' } }))).toEqual(['int', 'double', 'long']);
  });

  it('are found again by an equal value', async () => {
    const table = await server.table(...values.map(([_id, v]) => ({ _id, v })));
    await table.command({ createIndexes: table.name, indexes: [{ key: { v: 1 }, name: 'v' }] });
    for (const [name, v] of values.filter(([one]) => !['null', 'regex'].includes(one))) {
      expect(ids(await table.find({ v }))).toEqual([name]);
    }
  });

  it('ranges stay within one type', async () => {
    const table = await server.table(...values.map(([_id, v]) => ({ _id, v })));
    for (const indexed of [false, true]) {
      if (indexed)
        await table.command({ createIndexes: table.name, indexes: [{ key: { v: 1 }, name: 'v' }] });
      expect(ids(await table.find({ v: { $gte: 1 } }, { sort: { _id: 1 } }))).toEqual([
        'double',
        'int',
        'long',
      ]);
      expect(ids(await table.find({ v: { $lt: 'y' } }))).toEqual(['string']);
      expect(ids(await table.find({ v: { $lte: date } }))).toEqual(['date']);
      expect(ids(await table.find({ v: { $gt: new ObjectId('000000000000000000000000') } }))).toEqual([
        'objectId',
      ]);
      expect(ids(await table.find({ v: { $lt: true } }))).toEqual(['bool']);
    }
  });

  it('whole doubles and longs stay what they were', async () => {
    const table = await server.table({ _id: 1, d: new Double(2), l: Long.fromNumber(3), i: 4 });
    await table.update({}, { $inc: { d: 1, l: 1, i: 1 } });
    expect(
      await table.find({ d: { $type: 'double', $eq: 3 }, l: { $type: 'long', $eq: 4 }, i: { $type: 'int' } }),
    ).toHaveLength(1);
    await table.update({}, { $set: { i: 2 ** 31 - 1 } });
    await table.update({}, { $inc: { i: 1 } });
    expect(await table.find({ i: { $type: 'long', $eq: 2 ** 31 } })).toHaveLength(1);
  });

  it('binary data of different subtypes differ', async () => {
    const bytes = Buffer.alloc(16, 7);
    const table = await server.table(
      { _id: 1, v: new Binary(bytes, 0) },
      { _id: 2, v: new Binary(bytes, 4) },
    );
    expect(ids(await table.find({ v: new UUID(bytes) }))).toEqual([2]);
  });
});

const rows: Row[] = [
  {
    _id: 1,
    a: 1,
    tags: ['x', 'y'],
    items: [
      { k: 1, n: 5 },
      { k: 2, n: 1 },
    ],
  },
  {
    _id: 2,
    a: null,
    tags: [],
    items: [
      { k: 1, n: 1 },
      { k: 2, n: 5 },
    ],
  },
  { _id: 3, tags: ['x'], sub: { b: 1, c: 2 } },
  { _id: 4, a: [1, 2], tags: 'x', sub: { c: 2, b: 1 } },
  { _id: 5, a: 'Apple', items: [] },
];

const filters: [Row, number[]][] = [
  [{ a: null }, [2, 3]],
  [{ a: { $exists: false } }, [3]],
  [{ a: { $ne: null } }, [1, 4, 5]],
  [{ a: 1 }, [1, 4]],
  [{ a: [1, 2] }, [4]],
  [{ a: { $gte: 2 } }, [4]],
  [{ a: { $in: [2, /^app/i] } }, [4, 5]],
  [{ a: { $nin: [1, null] } }, [5]],
  [{ tags: 'x' }, [1, 3, 4]],
  [{ tags: { $all: ['x', 'y'] } }, [1]],
  [{ tags: { $size: 0 } }, [2]],
  [{ tags: { $ne: 'x' } }, [2, 5]],
  [{ 'tags.0': 'x' }, [1, 3]],
  [{ tags: { $type: 'array' } }, [1, 2, 3]],
  [{ sub: { b: 1, c: 2 } }, [3]],
  [{ 'sub.b': 1 }, [3, 4]],
  [{ items: { $elemMatch: { k: 1, n: 5 } } }, [1]],
  [{ 'items.k': 1, 'items.n': 5 }, [1, 2]],
  [{ items: { $not: { $elemMatch: { k: 1, n: 5 } } } }, [2, 3, 4, 5]],
  [{ 'items.k': { $ne: 1 } }, [3, 4, 5]],
  [{ a: { $elemMatch: { $gt: 1, $lt: 3 } } }, [4]],
  [{ a: { $mod: [2, 1] } }, [1, 4]],
  [{ a: { $regex: '^APP', $options: 'i' } }, [5]],
  [{ a: { $not: /^App/ } }, [1, 2, 3, 4]],
  [{ $or: [{ a: 1 }, { 'sub.b': 1 }] }, [1, 3, 4]],
  [{ $nor: [{ a: 1 }, { 'sub.b': 1 }] }, [2, 5]],
  [{ $expr: { $gt: [{ $size: { $ifNull: ['$items', []] } }, 1] } }, [1, 2]],
  [{ a: { $bitsAllSet: [0] } }, [1, 4]],
];

describe('a filter', () => {
  it.each(filters)('%j', async (filter, expected) => {
    const table = await server.table(...rows);
    expect(ids(await table.find(filter))).toEqual(expected);
  });

  it.each<[Row, number]>([
    [{ $or: [] }, 2],
    [{ a: { $in: 1 } }, 2],
    [{ a: { $regex: '(' } }, 51091],
    [{ a: { $size: -1 } }, 2],
    [{ a: { $type: 'frob' } }, 2],
    [{ a: { $mod: [0, 1] } }, 2],
  ])('%j is refused', async (filter, code) => {
    const table = await server.table();
    expect((await failureOf(table.find(filter))).code).toBe(code);
  });
});

describe('a projection', () => {
  const document = { _id: 1, a: 1, b: { c: 1, d: 2 }, list: [{ k: 1, v: 1 }, { k: 2, v: 2 }, 3] };
  it.each<[Row, Row]>([
    [{ a: 1 }, { _id: 1, a: 1 }],
    [{ _id: 0, 'b.c': 1 }, { b: { c: 1 } }],
    [
      { b: 0, list: 0 },
      { _id: 1, a: 1 },
    ],
    [{ 'list.k': 1 }, { _id: 1, list: [{ k: 1 }, { k: 2 }] }],
    [
      { 'list.k': 0, a: 0, b: 0 },
      { _id: 1, list: [{ v: 1 }, { v: 2 }, 3] },
    ],
    [
      { list: { $slice: 1 }, a: 0, b: 0 },
      { _id: 1, list: [{ k: 1, v: 1 }] },
    ],
    [
      { list: { $slice: -1 }, a: 1 },
      { _id: 1, a: 1, list: [3] },
    ],
    [{ list: { $elemMatch: { k: 2 } } }, { _id: 1, list: [{ k: 2, v: 2 }] }],
    [{ b: { d: 1 } }, { _id: 1, b: { d: 2 } }],
    [{ sum: { $add: ['$a', '$b.d'] } }, { _id: 1, sum: 3 }],
  ])('%j', async (projection, expected) => {
    const table = await server.table(document);
    expect(await table.find({}, { projection })).toEqual([expected]);
  });

  it('takes the matched element for .$', async () => {
    const table = await server.table(document);
    expect(await table.find({ 'list.k': 2 }, { projection: { 'list.$': 1 } })).toEqual([
      { _id: 1, list: [{ k: 2, v: 2 }] },
    ]);
  });

  it('does not mix inclusion and exclusion', async () => {
    const table = await server.table(document);
    expect((await failureOf(table.find({}, { projection: { a: 1, b: 0 } }))).code).toBe(31254);
  });
});

describe('sorting, paging and collation', () => {
  it('an array sorts by its least or greatest element', async () => {
    const table = await server.table({ _id: 1, a: [5, 1] }, { _id: 2, a: 3 }, { _id: 3, a: [] }, { _id: 4 });
    expect(ids(await table.find({}, { sort: { a: 1 } }))).toEqual([3, 4, 1, 2]);
    expect(ids(await table.find({}, { sort: { a: -1 } }))).toEqual([1, 2, 4, 3]);
  });

  it('strength 2 ignores case in filters and sorts', async () => {
    const table = await server.table({ _id: 1, n: 'b' }, { _id: 2, n: 'A' }, { _id: 3, n: 'B' });
    await table.command({ createIndexes: table.name, indexes: [{ key: { n: 1 }, name: 'n' }] });
    const collation = { locale: 'en', strength: 2 };
    expect(ids(await table.find({ n: 'B' }, { collation }))).toEqual([1, 3]);
    expect(ids(await table.find({}, { collation, sort: { n: 1, _id: 1 } }))).toEqual([2, 1, 3]);
    expect(ids(await table.find({ n: 'B' }))).toEqual([3]);
    expect((await failureOf(table.find({}, { collation: { locale: 'en', strength: 4 } }))).code).toBe(115);
  });

  it('cursors deliver everything once, in batches, and can be killed', async () => {
    const collection = await server.collection(...Array.from({ length: 1000 }, (_, i) => ({ i })));
    let sum = 0;
    for await (const row of collection.find().batchSize(64)) sum += Number(row.i);
    expect(sum).toBe(499_500);
    const reply = await server.database().command({ find: collection.collectionName, batchSize: 1 });
    const { id } = reply.cursor;
    expect(
      await server.database().command({ killCursors: collection.collectionName, cursors: [id] }),
    ).toMatchObject({ cursorsKilled: [id] });
    const more = { getMore: Long.fromNumber(Number(id)), collection: collection.collectionName };
    expect((await failureOf(server.database().command(more))).code).toBe(43);
  });

  it('distinct unwinds arrays and counts equal numbers once', async () => {
    const table = await server.table({ a: [1, 2] }, { a: new Double(2) }, { a: 'x' }, { b: 1 });
    expect((await table.command({ distinct: table.name, key: 'a' })).values).toEqual([1, 2, 'x']);
    expect(
      await table.command({ count: table.name, query: { a: { $exists: true } }, skip: 1 }),
    ).toMatchObject({ n: 2 });
  });
});
