import { createHmac, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Cart } from '@shopstack/contracts/cart';
import { Product } from '@shopstack/contracts/catalogue';
import { DeadLetterView } from '@shopstack/contracts/operations-desk';
import { Order, type OrderStatus } from '@shopstack/contracts/order';
import { Payment } from '@shopstack/contracts/payment';
import { Review } from '@shopstack/contracts/ratings';
import { QuoteOption, Shipment } from '@shopstack/contracts/shipping';
import { SavedAddress, User } from '@shopstack/contracts/user';
import { eventually } from '@shopstack/testkit/eventually';
import { z } from 'zod';
import { type Asking, ask, exchange, shopUrl, succeeded } from './contract/asking.ts';
import { ensureAudit, plantDeadLetter } from './contract/backstage.ts';
import { allServed, serviceNames } from './contract/operations.ts';
import { newPerson, type Person, sampleAdmin, secret, signIn } from './contract/people.ts';
import { address, destination, type Scene, setScene } from './contract/row.ts';
import { rowOf } from './contract/rows.ts';

let admin: Person;
let buyer: Person;
let scene: Scene;
/** The journey goes on with what an earlier test made. */
const made = { sku: '', productId: '', orderId: '', paymentId: '', reviewId: '' };

beforeAll(async () => {
  const first = await sampleAdmin();
  scene = await setScene(first);
  await ensureAudit(first);
  admin = await newPerson('Ally Admin', first, ['admin']);
  buyer = await newPerson('Bo Buyer', first);
}, 60_000);

/** Asks and expects this status; every answer is held to its contract. */
async function get<S extends z.ZodType>(
  [id, status, schema]: readonly [string, number, S],
  asking: Asking = {},
  by: Pick<Person, 'credentials'> = buyer,
): Promise<z.output<S>> {
  const seen = await ask(id, asking, by.credentials);
  if (seen.status !== status) throw new Error(`${id}: ${seen.status} instead of ${status}: ${seen.text}`);
  return schema.parse(seen.body);
}
const done = (id: string, status: number) => [id, status, z.unknown()] as const;
const match = (version: number) => ({ headers: { 'if-match': `"${version}"` } });
const guest = { credentials: {} };

