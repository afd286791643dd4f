import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import * as m from '@shopstack/contracts/messages';
import { uuidv7 } from '@shopstack/kit/uuid';
import { bearer } from '@shopstack/testkit/tokens';
import { openShop, type Shop, until } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({
    timing: { resendMs: [300], deadlineMs: { CAPTURING: 1200, CANCELLING: 60_000, REFUNDING: 60_000 } },
  });
});
afterAll(() => shop.close());
beforeEach(() => {
  shop.participants.mute();
  shop.participants.refuseRefunds(0);
});

const support = () => bearer(shop.issuer.token({ roles: ['support'] }));
const resume = (id: string, note = 'called the bank') =>
  shop.http.post(`/sagas/${id}/resume`).set(support()).set('idempotency-key', uuidv7()).send({ note });
const cancel = (id: string, followToken: string) =>
  shop.http
    .post(`/orders/${id}/cancellations`)
    .set('follow-token', followToken)
    .set('idempotency-key', uuidv7())
    .send({});
type Entries = { kind: string; name: string; detail?: string; messageId?: string; causationId?: string }[];
const journeyOf = async (id: string): Promise<Entries> =>
  (await shop.http.get(`/orders/${id}/journey`).set(support()).expect(200)).body.entries;

test('an order that called for a person goes on where it was', async () => {
  shop.participants.mute('payment.capture');
  const { id, followToken } = (await shop.guest().order().expect(201)).body;
  await shop.reach(id, followToken, 'attention-required');
  const { body: listed } = await shop.http.get('/sagas?state=ATTENTION').set(support()).expect(200);
  expect(listed.items).toContainEqual(expect.objectContaining({ orderId: id, payment: 'capturing' }));
  shop.participants.mute();
  const answer = await resume(id).expect(202);
  // The participants may have answered before we did.
  const state = expect.stringMatching(/^(CAPTURING|CONFIRMING|CONFIRMED)$/);
  expect(answer.body).toMatchObject({ orderId: id, state });
  expect(answer.body.reason).toBeUndefined();
  await shop.reach(id, followToken, 'confirmed');
  await resume(id)
    .expect(409)
    .expect(/not-resumable/);
  const entries = await journeyOf(id);
  expect(entries).toContainEqual(
    expect.objectContaining({ kind: 'person', detail: expect.stringContaining('called the bank') }),
  );
  expect(entries.some(({ kind, name }) => kind === 'timer' && name === 'deadline')).toBe(true);
  expect(entries.some(({ kind, name }) => kind === 'resent' && name === 'payment.capture.v1')).toBe(true);
});

test('what was answered while a person was waited for takes effect', async () => {
  shop.participants.mute('payment.capture');
  const { id, followToken, payment, total } = (await shop.guest().order().expect(201)).body;
  await shop.reach(id, followToken, 'attention-required');
  await shop.participants.tell(m.paymentCaptured, {
    ...{ orderId: id, round: 1, paymentId: payment.id },
    amount: total,
  });
  await until(async () => expect(await shop.sagaOf(id)).toMatchObject({ payment: 'captured' }));
  expect((await shop.sagaOf(id)).state).toBe('ATTENTION');
  await resume(id).expect(202);
  await shop.reach(id, followToken, 'confirmed');
});

test('a refused refund is asked for anew under another id', async () => {
  const { id, followToken } = (await shop.guest().order().expect(201)).body;
  await shop.reach(id, followToken, 'confirmed');
  shop.participants.refuseRefunds(1);
  await cancel(id, followToken).expect(202);
  const stuck = await shop.reach(id, followToken, 'attention-required');
  expect(stuck.reason.code).toBe('refund-failed');
  await resume(id).expect(202);
  const ended = await shop.reach(id, followToken, 'refunded');
  expect(ended.reason.code).toBe('cancelled-by-customer');
  const ids = shop.participants.allOf(id, 'payment.refund').map((it) => Object(it).refundId);
  expect(new Set(ids).size).toBe(2);
});

test('a lost dispute calls for a person, a won one gives the order back', async () => {
  const { id, followToken, payment, total } = (await shop.guest().order().expect(201)).body;
  await shop.reach(id, followToken, 'confirmed');
  const dispute = (state: 'opened' | 'won' | 'lost') =>
    shop.participants.tell(m.paymentDisputed, {
      ...{ orderId: id, round: 1, paymentId: payment.id, disputeId: 'd-1' },
      amount: total,
      state,
    });
  await dispute('opened');
  await until(async () => {
    const { body } = await shop.http.get(`/orders/${id}`).set('follow-token', followToken);
    expect(body).toMatchObject({ status: 'confirmed', reason: { code: 'payment-disputed' } });
  });
  await dispute('lost');
  const lost = await shop.reach(id, followToken, 'attention-required');
  expect(lost.payment.state).toBe('disputed');
  await dispute('won');
  const won = await shop.reach(id, followToken, 'confirmed');
  expect(won.payment.state).toBe('captured');
  expect(won.reason).toBeUndefined();
});

test('a journey tells every message with its cause, and what was undone', async () => {
  const { id, followToken } = (await shop.guest().order().expect(201)).body;
  await shop.reach(id, followToken, 'confirmed');
  await cancel(id, followToken).expect(202);
  await shop.reach(id, followToken, 'refunded');
  const entries = await journeyOf(id);
  expect(entries.slice(0, 2).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'person placed',
    'step placed',
  ]);
  const undone = entries.filter(({ kind }) => kind === 'undone').map(({ name }) => name);
  expect(undone).toEqual(['shipment.cancel.v1', 'stock.restock.v1', 'payment.refund.v1']);
  const heard = entries.find(({ kind, name }) => kind === 'heard' && name === 'shipment.cancelled.v1');
  const restock = entries.find(({ name }) => name === 'stock.restock.v1');
  expect(restock?.causationId).toBe(heard?.messageId);
  await until(async () =>
    expect((await journeyOf(id)).filter(({ kind }) => kind === 'notified')).toContainEqual(
      expect.objectContaining({ name: 'order-refunded', detail: 'sent' }),
    ),
  );
  await shop.http.get(`/orders/${id}/journey`).expect(401);
  await shop.http.get(`/orders/${uuidv7()}/journey`).set(support()).expect(404);
  const page = (await shop.http.get('/sagas?limit=1').set(support()).expect(200)).body;
  const next = await shop.http.get(`/sagas?limit=1&cursor=${page.next}`).set(support()).expect(200);
  expect(next.body.items[0]?.orderId).not.toBe(page.items[0].orderId);
});
