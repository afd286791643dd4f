import { openBus } from '@shopstack/bus/connection';
import { on } from '@shopstack/bus/handler';
import { draft } from '@shopstack/bus/message';
import { startMysqlRelay } from '@shopstack/bus/mysql';
import type { DataOf } from '@shopstack/contracts/message';
import { orderCompleted, ratingAggregateChanged } from '@shopstack/contracts/messages';
import { uuidv7 } from '@shopstack/kit/uuid';
import { openDatabase } from '@shopstack/sql/database';
import { migrate } from '@shopstack/sql/migration';
import { eventually } from '@shopstack/testkit/eventually';
import { testPlatform } from '@shopstack/testkit/platform';
import { openTestAmqp, openTestMysql } from '@shopstack/testkit/stores';
import { bearer, createTestIssuer } from '@shopstack/testkit/tokens';
import { sql } from 'kysely';
import supertest from 'supertest';
import { createApp } from '../src/app.ts';
import { consume } from '../src/events/orders.ts';
import { migrations, type Schema } from '../src/store/schema.ts';

export type Told = DataOf<typeof ratingAggregateChanged>;
type Shopper = { id: string; auth: { authorization: string } };

/** The real app over a schema and a virtual host of its own; a catalogue listens to what it tells. */
export async function openFixture() {
  const [mysql, amqp] = await Promise.all([openTestMysql(), openTestAmqp()]);
  const issuer = createTestIssuer();
  const platform = testPlatform('ratings', issuer.authorisation);
  const { log } = platform;
  const database = openDatabase<Schema>({ url: mysql.url, log });
  await migrate({ database, migrations, log });
  const bus = await openBus({ url: amqp.url, service: 'ratings', log });
  const relay = startMysqlRelay({ database, bus, log, pollMs: 100 });
  consume(bus, { database, ready: () => database.ping().then(() => true) });
  const others = await openBus({ url: amqp.url, service: 'catalogue', log });
  const told: Told[] = [];
  others.consume({
    queue: 'catalogue.ratings',
    prefetch: 1,
    handlers: [on(ratingAggregateChanged, async (data) => void told.push(data))],
  });
  const api = supertest(createApp({ platform, database, wake: relay.wake }));

  const shopper = (): Shopper => {
    const id = uuidv7();
    return { id, auth: bearer(issuer.token({ id })) };
  };
  const mine = (productId: string) => `/products/${productId}/reviews/mine`;
  const deliver = (userId: string | undefined, productIds: readonly string[]) => {
    const message = draft(orderCompleted, completed(userId, productIds));
    return { message, send: () => others.publish(message) };
  };
  const fixture = {
    api,
    database,
    issuer,
    told,
    shopper,
    mine,
    deliver,
    support: bearer(issuer.token({ roles: ['support'] })),
    /** Someone who received these products. */
    async buyer(...productIds: string[]): Promise<Shopper> {
      const it = shopper();
      await deliver(it.id, productIds).send();
      await eventually(async () => {
        const { body } = await api.get(mine(productIds.at(-1) ?? '')).set(it.auth);
        return body.mayReview === true;
      });
      return it;
    },
    write: (by: Shopper, productId: string, review: Record<string, unknown> = {}) =>
      api
        .put(mine(productId))
        .set(by.auth)
        .send({ rating: 5, title: 'Good', body: 'It works.', author: 'Ada', ...review }),
    async rating(productId: string): Promise<{ average: number; count: number; histogram: number[] }> {
      return (await api.get(`/products/${productId}/rating`).expect(200)).body;
    },
    /** Published votes counted from the reviews themselves. */
    async counted(productId: string): Promise<number[]> {
      const { rows } = await sql<{ rating: number; votes: number }>`select rating, count(*) as votes
        from reviews where product_id = ${productId} and state = 'published' group by rating`.execute(
        database.db,
      );
      return [1, 2, 3, 4, 5].map((stars) => Number(rows.find((it) => it.rating === stars)?.votes ?? 0));
    },
    toldOf: (productId: string) => told.filter((it) => it.productId === productId),
    async close() {
      await relay.close();
      await Promise.all([bus.close(), others.close()]);
      await database.close();
      await Promise.all([mysql.close(), amqp.close()]);
    },
  };
  return fixture;
}
export type Fixture = Awaited<ReturnType<typeof openFixture>>;

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
function completed(userId: string | undefined, productIds: readonly string[]) {
  const id = uuidv7();
  const now = new Date().toISOString();
  const data = {
    id,
    number: 'SH-TEST0001',
    status: 'completed' as const,
    version: 9,
    lines: productIds.map((productId) => ({
      sku: productId.toUpperCase(),
      productId,
      name: productId,
      quantity: 1,
      unitPrice: eur(1000),
      lineTotal: eur(1000),
      tax: eur(160),
    })),
    subtotal: eur(1000),
    tax: eur(160),
    discount: eur(0),
    shipping: eur(0),
    total: eur(1000),
    currency: 'EUR',
    placedAt: now,
    updatedAt: now,
    cartId: 'cart',
    cartVersion: 1,
    deliveryCountry: 'DE',
    ...(userId === undefined ? {} : { userId }),
  };
  return { subject: id, data };
}
