import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { eventually } from '@shopstack/testkit/eventually';
import { bearer } from '@shopstack/testkit/tokens';
import { berlin, type Fixture, openFixture } from './fixture.ts';

let shop: Fixture;
beforeAll(async () => {
  shop = await openFixture();
});
afterAll(() => shop.close());

const refused = async (request: PromiseLike<{ status: number; body: { type?: string } }>) => {
  const { status, body } = await request;
  return [status, body.type?.replace('urn:shopstack:problem:', '')];
};
type Headers = Record<string, string>;
const see = (id: string, headers: Headers) => shop.api.get(`/shipments/${id}`).set(headers);
const find = (orderId: string, headers: Headers) =>
  shop.api.get(`/shipments?orderId=${orderId}`).set(headers);

describe('a shipment is shown', () => {
  test('to its buyer and to support, with its tracking, without the address', async () => {
    const userId = uuidv7();
    const { orderId, shipmentId } = await shop.confirmed({ userId });
    const { body } = await see(shipmentId, shop.auth(userId)).expect(200);
    expect(body).toMatchObject({
      id: shipmentId,
      orderId,
      state: 'confirmed',
      destination: berlin,
      trackingCode: `TRACK-${shipmentId.slice(-12)}`,
      events: [],
    });
    expect(JSON.stringify(body)).not.toContain('Street 1');
    expect(JSON.stringify(body)).not.toContain(userId);
    expect((await find(orderId, shop.auth(userId)).expect(200)).body).toEqual({ items: [body], next: null });
    expect((await see(shipmentId, shop.support).expect(200)).body).toEqual(body);
  });

  test("to a guest with the order's token, also when signed in by now", async () => {
    const { orderId, shipmentId } = await shop.confirmed({ followToken: 'follow-me' });
    const shown = { 'follow-token': 'follow-me' };
    await see(shipmentId, shown).expect(200);
    expect((await find(orderId, shown).expect(200)).body.items).toHaveLength(1);
    await see(shipmentId, { ...shown, ...shop.auth(uuidv7()) }).expect(200);
  });

  test('to nobody else', async () => {
    const mine = await shop.confirmed({ userId: uuidv7() });
    const guests = await shop.confirmed({ followToken: 'follow-me' });
    const bare = await shop.confirmed();
    for (const { orderId, shipmentId } of [mine, guests, bare]) {
      for (const headers of [shop.auth(uuidv7()), { 'follow-token': 'guessed' }]) {
        expect(await refused(see(shipmentId, headers))).toEqual([404, 'not-found']);
        expect((await find(orderId, headers).expect(200)).body.items).toEqual([]);
      }
      expect(await refused(see(shipmentId, {}))).toEqual([401, 'unauthenticated']);
      const merchandiser = bearer(shop.issuer.token({ roles: ['merchandiser'] }));
      expect(await refused(see(shipmentId, merchandiser))).toEqual([404, 'not-found']);
    }
    expect(await refused(see(uuidv7(), shop.support))).toEqual([404, 'not-found']);
    expect(await refused(see('1', shop.support))).toEqual([422, 'validation-failed']);
    expect(await refused(shop.api.get('/shipments').set(shop.support))).toEqual([422, 'validation-failed']);
  });
});

