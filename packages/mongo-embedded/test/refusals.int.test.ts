import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { failureOf, type Row, useServer } from './server.ts';

const server = useServer();

describe('an unknown', () => {
  it('command is answered with 59', async () => {
    const failure = await failureOf(server.database().command({ nope: 1 }));
    expect(failure).toMatchObject({
      code: 59,
      codeName: 'CommandNotFound',
      message: "no such command: 'nope'",
    });
  });

  it.each<[string, Row, Row]>([
    [
      'query operator',
      { a: { $frob: 1 } },
      { code: 2, codeName: 'BadValue', message: 'unknown operator: $frob' },
    ],
    ['nested query operator', { a: { $not: { $frob: 1 } } }, { code: 2 }],
    ['operator in $elemMatch', { a: { $elemMatch: { b: { $frob: 1 } } } }, { code: 2 }],
    ['top-level operator', { $frob: 1 }, { code: 2 }],
    [
      'expression',
      { $expr: { $frob: 1 } },
      { code: 168, codeName: 'InvalidPipelineOperator', message: "Unrecognized expression '$frob'" },
    ],
  ])('%s is refused, also over an empty collection', async (_name, filter, expected) => {
    for (const table of [await server.table(), await server.table({ a: 1 })]) {
      expect(await failureOf(table.find(filter))).toMatchObject(expected);
    }
  });

  it('stage is answered with 40324', async () => {
    const table = await server.table({ a: 1 });
    const expected = { code: 40324, message: "Unrecognized pipeline stage name: '$frob'" };
    expect(await failureOf(table.aggregate({ $frob: 1 }))).toMatchObject(expected);
    expect(
      await failureOf(table.aggregate({ $match: { a: 9 } }, { $facet: { x: [{ $frob: 1 }] } })),
    ).toMatchObject(expected);
  });

  it('modifier is answered with 9', async () => {
    const table = await server.table({ a: 1 });
    const failure = await failureOf(table.update({ a: 1 }, { $frob: { a: 1 } }));
    expect(failure.code).toBe(9);
    expect(failure.message).toContain('Unknown modifier: $frob');
  });

  it('field of a command is answered with 40415', async () => {
    const table = await server.table();
    expect((await failureOf(table.find({}, { frob: 1 }))).code).toBe(40415);
    expect((await failureOf(table.update({}, {}, { frob: 1 }))).code).toBe(40415);
  });

  it('accumulator is answered with 15952', async () => {
    const table = await server.table({ a: 1 });
    expect((await failureOf(table.aggregate({ $group: { _id: 1, n: { $frob: 1 } } }))).code).toBe(15952);
  });
});

describe('not supported, and said so', () => {
  it.each<[string, Row]>([
    ['$where', { find: 'c', filter: { $where: 'true' } }],
    ['$text', { find: 'c', filter: { $text: { $search: 'x' } } }],
    ['$near', { find: 'c', filter: { a: { $near: [0, 0] } } }],
    ['$jsonSchema', { find: 'c', filter: { $jsonSchema: {} } }],
    ['tailable cursors', { find: 'c', tailable: true }],
    ['change streams', { aggregate: 'c', pipeline: [{ $changeStream: {} }], cursor: {} }],
    ['$out', { aggregate: 'c', pipeline: [{ $out: 'd' }], cursor: {} }],
    ['$merge', { aggregate: 'c', pipeline: [{ $merge: 'd' }], cursor: {} }],
    ['$graphLookup', { aggregate: 'c', pipeline: [{ $graphLookup: {} }], cursor: {} }],
    ['$function', { find: 'c', filter: { $expr: { $function: {} } } }],
    ['mapReduce', { mapReduce: 'c' }],
    ['text indexes', { createIndexes: 'c', indexes: [{ key: { a: 'text' }, name: 't' }] }],
    ['wildcard indexes', { createIndexes: 'c', indexes: [{ key: { '$**': 1 }, name: 't' }] }],
    [
      'indexes with a collation',
      { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 't', collation: { locale: 'en' } }] },
    ],
    ['capped collections', { create: 'capped', capped: true, size: 1000 }],
    ['validators', { create: 'checked', validator: {} }],
    ['views', { create: 'view', viewOn: 'c' }],
    ['Decimal128', { insert: 'c', documents: [{ d: mongoose.mongo.Decimal128.fromString('1.5') }] }],
    ['stored code', { insert: 'c', documents: [{ d: new mongoose.mongo.Code('x') }] }],
  ])('%s', async (_name, command) => {
    await server
      .database()
      .collection('c')
      .updateOne({ a: 1 }, { $set: { b: 1 } }, { upsert: true });
    const failure = await failureOf(server.database().command(command));
    expect(failure).toMatchObject({ code: 115, codeName: 'CommandNotSupported' });
    expect(failure.message).toContain('not supported');
  });

  it('an expression over integers beyond 2^53 rather than a rounded result', async () => {
    const table = await server.table({ n: mongoose.mongo.Long.fromString('9007199254740993') });
    expect((await failureOf(table.aggregate({ $project: { m: { $add: ['$n', 1] } } }))).code).toBe(115);
  });
});

describe('transactions', () => {
  it('are refused as a standalone refuses them', async () => {
    const session = mongoose.mongo.BSON.UUID.generate();
    const lsid = { id: new mongoose.mongo.BSON.UUID(session) };
    const command = {
      find: 'c',
      lsid,
      txnNumber: mongoose.mongo.Long.fromNumber(1),
      startTransaction: true,
      autocommit: false,
    };
    expect(await failureOf(server.database().command(command))).toMatchObject({
      code: 20,
      codeName: 'IllegalOperation',
    });
  });

  it('through mongoose fail and write nothing', async () => {
    const connection = await mongoose.createConnection(`${server.url()}tx`).asPromise();
    const failure = await failureOf(
      connection.transaction(async (session) => {
        await connection.collection('c').insertOne({ a: 1 }, { session });
      }),
    );
    expect(failure.message).toContain('does not support retryable writes');
    expect(await connection.collection('c').countDocuments()).toBe(0);
    await connection.close();
  });
});

describe('the server', () => {
  it('announces itself as a standalone of wire version 21', async () => {
    const hello = await server.database().command({ hello: 1 });
    expect(hello).toMatchObject({
      isWritablePrimary: true,
      maxWireVersion: 21,
      logicalSessionTimeoutMinutes: 30,
    });
    expect(hello).not.toHaveProperty('setName');
    expect(hello).not.toHaveProperty('msg');
  });

  it('refuses write concerns and read concerns of replica sets', async () => {
    const table = await server.table();
    const insert = { insert: table.name, documents: [{}] };
    expect((await failureOf(table.command({ ...insert, writeConcern: { w: 3 } }))).code).toBe(2);
    expect((await failureOf(table.find({}, { readConcern: { level: 'snapshot' } }))).code).toBe(246);
    expect((await failureOf(table.find({}, { readConcern: { level: 'linearizable' } }))).code).toBe(123);
    await table.command({ ...insert, writeConcern: { w: 'majority', j: true } });
    expect(await table.find({}, { readConcern: { level: 'majority' } })).toHaveLength(1);
  });
});
