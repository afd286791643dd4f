import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { failureOf, type Row, type Table, useServer } from './server.ts';

const server = useServer();

const index = (table: Table, key: Row, options: Row = {}) =>
  table.command({
    createIndexes: table.name,
    indexes: [{ key, name: Object.keys(key).join('_'), ...options }],
  });

/** The stages of the plan, outermost first, and the index at its end. */
async function planOf(table: Table, find: Row): Promise<string[]> {
  const reply = await table.command({ explain: { find: table.name, ...find } });
  const names: string[] = [];
  let stage: unknown = Reflect.get(Object(reply.queryPlanner), 'winningPlan');
  while (typeof stage === 'object' && stage !== null) {
    const { stage: name, indexName, inputStage }: Row = { ...stage };
    names.push(indexName === undefined ? String(name) : `${String(name)} ${String(indexName)}`);
    stage = inputStage;
  }
  return names;
}

async function filled(): Promise<Table> {
  const table = await server.table(
    ...Array.from({ length: 500 }, (_, i) => ({ _id: i, a: i % 50, b: i, c: i % 2 ? 'open' : 'done' })),
  );
  await index(table, { a: 1, b: -1 });
  await index(table, { b: 1 }, { partialFilterExpression: { c: 'open' } });
  return table;
}

describe('a plan', () => {
  it.each<[string, Row, string[]]>([
    ['equality', { filter: { a: 3 } }, ['FETCH', 'IXSCAN a_b']],
    ['$in', { filter: { a: { $in: [3, 4] } } }, ['FETCH', 'IXSCAN a_b']],
    ['a range', { filter: { a: { $gte: 3, $lt: 5 } } }, ['FETCH', 'IXSCAN a_b']],
    [
      'equality, range and order',
      { filter: { a: 3, b: { $gt: 5 } }, sort: { b: -1 } },
      ['FETCH', 'IXSCAN a_b'],
    ],
    ['order with a limit', { sort: { a: -1, b: 1 }, limit: 10 }, ['FETCH', 'IXSCAN a_b']],
    ['an order no index has', { sort: { a: 1, b: 1 }, limit: 10 }, ['SORT', 'COLLSCAN']],
    [
      'a partial index when the filter implies it',
      { filter: { c: 'open' }, sort: { b: 1 } },
      ['FETCH', 'IXSCAN b'],
    ],
    ['no partial index otherwise', { filter: { b: 3 } }, ['COLLSCAN']],
    ['paging by _id', { filter: { _id: { $gt: 10 } }, sort: { _id: 1 }, limit: 5 }, ['FETCH', 'IXSCAN _id_']],
    ['no index for a disjunction', { filter: { $or: [{ a: 1 }, { c: 'x' }] } }, ['COLLSCAN']],
  ])('uses what fits: %s', async (_name, find, expected) => {
    expect(await planOf(await filled(), find)).toEqual(expected);
  });
});

describe('indexes', () => {
  it('are listed and dropped by name or key, and kept apart by options', async () => {
    const table = await server.table();
    expect(await index(table, { a: 1 }, { unique: true })).toMatchObject({
      numIndexesBefore: 1,
      numIndexesAfter: 2,
    });
    expect(await index(table, { a: 1 }, { unique: true })).toMatchObject({
      note: 'all indexes already exist',
    });
    expect((await failureOf(index(table, { a: 1 }))).code).toBe(86);
    expect((await failureOf(index(table, { a: 1 }, { name: 'other', unique: true }))).code).toBe(85);
    const listed = await table.command({ listIndexes: table.name });
    expect(listed).toMatchObject({
      cursor: {
        firstBatch: [
          { v: 2, key: { _id: 1 }, name: '_id_' },
          { v: 2, key: { a: 1 }, name: 'a', unique: true },
        ],
      },
    });
    expect((await failureOf(table.command({ dropIndexes: table.name, index: 'nope' }))).code).toBe(27);
    expect((await failureOf(table.command({ dropIndexes: table.name, index: '_id_' }))).code).toBe(72);
    await table.command({ dropIndexes: table.name, index: { a: 1 } });
    await table.insert({ a: 1 }, { a: 1 });
    expect((await failureOf(table.command({ listIndexes: 'nope' }))).code).toBe(26);
  });

  it('with a time to live remove what is past it, dates only', async () => {
    const table = await server.table(
      { _id: 'old', at: new Date(Date.now() - 60_000) },
      { _id: 'new', at: new Date(Date.now() + 60_000) },
      { _id: 'text', at: 'yesterday' },
      { _id: 'none' },
    );
    await index(table, { at: 1 }, { expireAfterSeconds: 30 });
    await sleep(2500);
    expect((await table.find()).map((row) => row._id)).toEqual(['new', 'text', 'none']);
  });

  it('over two arrays of one document are refused', async () => {
    const table = await server.table();
    await index(table, { a: 1, b: 1 });
    expect((await failureOf(table.insert({ a: [1], b: [2] }))).code).toBe(171);
    await table.insert({ a: [1, 2], b: 2 });
  });

  it('collections and databases are listed and dropped', async () => {
    const table = await server.table({ a: 1 });
    const named = { listCollections: 1, filter: { name: table.name } };
    expect(await table.command(named)).toMatchObject({
      cursor: { firstBatch: [{ name: table.name, type: 'collection' }] },
    });
    expect((await failureOf(table.command({ create: table.name }))).code).toBe(48);
    await table.command({ drop: table.name });
    expect(await table.command(named)).toMatchObject({ cursor: { firstBatch: [] } });
    expect(await table.find()).toEqual([]);
  });
});
