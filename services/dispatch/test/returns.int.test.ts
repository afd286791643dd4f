import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as m from '@shopstack/contracts/messages';
import { uuidv7 } from '@shopstack/kit/uuid';
import { bearer } from '@shopstack/testkit/tokens';
import { openShop, type Shop, until } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ timing: { resendMs: [400, 800] } });
});
afterAll(() => shop.close());
beforeEach(() => {
  shop.participants.mute();
  shop.participants.refuseRefunds(0);
});

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const support = () => bearer(shop.issuer.token({ roles: ['support'] }));
type Placed = { id: string; followToken: string };

async function confirmed(email = 'ada@example.com'): Promise<Placed> {
  const { body } = await shop.guest().order(undefined, { email }).expect(201);
  await shop.reach(body.id, body.followToken, 'confirmed');
  return body;
}
/** Two cups of 9.99 and delivery for 4.90, at the customer's. */
async function delivered(email?: string): Promise<Placed> {
  const order = await confirmed(email);
  const parcel = { orderId: order.id, shipmentId: shop.participants.shipmentOf(order.id), trackingCode: 'T' };
  await shop.participants.tell(m.shipmentDelivered, { ...parcel, at: new Date().toISOString() });
  await shop.reach(order.id, order.followToken, 'completed');
  return order;
}
const sendBack = ({ id, followToken }: Placed, quantity: number, sku = 'CUP-1', key: string = uuidv7()) =>
  shop.http
    .post(`/orders/${id}/returns`)
    .set('follow-token', followToken)
    .set('idempotency-key', key)
    .send({ lines: [{ sku, quantity }], reason: 'too small' });
const giveBack = ({ id }: Placed, amountMinor: number, currency = 'EUR') =>
  shop.http
    .post(`/orders/${id}/refunds`)
    .set(support())
    .set('idempotency-key', uuidv7())
    .send({ amount: { amountMinor, currency }, reason: 'scratched' });
const refundsOf = async ({ id, followToken }: Placed) =>
  (await shop.http.get(`/orders/${id}`).set('follow-token', followToken)).body.refunds;
const factsOf = (id: string, type: string) => shop.participants.allOf(id, type);

describe('a return', () => {
  test('of one of two brings its price back, and the order stays completed', async () => {
    const order = await delivered('part@example.com');
    const key = uuidv7();
    const answer = await sendBack(order, 1, 'CUP-1', key).expect(202);
    expect(answer.body).toMatchObject({
      status: 'completed',
      refunds: [{ kind: 'return', amount: eur(999), state: 'requested', reason: 'too small' }],
    });
    await until(async () => expect(await refundsOf(order)).toMatchObject([{ state: 'refunded' }]));
    const [{ id: refundId }] = await refundsOf(order);
    expect(factsOf(order.id, 'stock.restock')).toMatchObject([
      { key: refundId, lines: [{ sku: 'CUP-1', quantity: 1 }] },
    ]);
    expect(factsOf(order.id, 'payment.refund')).toMatchObject([{ refundId, amount: eur(999) }]);
    await until(() =>
      expect(factsOf(order.id, 'order.refund-changed').at(-1)).toMatchObject({
        status: 'completed',
        refunded: eur(999),
      }),
    );
    const repeated = await sendBack(order, 1, 'CUP-1', key).expect(202);
    expect(repeated.body.refunds).toHaveLength(1);
    await until(() => {
      const letters = shop.mailServer.letters.filter((it) => it.to === 'part@example.com');
      const about = (subject: string) => letters.filter((it) => it.body.includes(subject));
      expect(about('Your return of order')).toHaveLength(1);
      expect(about('Money back for your order')).toHaveLength(1);
    }, 20_000);
  });

  test('of everything brings the delivery back too and ends the order', async () => {
    const order = await delivered();
    await sendBack(order, 1).expect(202);
    await until(async () => expect(await refundsOf(order)).toMatchObject([{ state: 'refunded' }]));
    const answer = await sendBack(order, 1).expect(202);
    expect(answer.body).toMatchObject({ status: 'refunding', reason: { code: 'returned' } });
    const ended = await shop.reach(order.id, order.followToken, 'refunded');
    expect(ended.refunds).toMatchObject([{ amount: eur(999) }, { amount: eur(999 + 490) }]);
    expect(ended.payment.state).toBe('refunded');
    expect(shop.participants.typesOf(order.id)).not.toContain('shipment.cancel');
    await sendBack(order, 1)
      .expect(409)
      .expect(/not-returnable/);
  });

  test('is refused for other goods, too many of them, and parcels that have not left', async () => {
    const order = await delivered();
    await sendBack(order, 1, 'SOFA')
      .expect(404)
      .expect(/unknown-sku/);
    await sendBack(order, 3)
      .expect(409)
      .expect(/not-returnable/);
    await sendBack(order, 1).expect(202);
    await sendBack(order, 2)
      .expect(409)
      .expect(/not-returnable/);
    await sendBack(await confirmed(), 1)
      .expect(409)
      .expect(/not-returnable/);
  });

  test('without an answer is asked again', async () => {
    shop.participants.mute('stock.restock', 'payment.refund');
    const order = await delivered();
    await sendBack(order, 1).expect(202);
    await until(() => expect(shop.participants.timesTold(order.id, 'payment.refund')).toBeGreaterThan(1));
    shop.participants.mute();
    await until(async () => expect(await refundsOf(order)).toMatchObject([{ state: 'refunded' }]));
    const { parts } = await shop.sagaOf(order.id);
    await until(async () => expect((await shop.sagaOf(order.id)).parts[0].stock).toBe('done'));
    expect(parts).toHaveLength(1);
  });
});

describe('money alone', () => {
  test('goes back up to what was paid, and the goods stay', async () => {
    const order = await delivered();
    await giveBack(order, 500).expect(202);
    await giveBack(order, 0).expect(422);
    await giveBack(order, 100, 'KES')
      .expect(409)
      .expect(/refund-too-large/);
    await giveBack(order, 1989)
      .expect(409)
      .expect(/refund-too-large/);
    await giveBack(order, 1988).expect(202);
    await until(async () =>
      expect(await refundsOf(order)).toMatchObject([{ state: 'refunded' }, { state: 'refunded' }]),
    );
    expect(factsOf(order.id, 'stock.restock')).toEqual([]);
    expect((await shop.sagaOf(order.id)).state).toBe('COMPLETED');
  });

  test('that went back before a cancellation is not given back twice', async () => {
    const order = await confirmed();
    await giveBack(order, 500).expect(202);
    await until(async () => expect(await refundsOf(order)).toMatchObject([{ state: 'refunded' }]));
    await shop.http
      .post(`/orders/${order.id}/cancellations`)
      .set('follow-token', order.followToken)
      .set('idempotency-key', uuidv7())
      .send({})
      .expect(202);
    await shop.reach(order.id, order.followToken, 'refunded');
    expect(factsOf(order.id, 'payment.refund')).toMatchObject([
      { amount: eur(500) },
      { amount: eur(2488 - 500) },
    ]);
    await giveBack(order, 1)
      .expect(409)
      .expect(/order-final/);
  });

  test('is for support only', async () => {
    const order = await confirmed();
    const ask = shop.http.post(`/orders/${order.id}/refunds`).set('follow-token', order.followToken);
    const body = { amount: eur(1), reason: 'x' };
    await ask.set('idempotency-key', 'k').send(body).expect(401);
  });
});
