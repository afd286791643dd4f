import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import * as m from '@shopstack/contracts/messages';
import { openShop, type Shop, until } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  // Nothing is sent again, so that a slow machine does not look like a second question.
  shop = await openShop({ timing: { resendMs: [600_000] } });
});
afterAll(() => shop.close());
beforeEach(() => shop.participants.repeat(1));

const steps = (order: { steps: { step: string }[] }) => order.steps.map((it) => it.step);

test('an order goes all the way to the customer, asking each participant once', async () => {
  const placed = await shop.guest().order().expect(201);
  const { id, followToken } = placed.body;
  expect(placed.body).toMatchObject({ status: 'placed', version: 1, payment: { state: 'pending' } });
  const confirmed = await shop.reach(id, followToken, 'confirmed');
  expect(steps(confirmed)).toEqual([
    'placed',
    'stock-held',
    'delivery-booked',
    'authorised',
    'committed',
    'captured',
    'confirmed',
  ]);
  expect(confirmed).toMatchObject({ payment: { state: 'captured' }, delivery: { trackingCode: 'TRACK1' } });
  const types = shop.participants.typesOf(id);
  const commands = types.filter((it) => !it.startsWith('order.'));
  expect(commands).toEqual([
    'stock.reserve',
    'shipment.hold',
    'payment.authorise',
    'stock.commit',
    'payment.capture',
    'shipment.confirm',
  ]);
  const parcel = { orderId: id, shipmentId: shop.participants.shipmentOf(id), trackingCode: 'TRACK1' };
  const at = new Date().toISOString();
  await shop.participants.tell(m.shipmentDispatched, { ...parcel, at });
  await shop.reach(id, followToken, 'shipped');
  await shop.http
    .post(`/orders/${id}/cancellations`)
    .set('follow-token', followToken)
    .set('idempotency-key', 'k')
    .send({})
    .expect(409)
    .expect(/already-shipped/);
  await shop.participants.tell(m.shipmentInTransit, { ...parcel, at });
  // Scans of one parcel can overtake each other, and an overtaken one is not shown.
  await until(async () => {
    const { body } = await shop.http.get(`/orders/${id}`).set('follow-token', followToken);
    expect(steps(body)).toContain('in-transit');
  });
  await shop.participants.tell(m.shipmentDelivered, { ...parcel, at });
  const completed = await shop.reach(id, followToken, 'completed');
  expect(steps(completed).slice(-3)).toEqual(['shipped', 'in-transit', 'delivered']);
  await until(() =>
    expect(shop.participants.typesOf(id).filter((it) => it.startsWith('order.'))).toEqual([
      'order.placed',
      'order.stock-reserved',
      'order.confirmed',
      'order.shipped',
      'order.completed',
    ]),
  );
});

test('doubled answers change nothing', async () => {
  shop.participants.repeat(4);
  const { id, followToken } = (await shop.guest().order().expect(201)).body;
  const order = await shop.reach(id, followToken, 'confirmed');
  expect(new Set(steps(order)).size).toBe(steps(order).length);
  const commands = shop.participants.typesOf(id).filter((it) => !it.startsWith('order.'));
  expect(new Set(commands).size).toBe(commands.length);
});

test('forty orders at once are all confirmed', async () => {
  const placed = await Promise.all(Array.from({ length: 40 }, () => shop.guest().order().expect(201)));
  const ids = placed.map(({ body }) => String(body.id));
  await until(async () => {
    const query = shop.database.db.selectFrom('orders').select('status').where('id', 'in', ids);
    const rows = await query.where('status', '=', 'confirmed').execute();
    expect(rows).toHaveLength(40);
  }, 40_000);
});
