import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLogger } from '@shopstack/kit/log';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../src/database.ts';
import {
  idempotencyTable,
  keepAnswer,
  openIdempotencyStore,
  type SqlIdempotencyStore,
} from '../src/idempotency.ts';
import { ddl, migrate } from '../src/migration.ts';
import { startDatabaseServer, type TestDatabaseServer } from './mariadb.ts';

interface Schema {
  effects: { id: string };
}
const log = createLogger({ service: 'test', level: 'silent' });
const migrations = {
  ...idempotencyTable,
  '0001-effects': ddl('create table effects (id varchar(40) primary key)'),
};
let server: TestDatabaseServer;
let database: Database<Schema>;
let store: SqlIdempotencyStore;

beforeAll(async () => {
  server = await startDatabaseServer();
  database = openDatabase<Schema>({ url: await server.createSchema(), log });
  await migrate({ database, migrations, log });
  store = openIdempotencyStore(database);
});
afterAll(async () => {
  store.close();
  await database.close();
  await server.close();
});

const wanted = () => ({ scope: 'orders/u1', key: randomUUID(), bodyHash: 'a'.repeat(64) });
async function started(claim: ReturnType<typeof wanted>) {
  const result = await store.claim(claim);
  if (result.state !== 'started') throw new Error(`expected started, got ${result.state}`);
  return result.ref;
}
const expireLeases = () =>
  sql`update idempotency set leased_until = utc_timestamp(3) - interval 1 second`.execute(database.db);

test('of ten claims at once one starts, the others hear that it is running', async () => {
  const claim = wanted();
  const states = (await Promise.all(Array.from({ length: 10 }, () => store.claim(claim)))).map(
    (it) => it.state,
  );
  expect(states.filter((it) => it === 'started')).toHaveLength(1);
  expect(states.filter((it) => it === 'running')).toHaveLength(9);
});

test('claims and answers that come together are kept each for itself, also beside one that is not new', async () => {
  const claims = Array.from({ length: 30 }, wanted);
  const [known] = claims;
  if (!known) throw new Error('no claim');
  await started(known);
  const made = await Promise.all([...claims, ...claims].map((claim) => store.claim(claim)));
  const refs = made.flatMap((it) => (it.state === 'started' ? [it.ref] : []));
  expect(refs.map(({ key }) => key).sort()).toEqual(
    claims
      .slice(1)
      .map(({ key }) => key)
      .sort(),
  );
  expect(made.filter(({ state }) => state === 'running')).toHaveLength(31);
  await Promise.all(
    refs.map((ref, number) => store.keep(ref, { status: 409, body: { number, key: ref.key } })),
  );
  const kept = await Promise.all(claims.slice(1).map((claim) => store.claim(claim)));
  for (const [index, it] of kept.entries())
    expect(it).toMatchObject({ state: 'answered', answer: { body: { key: claims[index + 1]?.key } } });
  expect(await store.claim(known)).toEqual({ state: 'running' });
});

test('the kept answer is given again, byte for byte', async () => {
  const claim = wanted();
  const answer = { status: 201, body: { name: 'Zoë', n: 1 }, headers: { location: '/x' } };
  await store.keep(await started(claim), answer);
  expect(await store.claim(claim)).toEqual({ state: 'answered', answer });
});

test('the key of another body is refused, running or answered', async () => {
  const claim = wanted();
  const other = { ...claim, bodyHash: 'b'.repeat(64) };
  const ref = await started(claim);
  expect(await store.claim(other)).toEqual({ state: 'reused' });
  await store.keep(ref, { status: 200 });
  expect(await store.claim(other)).toEqual({ state: 'reused' });
});

test('a released key is free again', async () => {
  const claim = wanted();
  await store.release(await started(claim));
  await started(claim);
});

test('after its lease a key is taken over, and the first holder can neither answer nor have an effect', async () => {
  const claim = wanted();
  const first = await started(claim);
  await expireLeases();
  const second = await started(claim);
  await store.keep(first, { status: 500 });
  await store.release(first);
  const work = database.transaction(async (trx) => {
    await trx.insertInto('effects').values({ id: claim.key }).execute();
    await keepAnswer(trx, first, { status: 201 });
  });
  await expect(work).rejects.toMatchObject({ code: 'idempotency-key-running' });
  expect(await database.db.selectFrom('effects').selectAll().where('id', '=', claim.key).execute()).toEqual(
    [],
  );
  await store.keep(second, { status: 202 });
  expect(await store.claim(claim)).toEqual({ state: 'answered', answer: { status: 202 } });
});

test('effect and answer commit together, and a keep after it changes nothing', async () => {
  const claim = wanted();
  const ref = await started(claim);
  await database.transaction(async (trx) => {
    await trx.insertInto('effects').values({ id: claim.key }).execute();
    await keepAnswer(trx, ref, { status: 201, body: { id: claim.key } });
  });
  await store.keep(ref, { status: 503 });
  expect(await store.claim(claim)).toMatchObject({ state: 'answered', answer: { status: 201 } });
});

test('keys are kept 48 hours', async () => {
  const claim = wanted();
  await store.keep(await started(claim), { status: 200 });
  const age = (hours: number) =>
    sql`update idempotency set created_at = utc_timestamp(3) - interval ${hours} hour where idempotency_key = ${claim.key}`.execute(
      database.db,
    );
  await age(47);
  await store.purge();
  expect((await store.claim(claim)).state).toBe('answered');
  await age(49);
  expect(await store.purge()).toBe(1);
  expect((await store.claim(claim)).state).toBe('started');
});
