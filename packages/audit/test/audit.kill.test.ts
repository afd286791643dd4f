import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createShopper } from '@shopstack/acceptance/shopper';
import { AuditReport } from '@shopstack/contracts/operations-desk';
import { adminUrls } from '@shopstack/stack/server-urls';
import { eventually } from '@shopstack/testkit/eventually';
import { connect } from 'amqplib';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import mysql from 'mysql2/promise';
import { openGivenShop } from '../../stack/test/given-shop.ts';
import { runAudit } from '../src/audit.ts';
import { accessOf } from '../src/running-shop.ts';

const ORDERS = 5;
const shop = openGivenShop();
const { dataDir } = shop;
const main = join(import.meta.dirname, '../src/main.ts');
let sql: mysql.Connection;
let mongo: mongoose.mongo.MongoClient;
let orders: string[] = [];
let sku = '';
let otherSku = '';

beforeAll(async () => {
  const { ports, secrets } = shop.surroundings;
  const admin = adminUrls(ports, secrets, {});
  sql = await mysql.createConnection(admin.mysql);
  mongo = await new mongoose.mongo.MongoClient(admin.mongo).connect();
  const shopper = createShopper(shop.url);
  await shopper.signUp();
  const { items } = await shopper.find('inStock=true&limit=100');
  [sku = '', otherSku = ''] = items.filter(({ stock }) => stock.available >= 20).map((it) => it.sku);
  orders = await Promise.all(
    Array.from({ length: ORDERS }, async () => {
      const buyer = createShopper(shop.url);
      await buyer.signUp();
      const { id } = await buyer.buy(sku, { quantity: 2 });
      await buyer.until(id, ['completed'], 60_000);
      return id;
    }),
  );
}, 240_000);
afterAll(async () => {
  await sql.end();
  await mongo.close();
}, 60_000);

const stock = () => mongo.db('catalogue').collection<{ _id: string }>('stock');
const history = () => mongo.db('users').collection<{ _id: string }>('orders');
const orderAt = (index: number) => orders[index] ?? '';
const look = () => runAudit(accessOf(shop.surroundings), { atRest: true, pageSize: 20 });
const brokenOf = ({ findings }: AuditReport) =>
  findings
    .filter(({ violations }) => violations > 0)
    .map(({ promise, examples }) => [promise, examples.map(({ id }) => id).sort()]);

/** As a person types it. */
function auditOf(
  folder: string,
  ...words: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    SHOP_DATA_DIR: folder,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...words], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}
const audit = (...words: string[]) => auditOf(dataDir, ...words);

test('a shop that has come to rest keeps every promise', async () => {
  const report = await eventually(
    async () => {
      const it = await look();
      expect(it.findings.filter(({ violations }) => violations > 0)).toEqual([]);
      expect(it.findings.map(({ promise }) => promise)).toEqual(
        Array.from({ length: 15 }, (_, index) => `I${index + 1}`),
      );
      return it;
    },
    // An order that a test left without a payment is given up after 90 s.
    150_000,
    1000,
  );
  expect(AuditReport.parse(report)).toEqual(report);
  const unchecked = report.findings.filter((it) => it.unchecked !== undefined).map(({ promise }) => promise);
  expect(unchecked).toEqual(['I13', 'I15']);
  for (const { promise, checked } of report.findings.filter((it) => it.unchecked === undefined))
    if (promise !== 'I4') expect([promise, checked >= ORDERS]).toEqual([promise, true]);
}, 180_000);