describe('tracking', () => {
  test('goes forward, tells each step once, and may skip the middle', async () => {
    const { orderId, shipmentId } = await shop.confirmed();
    for (const state of ['dispatched', 'in-transit', 'in-transit', 'delivered']) {
      expect((await shop.track(shipmentId, state).expect(201)).body.state).toBe(state);
    }
    await eventually(() => shop.of(orderId).length === 6);
    expect(shop.types(orderId).slice(2)).toEqual(['dispatched', 'in-transit', 'in-transit', 'delivered']);
    expect(shop.of(orderId).at(-1)?.data).toMatchObject({
      shipmentId,
      trackingCode: `TRACK-${shipmentId.slice(-12)}`,
    });
    const short = await shop.confirmed();
    await shop.track(short.shipmentId, 'dispatched').expect(201);
    await shop.track(short.shipmentId, 'delivered').expect(201);
  });

  test('an event again changes nothing, whatever happened since', async () => {
    const { orderId, shipmentId } = await shop.confirmed();
    const eventId = 'carrier-event-1';
    const first = await shop.track(shipmentId, 'dispatched', { eventId }).expect(201);
    expect((await shop.track(shipmentId, 'dispatched', { eventId }).expect(201)).body).toEqual(first.body);
    await shop.track(shipmentId, 'in-transit').expect(201);
    const late = await shop.track(shipmentId, 'dispatched', { eventId }).expect(201);
    expect(late.body.state).toBe('in-transit');
    expect(late.body.events).toHaveLength(2);
    await eventually(() => shop.types(orderId).includes('in-transit'));
    expect(shop.types(orderId).filter((it) => it === 'dispatched')).toHaveLength(1);
    await Promise.all(
      [1, 2, 3, 4].map(() => shop.track(shipmentId, 'delivered', { eventId: 'carrier-event-2' }).expect(201)),
    );
    await eventually(() => shop.types(orderId).includes('delivered'));
    expect(shop.types(orderId).filter((it) => it === 'delivered')).toHaveLength(1);
  });

  test('what cannot follow is refused and leaves no trace', async () => {
    const orderId = uuidv7();
    const { data } = await shop.ask(shop.holdMessage(orderId));
    const shipmentId = String(data.shipmentId);
    const outOfOrder = [409, 'tracking-out-of-order'];
    for (const state of ['dispatched', 'delivered']) {
      expect(await refused(shop.track(shipmentId, state, { as: shop.support }))).toEqual(outOfOrder);
    }
    await shop.ask(shop.confirmMessage(orderId));
    for (const state of ['in-transit', 'delivered', 'lost']) {
      expect(await refused(shop.track(shipmentId, state))).toEqual(outOfOrder);
    }
    await shop.track(shipmentId, 'dispatched').expect(201);
    await shop.track(shipmentId, 'lost').expect(201);
    for (const state of ['dispatched', 'in-transit', 'delivered']) {
      expect(await refused(shop.track(shipmentId, state))).toEqual(outOfOrder);
    }
    const { body } = await see(shipmentId, shop.support).expect(200);
    expect(body.events.map((it: { state: string }) => it.state)).toEqual(['dispatched', 'lost']);
  });

  test('news that overtakes the confirmation of its booking is asked for again', async () => {
    const orderId = uuidv7();
    const { data } = await shop.ask(shop.holdMessage(orderId));
    const shipmentId = String(data.shipmentId);
    const { body, headers } = await shop.track(shipmentId, 'dispatched').expect(503);
    expect(body).toMatchObject({ type: 'urn:shopstack:problem:unavailable' });
    expect(headers['retry-after']).toBe('1');
    expect((await see(shipmentId, shop.support)).body).toMatchObject({ state: 'held', events: [] });
    await shop.ask(shop.confirmMessage(orderId));
    await shop.track(shipmentId, 'dispatched').expect(201);
    expect((await see(shipmentId, shop.support)).body.state).toBe('dispatched');
  });

  test('is written by the carrier and support only', async () => {
    const userId = uuidv7();
    const { shipmentId } = await shop.confirmed({ userId });
    const post = (headers: Headers) =>
      shop.api
        .post(`/shipments/${shipmentId}/tracking-events`)
        .set(headers)
        .send({ eventId: uuidv7(), state: 'dispatched' });
    expect(await refused(post({}))).toEqual([401, 'unauthenticated']);
    expect(await refused(post(bearer('the-carrier-shows-thi_')))).toEqual([401, 'unauthenticated']);
    expect(await refused(post(shop.auth(userId)))).toEqual([403, 'forbidden']);
    expect((await see(shipmentId, shop.support)).body.events).toEqual([]);
    await post(shop.support).expect(201);
    expect(await refused(shop.track(uuidv7(), 'dispatched'))).toEqual([404, 'not-found']);
  });

  test.each([
    ['/state', { state: 'confirmed' }],
    ['/state', { state: 'cancelled' }],
    ['/eventId', { eventId: '' }],
    ['/eventId', { eventId: 'x'.repeat(65) }],
    ['/at', { at: 'yesterday' }],
    ['/detail', { detail: 'x'.repeat(301) }],
    ['/extra', { extra: 1 }],
  ])('bad input at %s is refused', async (pointer, event) => {
    const { body } = await shop.api
      .post(`/shipments/${uuidv7()}/tracking-events`)
      .set(shop.carrierAuth)
      .send({ eventId: 'e', state: 'dispatched', ...event })
      .expect(422);
    expect(body.errors[0].pointer).toBe(pointer);
  });
});
