import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { eventually } from '@shopstack/testkit/eventually';
import { berlin, type Fixture, openFixture } from './fixture.ts';

let shop: Fixture;
beforeAll(async () => {
  shop = await openFixture();
});
afterAll(() => shop.close());
const short = (type: string) => type.replace(/^shipment\.|\.v1$/g, '');

describe('the saga', () => {
  test('holds, confirms with the carrier and answers each command', async () => {
    const orderId = uuidv7();
    const quotes = await shop.api
      .post('/quotes')
      .send({ destination: berlin, lines: [{ sku: 'BRICK', quantity: 1 }] })
      .expect(201);
    const held = await shop.ask(shop.holdMessage(orderId, { quoteId: quotes.body.items[0].quoteId }));
    expect(held).toMatchObject({ type: 'shipment.held.v1', data: { orderId, round: 1 } });
    expect(shop.carrier.booked.has(String(held.data.shipmentId))).toBe(false);
    const confirmed = await shop.ask(shop.confirmMessage(orderId, 2));
    expect(confirmed.data).toEqual({
      orderId,
      round: 2,
      shipmentId: held.data.shipmentId,
      trackingCode: `TRACK-${String(held.data.shipmentId).slice(-12)}`,
    });
    expect(shop.carrier.booked.get(String(held.data.shipmentId))).toMatchObject({
      method: 'standard',
      weightGrams: 2500,
    });
    expect(shop.carrier.requests.at(-1)?.headers.authorization).toBe('Bearer shipping-shows-this-key');
  });

  test('a command again, with the same or another id, changes nothing and is answered again', async () => {
    const orderId = uuidv7();
    const hold = shop.holdMessage(orderId);
    const first = await shop.ask(hold);
    const again = await shop.ask(shop.holdMessage(orderId));
    expect(again.data).toEqual(first.data);
    const confirmed = await shop.ask(shop.confirmMessage(orderId));
    expect((await shop.ask(shop.confirmMessage(orderId))).data).toEqual(confirmed.data);
    expect((await shop.ask(shop.holdMessage(orderId))).type).toBe('shipment.held.v1');
    await shop.send(hold);
    await shop.ask(shop.cancelMessage(orderId));
    expect(short((await shop.ask(shop.cancelMessage(orderId))).type)).toBe('cancelled');
    expect(shop.types(orderId)).toEqual([
      ...['held', 'held', 'confirmed', 'confirmed', 'held', 'cancelled', 'cancelled'],
    ]);
    const rows = await shop.database.db
      .selectFrom('shipments')
      .select('id')
      .where('order_id', '=', orderId)
      .execute();
    expect(rows).toHaveLength(1);
  });

  test('twenty copies at once make one shipment', async () => {
    const orderId = uuidv7();
    await Promise.all(Array.from({ length: 20 }, () => shop.send(shop.holdMessage(orderId))));
    await eventually(() => shop.of(orderId).length === 20);
    expect(new Set(shop.of(orderId).map(({ data }) => data.shipmentId)).size).toBe(1);
  });

  test('a country we do not deliver to is refused', async () => {
    const orderId = uuidv7();
    const answer = await shop.ask(shop.holdMessage(orderId, { country: 'XX' }));
    expect(answer).toMatchObject({
      type: 'shipment.hold-rejected.v1',
      data: { reason: 'unknown-country' },
    });
    expect(await shop.stateOf(orderId)).toBeUndefined();
  });
});

