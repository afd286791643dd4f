import { openBus } from '@shopstack/bus/connection';
import { draft } from '@shopstack/bus/message';
import { orderPlaced, productDiscontinued, productPriceChanged } from '@shopstack/contracts/messages';
import { uuidv7 } from '@shopstack/kit/uuid';
import { testPlatform } from '@shopstack/testkit/platform';
import { openTestAmqp, openTestRedis, redisAccess } from '@shopstack/testkit/stores';
import { bearer, createTestIssuer } from '@shopstack/testkit/tokens';
import supertest, { type Test } from 'supertest';
import { createApp } from '../src/app.ts';
import { createCatalogueClient } from '../src/clients/catalogue.ts';
import { consume } from '../src/events/consumers.ts';
import { openCarts } from '../src/store/carts.ts';
import { openRedis } from '../src/store/redis.ts';
import { type Goods, startFakeCatalogue } from './fake-catalogue.ts';

type Holder = { headers: Record<string, string> };
const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

/** The real app over Redis (the shared one or `redisUrl`) and a catalogue the test fills. */
export async function openFixture(options: { redisUrl?: string } = {}) {
  const store = await openTestRedis();
  const catalogue = await startFakeCatalogue();
  const redis = await openRedis(redisAccess(options.redisUrl ?? store.url));
  const carts = openCarts(redis.redis, `${store.keyPrefix}cart:`);
  const client = createCatalogueClient(catalogue.url);
  const issuer = createTestIssuer();
  const platform = testPlatform('cart', issuer.authorisation);
  const cookie = { secure: false, path: '/api/v1' };
  const app = createApp({ platform, carts, catalogue: client, currency: 'EUR', cookie });
  const api = supertest(app);

  return {
    api,
    carts,
    catalogue,
    issuer,
    redis: redis.redis,
    log: platform.log,
    /** Puts a product on sale. */
    sell(it: Partial<Goods> = {}, sku = `SKU-${uuidv7().slice(-12)}`): string {
      catalogue.goods.set(sku, { priceMinor: 1000, available: 50, ...it });
      return sku;
    },
    user: (id = uuidv7()): Holder & { id: string } => ({ id, headers: bearer(issuer.token({ id })) }),
    /** A guest with the cookie that the first change gave. */
    async guest(sku: string, quantity = 1): Promise<Holder & { cookie: string }> {
      const answer = await api.post('/items').send({ sku, quantity }).expect(200);
      const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
      return { cookie, headers: { cookie } };
    },
    get: (by: Holder): Test => api.get('/').set(by.headers),
    add: (by: Holder, sku: string, quantity: unknown = 1): Test =>
      api.post('/items').set(by.headers).send({ sku, quantity }),
    setTo: (by: Holder, sku: string, quantity: unknown): Test =>
      api.patch(`/items/${sku}`).set(by.headers).send({ quantity }),
    remove: (by: Holder, sku: string): Test => api.delete(`/items/${sku}`).set(by.headers),
    close: async () => {
      await client.close();
      await redis.close();
      await catalogue.close();
      await store.close();
    },
  };
}
export type Fixture = Awaited<ReturnType<typeof openFixture>>;

/** Dispatch's and the catalogue's messages through a virtual host of its own. */
export async function openMessages({ carts, log }: Pick<Fixture, 'carts' | 'log'>) {
  const amqp = await openTestAmqp();
  const bus = await openBus({ url: amqp.url, service: 'cart', log });
  consume(bus, { carts, ready: async () => true });
  return {
    placed: (cart: { id: string; version: number }, lines: readonly { sku: string; quantity: number }[]) => {
      const data = orderOf(cart, lines);
      return bus.publish(draft(orderPlaced, { subject: data.id, data })).then(() => data);
    },
    resend: (data: ReturnType<typeof orderOf>) => bus.publish(draft(orderPlaced, { subject: data.id, data })),
    discontinued: (sku: string) => {
      const data = { productId: sku.toLowerCase(), skus: [sku], version: 2 };
      return bus.publish(draft(productDiscontinued, { subject: data.productId, data }));
    },
    priced: (sku: string, amountMinor: number) => {
      const data = { productId: sku.toLowerCase(), sku, price: eur(amountMinor), version: 3 };
      return bus.publish(draft(productPriceChanged, { subject: data.productId, data }));
    },
    close: async () => {
      await bus.close();
      await amqp.close();
    },
  };
}
export type Messages = Awaited<ReturnType<typeof openMessages>>;

function orderOf(cart: { id: string; version: number }, lines: readonly { sku: string; quantity: number }[]) {
  const now = new Date().toISOString();
  return {
    id: uuidv7(),
    number: 'SH-TEST0001',
    status: 'placed' as const,
    version: 1,
    lines: lines.map(({ sku, quantity }) => ({
      sku,
      productId: sku.toLowerCase(),
      name: sku,
      quantity,
      unitPrice: eur(1000),
      lineTotal: eur(1000 * quantity),
      tax: eur(160 * quantity),
    })),
    subtotal: eur(1000),
    tax: eur(160),
    discount: eur(0),
    shipping: eur(0),
    total: eur(1000),
    currency: 'EUR',
    placedAt: now,
    updatedAt: now,
    cartId: cart.id,
    cartVersion: cart.version,
    deliveryCountry: 'DE',
  };
}
