import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import * as m from '@shopstack/contracts/messages';
import { openShop, type Shop, until } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ timing: { resendMs: [400, 800], mobileWindowMs: 2500, customerWindowMs: 60_000 } });
});
afterAll(() => shop.close());
beforeEach(() => {
  shop.participants.mute();
  shop.participants.loseHolds(0);
});

const phone = '254712345678';
/** An order whose customer was asked on the phone. */
async function asked() {
  const { id, followToken } = (
    await shop.guest(phone).order(undefined, { paymentMethod: 'mpesa' }).expect(201)
  ).body;
  const order = await shop.reach(id, followToken, 'awaiting-payment');
  const pay = { orderId: id, round: 1, paymentId: order.payment.id };
  const captured = () => shop.participants.tell(m.paymentCaptured, { ...pay, amount: order.total });
  return { id, followToken, order, pay, captured };
}
const commandsOf = (id: string) => shop.participants.typesOf(id).filter((it) => !it.startsWith('order.'));

test('the money is taken before the goods are sold, and never captured again', async () => {
  const { id, followToken, order, captured } = await asked();
  expect(order.payment).toMatchObject({
    method: 'mpesa',
    state: 'action-required',
    nextAction: { kind: 'confirm-on-phone' },
  });
  expect(shop.participants.dataOf(id, 'payment.charge')).toMatchObject({
    token: phone,
    amount: order.total,
    maxAttempts: 3,
  });
  await captured();
  const confirmed = await shop.reach(id, followToken, 'confirmed');
  expect(confirmed.payment.state).toBe('captured');
  expect(commandsOf(id)).toEqual([
    'stock.reserve',
    'shipment.hold',
    'payment.charge',
    'stock.commit',
    'shipment.confirm',
  ]);
  const tokens = shop.database.db.selectFrom('payment_tokens').selectAll();
  expect(await tokens.where('token', '=', phone).execute()).toEqual([]);
});

test('who does not confirm in time may try again, and is given up when the window is over', async () => {
  const { id, followToken, pay } = await asked();
  await shop.participants.tell(m.paymentExpired, { ...pay, reason: 'No answer from the phone.' });
  await until(async () => {
    const { body } = await shop.http.get(`/orders/${id}`).set('follow-token', followToken);
    expect(body.payment).toMatchObject({
      state: 'expired',
      nextAction: { kind: 'choose-another-method' },
    });
  });
  const given = await shop.reach(id, followToken, 'cancelled', 10_000);
  expect(given.reason.code).toBe('payment-expired');
});

test('money that comes after the end goes back, and the order stays what it is', async () => {
  const { id, followToken, order, pay } = await asked();
  await shop.reach(id, followToken, 'cancelled', 10_000);
  await shop.participants.tell(m.paymentLateSuccess, { ...pay, amount: order.total });
  await until(() =>
    expect(shop.participants.allOf(id, 'payment.refund')).toMatchObject([{ amount: order.total }]),
  );
  await until(async () =>
    expect(await shop.sagaOf(id)).toMatchObject({ payment: 'clean', state: 'EXPIRED' }),
  );
  const after = await shop.reach(id, followToken, 'cancelled');
  expect(after.payment.state).toBe('refunded');
});

test('goods that got lost after the money was taken are asked for once more', async () => {
  shop.participants.loseHolds(1);
  const { id, followToken, captured } = await asked();
  await captured();
  await shop.reach(id, followToken, 'confirmed');
  expect(shop.participants.allOf(id, 'stock.reserve')).toMatchObject([{ round: 1 }, { round: 2 }]);
  expect(shop.participants.allOf(id, 'stock.commit')).toMatchObject([{ round: 1 }, { round: 2 }]);
});

test('goods that got lost twice end in a refund', async () => {
  shop.participants.loseHolds(2);
  const { id, followToken, captured } = await asked();
  await captured();
  const order = await shop.reach(id, followToken, 'refunded');
  expect(order).toMatchObject({ reason: { code: 'stock-lost' }, payment: { state: 'refunded' } });
  expect(commandsOf(id)).not.toContain('stock.restock');
});

test('cancelled after the money was taken, it is refunded', async () => {
  shop.participants.mute('stock.commit');
  const { id, followToken, captured } = await asked();
  await captured();
  await until(async () => expect((await shop.sagaOf(id)).state).toBe('COMMITTING'));
  const cancel = shop.http.post(`/orders/${id}/cancellations`).set('follow-token', followToken);
  const answer = await cancel.set('idempotency-key', 'k').send({}).expect(202);
  expect(answer.body.status).toBe('refunding');
  shop.participants.mute();
  await shop.reach(id, followToken, 'refunded');
  expect(commandsOf(id)).toContain('stock.restock');
});