describe('cancelling', () => {
  test('a held or confirmed parcel is called back', async () => {
    const orderId = uuidv7();
    await shop.ask(shop.holdMessage(orderId));
    expect(short((await shop.ask(shop.cancelMessage(orderId))).type)).toBe('cancelled');
    const { orderId: other, shipmentId } = await shop.confirmed();
    expect(shop.carrier.booked.has(shipmentId)).toBe(true);
    expect(short((await shop.ask(shop.cancelMessage(other))).type)).toBe('cancelled');
    expect(shop.carrier.booked.has(shipmentId)).toBe(false);
    expect(short((await shop.ask(shop.confirmMessage(other))).type)).toBe('cancelled');
    expect(shop.carrier.booked.has(shipmentId)).toBe(false);
  });

  test('before the hold leaves a tombstone that refuses the hold and is nobody’s', async () => {
    const orderId = uuidv7();
    const userId = uuidv7();
    expect(short((await shop.ask(shop.cancelMessage(orderId))).type)).toBe('cancelled');
    expect(short((await shop.ask(shop.holdMessage(orderId, { userId }))).type)).toBe('cancelled');
    expect(short((await shop.ask(shop.confirmMessage(orderId))).type)).toBe('cancelled');
    const { body } = await shop.api.get(`/shipments?orderId=${orderId}`).set(shop.auth(userId)).expect(200);
    expect(body.items).toEqual([]);
  });

  test('a parcel that left is refused, whether we know it or only the carrier does', async () => {
    const known = await shop.confirmed();
    await shop.track(known.shipmentId, 'dispatched').expect(201);
    const refused = await shop.ask(shop.cancelMessage(known.orderId));
    expect(refused).toMatchObject({ type: 'shipment.cancel-rejected.v1', data: { state: 'dispatched' } });
    const unknown = await shop.confirmed();
    shop.carrier.state.left.add(unknown.shipmentId);
    const late = await shop.ask(shop.cancelMessage(unknown.orderId));
    expect(late).toMatchObject({ type: 'shipment.cancel-rejected.v1', data: { state: 'confirmed' } });
    expect(await shop.stateOf(unknown.orderId)).toBe('confirmed');
  });

  test('while the carrier books the parcel ends with nothing at the carrier', async () => {
    const orderId = uuidv7();
    const { data } = await shop.ask(shop.holdMessage(orderId));
    let overtaken = false;
    shop.carrier.state.onBooking = async (reference) => {
      if (reference !== data.shipmentId || overtaken) return;
      overtaken = true;
      await shop.ask(shop.cancelMessage(orderId));
    };
    const answer = await shop.ask(shop.confirmMessage(orderId));
    shop.carrier.state.onBooking = async () => {};
    expect(short(answer.type)).toBe('cancelled');
    await eventually(() => !shop.carrier.booked.has(String(data.shipmentId)));
    expect(await shop.stateOf(orderId)).toBe('cancelled');
  });

  test('and confirming at once, again and again, never leaves a cancelled parcel with the carrier', async () => {
    const orders = Array.from({ length: 15 }, () => uuidv7());
    const held = await Promise.all(orders.map((orderId) => shop.ask(shop.holdMessage(orderId))));
    const references = new Map(held.map(({ orderId, data }) => [orderId, String(data.shipmentId)]));
    await Promise.all(
      orders.flatMap((orderId) => [
        shop.ask(shop.confirmMessage(orderId)),
        shop.ask(shop.cancelMessage(orderId)),
      ]),
    );
    for (const orderId of orders) {
      await eventually(() => !shop.carrier.booked.has(references.get(orderId) ?? ''));
      expect(await shop.stateOf(orderId)).toBe('cancelled');
    }
  });
});

test('a carrier that is away is asked again later', async () => {
  const orderId = uuidv7();
  const { data } = await shop.ask(shop.holdMessage(orderId));
  shop.carrier.state.away = true;
  const asked = shop.carrier.requests.length;
  const message = shop.confirmMessage(orderId);
  await shop.send(message);
  await eventually(() => shop.carrier.requests.length > asked);
  expect(await shop.stateOf(orderId)).toBe('held');
  shop.carrier.state.away = false;
  await eventually(() => shop.heard.find((it) => it.causationId === message.id), 30_000);
  expect(await shop.stateOf(orderId)).toBe('confirmed');
  expect(shop.carrier.booked.has(String(data.shipmentId))).toBe(true);
});