test('the command says so, ends with 0 and hands the report in', async () => {
  const taken = Promise.withResolvers<string>();
  const server = createServer((request, reply) => {
    void text(request).then((body) => taken.resolve(`${request.method} ${request.url} ${body}`));
    reply.writeHead(204).end();
  }).listen(0);
  const { port } = server.address() as AddressInfo;
  const { code, stdout, stderr } = await audit(
    '--grace',
    '0',
    '--report',
    `http://127.0.0.1:${port}/internal/audits/latest`,
  );
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^✓ I1 {2}money.*\d+ +0$/m);
  const [, method, body = ''] = /^(\S+ \S+) (.*)$/.exec(await taken.promise) ?? [];
  expect(method).toBe('PUT /internal/audits/latest');
  expect(AuditReport.parse(JSON.parse(body)).violations).toBe(0);
  server.close();
}, 60_000);

test('what changed within the grace is counted as moving, not judged', async () => {
  const report = await runAudit(accessOf(shop.surroundings), { graceSeconds: 36_000, pageSize: 20 });
  const [rows] = await sql.query<mysql.RowDataPacket[]>('select count(*) as n from dispatch.orders');
  expect(report.moving).toBe(rows[0]?.n);
  expect(brokenOf(report)).toEqual([]);
}, 60_000);

test('what there was no time for is told', async () => {
  const access = { ...accessOf(shop.surroundings), ledgers: [] };
  const { findings } = await runAudit(access, { atRest: true, budgetSeconds: 0 });
  const reasons = new Map(findings.map(({ promise, unchecked }) => [promise, unchecked]));
  expect(reasons.get('I1')).toBe('the time was up after the newest 0 orders');
  expect(reasons.get('I7')).toBe('the time was up after 0 keys');
}, 60_000);

/** What is planted, in which store, who is named for it, and how it is made good. */
const planted: {
  promise: string;
  plant: () => Promise<unknown>;
  undo: () => Promise<unknown>;
  named: () => string;
}[] = [
  {
    promise: 'I1',
    plant: () =>
      sql.query('update payment.payments set captured_minor = captured_minor - 1 where order_id = ?', [
        orderAt(0),
      ]),
    undo: () =>
      sql.query('update payment.payments set captured_minor = captured_minor + 1 where order_id = ?', [
        orderAt(0),
      ]),
    named: () => orderAt(0),
  },
  {
    promise: 'I3',
    plant: () => stock().updateOne({ _id: sku }, { $inc: { available: 1 } }),
    undo: () => stock().updateOne({ _id: sku }, { $inc: { available: -1 } }),
    named: () => sku,
  },
  {
    promise: 'I4',
    plant: () => {
      const hold = { orderId: orderAt(1), q: 1, at: new Date(Date.now() - 1000) };
      const update: mongoose.mongo.BSON.Document = { $push: { holds: hold }, $inc: { available: -1 } };
      return stock().updateOne({ _id: otherSku }, update);
    },
    undo: () => {
      const update: mongoose.mongo.BSON.Document = {
        $pull: { holds: { orderId: orderAt(1) } },
        $inc: { available: 1 },
      };
      return stock().updateOne({ _id: otherSku }, update);
    },
    named: () => orderAt(1),
  },
  {
    promise: 'I5',
    plant: () =>
      sql.query("update shipping.shipments set state = 'cancelled' where order_id = ?", [orderAt(2)]),
    undo: () =>
      sql.query("update shipping.shipments set state = 'delivered' where order_id = ?", [orderAt(2)]),
    named: () => orderAt(2),
  },
  {
    promise: 'I6',
    plant: async () => {
      await sql.query('create table dispatch.kept select * from dispatch.sagas where order_id = ?', [
        orderAt(3),
      ]);
      await sql.query('delete from dispatch.sagas where order_id = ?', [orderAt(3)]);
    },
    undo: async () => {
      await sql.query('insert into dispatch.sagas select * from dispatch.kept');
      await sql.query('drop table dispatch.kept');
    },
    named: () => orderAt(3),
  },
  {
    promise: 'I8',
    plant: () =>
      sql.query(
        `insert into dispatch.dead_letters (id, death, queue, type, message_id, reason, detail, state, died_at, bytes, content, properties, history)
          values (?, repeat('0', 64), 'user.orders', 'order.placed.v1', 'm', 'malformed', 'planted', 'dead', utc_timestamp(3), 1, 'x', '{}', '[]')`,
        [letter],
      ),
    undo: () => sql.query('delete from dispatch.dead_letters where id = ?', [letter]),
    named: () => letter,
  },
  {
    promise: 'I11',
    plant: () => history().updateOne({ _id: orderAt(4) }, { $set: { 'summary.status': 'placed' } }),
    undo: () => history().updateOne({ _id: orderAt(4) }, { $set: { 'summary.status': 'completed' } }),
    named: () => orderAt(4),
  },
];
const letter = '01900000-0000-7000-8000-000000000001';

