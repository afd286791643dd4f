import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLogger } from '@shopstack/kit/log';
import { sql } from 'kysely';
import { type Database, DatabaseAway, openDatabase, waitForDatabase } from '../src/database.ts';
import { type OwnDatabaseServer, startOwnDatabaseServer } from './mariadb.ts';

const log = createLogger({ service: 'test', level: 'silent' });
/** These tests stop the server, so it is their own. */
let server: OwnDatabaseServer;
let database: Database<{ counters: { id: string; value: number } }>;

beforeAll(async () => {
  server = await startOwnDatabaseServer();
  database = openDatabase({ url: await server.createSchema(), log, queryTimeoutMs: 2000 });
});
afterAll(async () => {
  await database.close();
  await server.close();
});

test('a silent server is an absent one, and it works again afterwards', async () => {
  await database.ping();
  server.signal('SIGSTOP');
  const since = Date.now();
  await expect(database.ping()).rejects.toBeInstanceOf(DatabaseAway);
  expect(Date.now() - since).toBeLessThan(8000);
  server.signal('SIGCONT');
  await waitForDatabase(database, log, 10_000);
});

test('a killed server is absent at once, and acknowledged writes survive it', async () => {
  await sql`create table counters (id varchar(40) primary key, value int not null)`.execute(database.db);
  await database.db.insertInto('counters').values({ id: 'kept', value: 7 }).execute();
  server.signal('SIGKILL');
  await server.stopped();
  await expect(database.ping()).rejects.toBeInstanceOf(DatabaseAway);
  await expect(database.transaction(async () => undefined)).rejects.toBeInstanceOf(DatabaseAway);
  await server.start();
  await waitForDatabase(database, log, 10_000);
  expect(await database.db.selectFrom('counters').selectAll().execute()).toEqual([{ id: 'kept', value: 7 }]);
});
