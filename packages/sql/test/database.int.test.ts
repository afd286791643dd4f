import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLogger } from '@shopstack/kit/log';
import { type Generated, sql } from 'kysely';
import { type Database, openDatabase } from '../src/database.ts';
import { ddl, migrate, pendingMigrations, prepareSchema, requireMigrated } from '../src/migration.ts';
import { startDatabaseServer, type TestDatabaseServer } from './mariadb.ts';

interface Schema {
  counters: { id: string; value: number; big: Generated<number | string>; at: Generated<Date | null> };
}
const migrations = {
  '0001-counters': ddl(`create table counters (id varchar(40) primary key, value int not null,
    big bigint not null default 0, at datetime(3) null)`),
};
const log = createLogger({ service: 'test', level: 'silent' });
let server: TestDatabaseServer;
let url: string;
let database: Database<Schema>;

beforeAll(async () => {
  server = await startDatabaseServer();
  url = await server.createSchema();
  database = openDatabase<Schema>({ url, log, queryTimeoutMs: 2000 });
});
afterAll(async () => {
  await database.close();
  await server.close();
});
const add = (id: string, value = 0) => database.db.insertInto('counters').values({ id, value }).execute();
const read = (id: string) =>
  database.db.selectFrom('counters').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

test('an older schema is refused by name, migrating twice at once runs each step once', async () => {
  expect(await pendingMigrations({ database, migrations })).toEqual(['0001-counters']);
  await expect(requireMigrated({ database, migrations })).rejects.toThrow('it lacks 0001-counters');
  const ran = await Promise.all([1, 2].map(() => migrate({ database, migrations, log })));
  expect(ran.flat()).toEqual(['0001-counters']);
  await prepareSchema({ database, migrations, migrateOnStart: false, log });
});

test('a failing step is named and the steps before it stay', async () => {
  const more = {
    ...migrations,
    '0002-more': ddl('create table more (id int)'),
    '0003-bad': ddl('create tabel x'),
  };
  await expect(migrate({ database, migrations: more, log })).rejects.toThrow('migration 0003-bad failed');
  expect(await pendingMigrations({ database, migrations: more })).toEqual(['0003-bad']);
});

test('transactions are READ COMMITTED', async () => {
  await add('rc', 1);
  await database.transaction(async (trx) => {
    const value = () =>
      trx.selectFrom('counters').select('value').where('id', '=', 'rc').executeTakeFirstOrThrow();
    expect((await value()).value).toBe(1);
    await database.db.updateTable('counters').set({ value: 2 }).where('id', '=', 'rc').execute();
    expect((await value()).value).toBe(2);
  });
});

test('a transaction that throws leaves nothing behind', async () => {
  const work = database.transaction(async (trx) => {
    await trx.insertInto('counters').values({ id: 'gone', value: 1 }).execute();
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  expect(await database.db.selectFrom('counters').selectAll().where('id', '=', 'gone').execute()).toEqual([]);
});

test('both of two deadlocked transactions succeed in the end', async () => {
  await Promise.all([add('a'), add('b')]);
  let attempts = 0;
  const bump = (first: string, second: string) =>
    database.transaction(async (trx) => {
      attempts++;
      for (const id of [first, second]) {
        await sql`update counters set value = value + 1 where id = ${id}`.execute(trx);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    });
  await Promise.all([bump('a', 'b'), bump('b', 'a')]);
  expect((await read('a')).value + (await read('b')).value).toBe(4);
  expect(attempts).toBeGreaterThan(2);
});

test('times are UTC, large numbers keep every digit, objects are not column values', async () => {
  const at = new Date('2026-03-29T01:30:00.123Z');
  await sql`insert into counters values ('types', 1, 9007199254740993, ${at})`.execute(database.db);
  const row = await read('types');
  expect([row.at, row.big]).toEqual([at, '9007199254740993']);
  const text = await sql<{
    t: string;
  }>`select cast(at as char) as t from counters where id = 'types'`.execute(database.db);
  expect(text.rows[0]?.t).toBe('2026-03-29 01:30:00.123');
  await expect(sql`select ${{ id: 1 }}`.execute(database.db)).rejects.toThrow(TypeError);
  expect((await sql<{ q: string }>`select ${"a'b\\"} as q`.execute(database.db)).rows[0]?.q).toBe("a'b\\");
});

test('a lock has one holder; killing its connection is noticed', async () => {
  const name = `${database.schemaName}:test`;
  const held = await database.acquireLock(name, { waitSeconds: 0 });
  expect(await database.acquireLock(name, { waitSeconds: 0 })).toBeUndefined();
  const waiting = database.acquireLock(name, { waitSeconds: 10 });
  await held?.release();
  const next = await waiting;
  expect(next?.lost.aborted).toBe(false);
  const gone = new Promise((resolve) => next?.lost.addEventListener('abort', resolve));
  const { rows } = await sql<{ id: number }>`select is_used_lock(${name}) as id`.execute(database.db);
  await sql`kill ${sql.lit(Number(rows[0]?.id))}`.execute(database.db);
  await gone;
});

test('waiting for a lock ends with its signal', async () => {
  const name = `${database.schemaName}:wait`;
  const held = await database.acquireLock(name, { waitSeconds: 0 });
  const since = Date.now();
  const signal = AbortSignal.timeout(200);
  expect(await database.acquireLock(name, { waitSeconds: 30, signal })).toBeUndefined();
  expect(Date.now() - since).toBeLessThan(2000);
  await held?.release();
});