test('every planted violation is found and named, and nothing else', async () => {
  for (const { plant } of planted) await plant();
  const report = await look();
  expect(brokenOf(report)).toEqual(planted.map(({ promise, named }) => [promise, [named()]]));
  const { code, stdout } = await audit('--grace', '0');
  expect(code).toBe(1);
  for (const { named } of planted) expect(stdout).toContain(named());
  const told = await audit('--grace', '0', '--json');
  expect([told.code, AuditReport.parse(JSON.parse(told.stdout)).violations]).toEqual([1, planted.length]);
  for (const { undo } of planted) await undo();
  expect(brokenOf(await look())).toEqual([]);
}, 120_000);

test.each([
  ['a flag that does not exist', dataDir, '--jsom'],
  ['a shop that does not run', join(dataDir, 'nowhere'), '--json'],
])(
  '%s is told in one line, with 2',
  async (_, folder, flag) => {
    const { code, stdout, stderr } = await auditOf(folder, flag);
    expect([code, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
  },
  30_000,
);

describe('the accounts of the audit change nothing', () => {
  const refusal = async (attempt: () => Promise<unknown>): Promise<string> =>
    attempt().then(
      () => 'done',
      (error: unknown) => String(error),
    );

  test('MySQL', async () => {
    const connection = await mysql.createConnection(accessOf(shop.surroundings).mysqlUrl);
    for (const change of [
      'delete from dispatch.orders',
      'update payment.payments set state = 1',
      'create table shipping.x (a int)',
    ])
      expect(await refusal(() => connection.query(change))).toMatch(/denied/);
    await connection.end();
  });
  test('MongoDB', async () => {
    const client = await new mongoose.mongo.MongoClient(accessOf(shop.surroundings).mongoUrl).connect();
    for (const name of ['catalogue', 'users']) {
      expect(await refusal(() => client.db(name).collection('x').insertOne({}))).toMatch(/not authorized/);
      expect(await refusal(() => client.db(name).dropDatabase())).toMatch(/not authorized/);
    }
    await client.close();
  });
  test('Redis', async () => {
    const redis = new Redis(accessOf(shop.surroundings).redisUrl);
    expect(await refusal(() => redis.hset('cart:x', 'v', '1'))).toMatch(/NOPERM/);
    expect(await refusal(() => redis.hget('user:x', 'v'))).toMatch(/NOPERM/);
    redis.disconnect();
  });
  test('RabbitMQ', async () => {
    const connection = await connect(accessOf(shop.surroundings).amqpUrl);
    connection.on('error', () => undefined);
    const trying = async (
      what: (channel: Awaited<ReturnType<typeof connection.createChannel>>) => Promise<unknown>,
    ) => {
      const channel = await connection.createChannel();
      channel.on('error', () => undefined);
      return refusal(() => what(channel));
    };
    expect(await trying((channel) => channel.get('user.orders'))).toMatch(/ACCESS_REFUSED/);
    expect(await trying((channel) => channel.purgeQueue('user.orders'))).toMatch(/ACCESS_REFUSED/);
    expect(await trying((channel) => channel.assertQueue('audit.mine'))).toMatch(/ACCESS_REFUSED/);
    await connection.close();
  });
});
