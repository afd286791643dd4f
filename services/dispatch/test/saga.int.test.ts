import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as m from '@shopstack/contracts/messages';
import { sql } from 'kysely';
import { cartLine } from './fake-services.ts';
import { openShop, type Shop, until } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ timing: { resendMs: [400, 800], customerWindowMs: 4000 } });
});
afterAll(() => shop.close());
beforeEach(() => shop.participants.mute());

const steps = (order: { steps: { step: string }[] }) => order.steps.map((it) => it.step);

test('the payment token leaves our tables once it was published', async () => {
  const placed = await shop.guest('sim_ok-secret-token').order().expect(201);
  await shop.reach(placed.body.id, placed.body.followToken, 'confirmed');
  expect(shop.participants.dataOf(placed.body.id, 'payment.authorise')).toMatchObject({
    token: 'sim_ok-secret-token',
    maxAttempts: 3,
  });
  await until(async () => {
    for (const [table, column] of [
      ['outbox', 'message'],
      ['payment_tokens', 'token'],
      ['sagas', 'body'],
      ['orders', 'content'],
      ['idempotency', 'answer'],
    ] as const) {
      const { rows } = await sql`select 1 from ${sql.table(table)}
        where ${sql.ref(column)} like '%secret-token%'`.execute(shop.database.db);
      expect({ table, rows: rows.length }).toEqual({ table, rows: 0 });
    }
  });
});

describe('orders that do not succeed', () => {
  test('stock that ran out rejects the order', async () => {
    const lines = [cartLine('GONE')];
    const { id, followToken } = (await shop.guest('sim_ok', lines).order().expect(201)).body;
    const order = await shop.reach(id, followToken, 'rejected');
    expect(order.reason.code).toBe('out-of-stock');
    expect(shop.participants.typesOf(id)).not.toContain('payment.authorise');
  });

  test('a final decline gives everything back', async () => {
    const { id, followToken } = (await shop.guest('sim_declined').order().expect(201)).body;
    const order = await shop.reach(id, followToken, 'rejected');
    expect(order).toMatchObject({ reason: { code: 'payment-declined' }, payment: { state: 'declined' } });
    expect(shop.participants.typesOf(id)).toEqual(
      expect.arrayContaining(['shipment.cancel', 'stock.release']),
    );
  });

  test('a failed capture puts sold goods back and voids the card', async () => {
    const { id, followToken } = (await shop.guest('sim_capture_fails').order().expect(201)).body;
    const order = await shop.reach(id, followToken, 'rejected');
    expect(order).toMatchObject({ reason: { code: 'capture-failed' }, payment: { state: 'voided' } });
    const asked = shop.participants.typesOf(id);
    expect(asked).toEqual(expect.arrayContaining(['stock.restock', 'payment.void', 'shipment.cancel']));
    expect(asked).not.toContain('stock.release');
  });

  test('a soft decline lets the customer try again', async () => {
    const { id, followToken } = (await shop.guest('sim_insufficient_funds').order().expect(201)).body;
    const waiting = await shop.reach(id, followToken, 'awaiting-payment');
    expect(waiting.payment).toMatchObject({
      state: 'declined',
      nextAction: { kind: 'choose-another-method' },
    });
    const pay = { orderId: id, round: 1, paymentId: waiting.payment.id };
    await shop.participants.tell(m.paymentAuthorised, { ...pay, amount: waiting.total });
    const order = await shop.reach(id, followToken, 'confirmed');
    expect(order.payment.nextAction).toBeUndefined();
  });

  test('a confirmation nobody gives expires', async () => {
    const { id, followToken } = (await shop.guest('sim_action_required').order().expect(201)).body;
    const waiting = await shop.reach(id, followToken, 'awaiting-payment');
    expect(waiting.payment).toMatchObject({ state: 'action-required', nextAction: { kind: 'confirm' } });
    const order = await shop.reach(id, followToken, 'cancelled', 10_000);
    expect(order.reason.code).toBe('payment-expired');
    expect((await shop.sagaOf(id)).state).toBe('EXPIRED');
    expect(shop.participants.typesOf(id)).toContain('payment.void');
  });

  test('an authorisation that comes after the end is voided again', async () => {
    const { id, followToken } = (await shop.guest('sim_action_required').order().expect(201)).body;
    const waiting = await shop.reach(id, followToken, 'awaiting-payment');
    await cancel(id, followToken).expect(202);
    await shop.reach(id, followToken, 'cancelled');
    const pay = { orderId: id, round: 1, paymentId: waiting.payment.id };
    await shop.participants.tell(m.paymentAuthorised, { ...pay, amount: waiting.total });
    await until(() =>
      expect(shop.participants.typesOf(id).filter((it) => it === 'payment.void')).toHaveLength(2),
    );
    await until(async () => expect((await shop.sagaOf(id)).payment).toBe('clean'));
    expect((await shop.sagaOf(id)).state).toBe('CANCELLED');
  });
});