describe('every operation succeeds once, as its contract says', () => {
  test('reads that need nothing before', async () => {
    const reads = allServed.map(({ operation }) => operation.id).filter((id) => rowOf(id).answer === 200);
    for (const id of reads) await get(done(id, 200), rowOf(id).request?.(scene), admin);
    await get(done('quote', 201), rowOf('quote').request?.(scene), guest);
  });

  test('an account, its addresses and sessions', async () => {
    const me = await get(['getMe', 200, User] as const);
    await get(done('patchMe', 200), { body: { name: 'Bo Better', locale: 'de' }, ...match(me.version) });
    const saved = await get(['addAddress', 201, SavedAddress] as const, { body: address });
    const params = { id: saved.id };
    const replaced = await get(['replaceAddress', 200, SavedAddress] as const, {
      params,
      body: { ...address, line2: 'Hinterhaus', isDefault: true },
      ...match(saved.version),
    });
    await get(done('removeAddress', 204), { params, ...match(replaced.version) });
    await get(done('changePassword', 204), {
      body: { currentPassword: buyer.password, newPassword: `${buyer.password} new` },
    });
    const again = await signIn(buyer.email, `${buyer.password} new`);
    const cookie = { headers: { cookie: again.refreshCookie } };
    await get(done('refreshSession', 200), cookie, guest);
    const sessions = await get([
      'listSessions',
      200,
      z.object({ items: z.array(z.object({ id: z.string(), current: z.boolean() })) }),
    ] as const);
    const other = sessions.items.find(({ current }) => !current);
    await get(done('endSession', 204), { params: { id: other?.id ?? '' } });
    await get(done('signOut', 204), cookie, guest);
    const person = await newPerson('Ed Ended', admin);
    const user = await get(['getMe', 200, User] as const, {}, person);
    await get(
      done('patchUser', 200),
      { params: { id: user.id }, body: { roles: ['support', 'customer'] }, ...match(user.version) },
      admin,
    );
    await get(done('endUserSessions', 204), { params: { id: user.id } }, admin);
  });

  test('a product from its first stock to its last day', async () => {
    made.sku = `LAMP-${randomUUID().slice(0, 8)}`;
    made.productId = made.sku.toLowerCase();
    const params = { sku: made.sku };
    const body = z
      .record(z.string(), z.unknown())
      .parse(
        rowOf('createProduct').request?.({ ...scene, product: { ...scene.product, sku: made.sku } }).body,
      );
    const { id: _, ...fields } = body;
    const product = await get(
      ['createProduct', 201, Product] as const,
      { body: { ...fields, id: made.productId } },
      admin,
    );
    const replaced = await get(
      ['replaceProduct', 200, Product] as const,
      { params, body: { ...fields, name: 'Better lamp' }, ...match(product.version) },
      admin,
    );
    const patched = await get(
      ['patchProduct', 200, Product] as const,
      { params, body: { brand: 'Lampwerk' }, ...match(replaced.version) },
      admin,
    );
    expect(patched).toMatchObject({ name: 'Better lamp', brand: 'Lampwerk' });
    await get(done('adjustStock', 201), { params, body: { delta: 9, reason: 'arrived' } }, admin);
    const raw = new Uint8Array(Buffer.from(picture, 'base64'));
    await get(done('uploadImage', 201), { params, raw, query: { alt: 'A lamp' } }, admin);
    const csv = `Handle,Title,Vendor,Type,Variant SKU,Variant Price,Variant Inventory Qty\n${made.productId}-2,Two,Testwerk,Lighting,${made.sku}-2,19.99,3\n`;
    await get(done('importProducts', 200), { raw: csv }, admin);
    const second = await get(['getProduct', 200, Product] as const, { params: { sku: `${made.sku}-2` } });
    await get(
      done('discontinueProduct', 204),
      { params: { sku: second.sku }, ...match(second.version) },
      admin,
    );
  });

  test('a cart', async () => {
    const params = { sku: made.sku };
    const body = { sku: made.sku, quantity: 1 };
    await get(done('addItem', 200), { body });
    await get(done('setItem', 200), { params, body: { quantity: 3 } });
    await get(done('removeItem', 200), { params });
    await get(done('setDestination', 200), { body: destination });
    const cart = await get(['addItem', 200, Cart] as const, { body });
    expect(cart.lines).toMatchObject([{ sku: made.sku, quantity: 1, unitPrice: { amountMinor: 1999 } }]);
  });

  /** Orders what is in the buyer's cart. */
  async function order(paymentToken: string, until: OrderStatus): Promise<Order> {
    const cart = await get(['getCart', 200, Cart] as const);
    const lines = cart.lines.map(({ sku, quantity }) => ({ sku, quantity }));
    const { items } = await get(['quote', 201, z.object({ items: z.array(QuoteOption) })] as const, {
      body: { destination, lines },
    });
    const [offer] = items;
    if (!offer) throw new Error('no offer');
    await get(done('getQuote', 200), { params: { quoteId: offer.quoteId } });
    const amountMinor = cart.total.amountMinor + offer.price.amountMinor;
    const body = {
      cartVersion: cart.version,
      shippingQuoteId: offer.quoteId,
      address,
      paymentMethod: 'card',
      paymentToken,
    };
    const placed = await get(['placeOrder', 201, Order] as const, {
      body: { ...body, expectedTotal: { amountMinor, currency: 'EUR' } },
    });
    const params = { id: placed.id };
    return eventually(async () => {
      const now = await get(['getOrder', 200, Order] as const, { params });
      return now.status === until && now;
    }, 20_000);
  }

  test('an order whose bank asks, another card, and a cancellation', async () => {
    const asked = await order('sim_action_required', 'awaiting-payment');
    const params = { id: asked.payment.id };
    await get(done('getPayment', 200), { params });
    await get(done('actOnPayment', 202), { params, body: { outcome: 'approve' } });
    made.orderId = asked.id;
    await eventually(
      async () =>
        (await get(['getOrder', 200, Order] as const, { params: { id: asked.id } })).status === 'confirmed',
    );
    await eventually(async () => (await get(['getCart', 200, Cart] as const)).lines.length === 0);
    await get(done('addItem', 200), { body: { sku: made.sku, quantity: 2 } });
    const short = await order('sim_insufficient_funds', 'awaiting-payment');
    await get(done('attemptPayment', 202), {
      params: { id: short.payment.id },
      body: { paymentMethod: 'card', paymentToken: 'sim_action_required' },
    });
    await get(done('streamOrder', 200), { params: { id: short.id } });
    await get(done('cancelOrder', 202), { params: { id: short.id }, body: { reason: 'too dear' } });
    await get(done('getReservation', 200), { params: { orderId: made.orderId } }, admin);
  });

  test('a parcel and the review of a buyer who has it', async () => {
    const list = ['listShipments', 200, z.object({ items: z.array(Shipment) })] as const;
    const shipment = await eventually(
      async () => (await get(list, { query: { orderId: made.orderId } })).items[0],
    );
    const params = { id: shipment.id };
    for (const state of ['dispatched', 'in-transit', 'delivered'] as const) {
      await eventually(async () => {
        const seen = await ask(
          'addTrackingEvent',
          { params, body: { eventId: randomUUID(), state } },
          admin.credentials,
        );
        return seen.status === 201 || seen.code === 'tracking-out-of-order';
      });
    }
    await get(done('getShipment', 200), { params });
    const product = { productId: made.productId };
    const body = { rating: 4, title: 'Bright', body: 'It shines.', author: 'Bo' };
    await eventually(
      async () => (await ask('putMyReview', { params: product, body }, buyer.credentials)).status === 201,
      30_000,
    );
    const { review } = await get(['getMyReview', 200, z.object({ review: Review })] as const, {
      params: product,
    });
    await get(done('putMyReview', 200), {
      params: product,
      body: { ...body, rating: 5 },
      ...match(review.version),
    });
    await get(done('voteReview', 200), { params: { id: review.id }, body: { helpful: true } }, admin);
    const hidden = await get(
      ['moderateReview', 200, Review] as const,
      { params: { id: review.id }, body: { state: 'hidden' }, ...match(review.version + 1) },
      admin,
    );
    await get(done('removeMyReview', 204), { params: product, ...match(hidden.version) });
  }, 60_000);

  test('a kindness of support, goods that come back, and a lost parcel that somebody looked after', async () => {
    const params = { id: made.orderId };
    const amount = { amountMinor: 100, currency: 'EUR' };
    await get(done('refundOrder', 202), { params, body: { amount, reason: 'scratched' } }, admin);
    await get(done('returnGoods', 202), { params, body: { lines: [{ sku: made.sku, quantity: 1 }] } });
    await get(done('getJourney', 200), { params }, admin);
    await get(done('addItem', 200), { body: { sku: made.sku, quantity: 1 } });
    const { id } = await order('sim_ok', 'confirmed');
    const list = ['listShipments', 200, z.object({ items: z.array(Shipment) })] as const;
    const shipment = (await get(list, { query: { orderId: id } })).items[0]?.id ?? '';
    for (const state of ['dispatched', 'lost']) {
      const body = { eventId: randomUUID(), state };
      await ask('addTrackingEvent', { params: { id: shipment }, body }, admin.credentials);
    }
    await eventually(
      async () =>
        (await get(['getOrder', 200, Order] as const, { params: { id } })).status === 'attention-required',
    );
    await get(done('resumeSaga', 202), { params: { orderId: id }, body: { note: 'found again' } }, admin);
  });

  test('a dead letter that is sent again, and one that is not', async () => {
    const Letters = z.object({ items: z.array(DeadLetterView) });
    const planted = async () => {
      const query = { q: await plantDeadLetter() };
      return eventually(
        async () => (await get(['listDeadLetters', 200, Letters] as const, { query }, admin)).items[0]?.id,
      );
    };
    const params = { id: await planted() };
    await get(done('getDeadLetter', 200), { params }, admin);
    await get(done('replayDeadLetter', 202), { params, body: { note: 'a test' } }, admin);
    await eventually(async () => {
      const letter = await get(['getDeadLetter', 200, DeadLetterView] as const, { params }, admin);
      return letter.state === 'replayed';
    });
    await get(
      done('discardDeadLetter', 200),
      { params: { id: await planted() }, query: { reason: 'a test' } },
      admin,
    );
    await get(done('replayDeadLetters', 202), { body: { queue: 'no.such.queue', limit: 1 } }, admin);
  });

  test('a webhook that the provider signed', async () => {
    const raw = JSON.stringify({ id: `test-${randomUUID()}`, payment: { reference: made.orderId } });
    const time = Math.floor(Date.now() / 1000);
    const v1 = createHmac('sha256', secret('simulators.card.webhook')).update(`${time}.${raw}`).digest('hex');
    const headers = { 'simulator-signature': `t=${time},v1=${v1}` };
    await get(done('receiveSimulatorWebhook', 200), { raw, headers }, guest);
    const changed = await ask('receiveSimulatorWebhook', { raw: `${raw} `, headers });
    expect(changed.code).toBe('signature-invalid');
  });

  test('a callback with the token of an attempt', async () => {
    const query = { orderId: made.orderId };
    const Payments = z.object({ items: z.array(Payment) });
    const { items } = await get(['listPayments', 200, Payments] as const, { query });
    const id = Buffer.from(items[0]?.attempts[0]?.id.replaceAll('-', '') ?? '', 'hex');
    const hmac = createHmac('sha256', secret('payment.mpesa.callback')).update('mpesa-callback.').update(id);
    const attemptToken = Buffer.concat([id, hmac.digest()]).toString('base64url');
    await get(done('receiveMpesaCallback', 200), { params: { attemptToken }, raw: '{"Body":{}}' }, guest);
  });

  test('and with that every public operation has been seen to succeed', async () => {
    await get(
      done('register', 201),
      { body: { email: `${randomUUID()}@example.test`, password: randomUUID(), name: 'Ada' } },
      guest,
    );
    const open = allServed.filter(({ operation }) => operation.policy.kind !== 'internal');
    expect(open.map(({ operation }) => operation.id).filter((id) => !succeeded.has(id))).toEqual([]);
  });
});

const Documented = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(
    z.string(),
    z.record(z.string(), z.looseObject({ operationId: z.string(), 'x-policy': z.unknown() })),
  ),
});
test.each(serviceNames)('the OpenAPI document of %s has the operations of the contracts', async (service) => {
  const url = `${shopUrl}/api/v1/${service}/openapi.json`;
  const { body } = await exchange({ method: 'GET', url, headers: {}, body: undefined });
  const documented = Object.entries(Documented.parse(body).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, it]) => [it.operationId, method, path, it['x-policy']]),
  );
  const contracted = allServed
    .filter((it) => it.service === service)
    .map(({ operation: { id, method, path, policy } }) => [id, method, path, policy]);
  expect(documented.toSorted()).toEqual(contracted.toSorted());
});

/** A PNG of four by four grey pixels. */
const picture =
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAAAAACMmsGiAAAADklEQVR42mNoAAIGVAIAUBQIAW1N4EkAAAAASUVORK5CYII=';