const cancel = (id: string, followToken: string, key = `cancel-${id}`) =>
  shop.http
    .post(`/orders/${id}/cancellations`)
    .set('follow-token', followToken)
    .set('idempotency-key', key)
    .send({});

describe('a cancellation', () => {
  const cases: [state: string, muted: string, answered: string, ends: string, undone: string[]][] = [
    ['RESERVING', 'stock.reserve', 'cancelling', 'cancelled', ['stock.release']],
    ['HOLDING', 'shipment.hold', 'cancelling', 'cancelled', ['stock.release', 'shipment.cancel']],
    ['PAYING', 'payment.authorise', 'cancelling', 'cancelled', ['stock.release', 'payment.void']],
    ['COMMITTING', 'stock.commit', 'cancelling', 'cancelled', ['stock.restock', 'payment.void']],
    ['CAPTURING', 'payment.capture', 'refunding', 'refunded', ['stock.restock', 'payment.refund']],
    ['CONFIRMING', 'shipment.confirm', 'refunding', 'refunded', ['shipment.cancel', 'payment.refund']],
  ];
  test.each(cases)('in %s', async (state, muted, answered, ends, undone) => {
    shop.participants.mute(muted);
    const { id, followToken } = (await shop.guest().order().expect(201)).body;
    await until(async () => expect((await shop.sagaOf(id)).state).toBe(state));
    const answer = await cancel(id, followToken).expect(202);
    expect(answer.body.status).toBe(answered);
    expect(steps(answer.body)).toContain('cancel-requested');
    shop.participants.mute();
    const order = await shop.reach(id, followToken, ends, 10_000);
    expect(order.reason.code).toBe('cancelled-by-customer');
    expect(shop.participants.typesOf(id)).toEqual(expect.arrayContaining(undone));
    expect(await shop.sagaOf(id)).toMatchObject({ stock: 'clean', shipment: 'clean', payment: 'clean' });
  });

  test('after the confirmation gives the money back', async () => {
    const { id, followToken } = (await shop.guest().order().expect(201)).body;
    await shop.reach(id, followToken, 'confirmed');
    await cancel(id, followToken).expect(202);
    const order = await shop.reach(id, followToken, 'refunded');
    expect(order.payment.state).toBe('refunded');
    await cancel(id, followToken, 'another')
      .expect(409)
      .expect(/order-final/);
    const replayed = await cancel(id, followToken).expect(202);
    expect(replayed.body.status).toBe('refunding');
  });
});

test('a silent participant is asked again, in the same round with another message', async () => {
  shop.participants.mute('payment.authorise');
  const { id, followToken } = (await shop.guest().order().expect(201)).body;
  const asked = () =>
    shop.participants.seen.filter((it) => it.orderId === id && it.type === 'payment.authorise.v1');
  await until(() => expect(asked().length).toBeGreaterThanOrEqual(2));
  const [first, second] = asked();
  expect(second?.id).not.toBe(first?.id);
  expect(second?.data).toMatchObject({ round: 1, token: '' });
  shop.participants.mute();
  await shop.reach(id, followToken, 'confirmed');
});
