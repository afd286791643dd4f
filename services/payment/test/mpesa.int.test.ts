import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { eventually } from '@shopstack/testkit/eventually';
import { audit } from './audit.ts';
import { type Fixture, openFixture } from './fixture.ts';
import type { Order } from './orders.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterEach(() => fixture.simulator.mpesa.behave());
afterAll(async () => {
  await fixture.quiet();
  await audit(fixture);
  await fixture.close();
});

const phone = {
  approves: '254700000001',
  cancels: '254700000002',
  silent: '254700000003',
  late: '254700000004',
};
const again = (order: Order, paymentToken: string, paymentMethod = 'mpesa') =>
  fixture.api
    .post(`/payments/${order.paymentId}/attempts`)
    .set({ ...fixture.as(order), ...fixture.key() })
    .send({ paymentMethod, paymentToken });
const kinds = (order: Order) => fixture.simulator.mpesa.kinds(order.id);

test('a phone that approves: the customer is asked, then the money is taken', async () => {
  const order = fixture.order();
  const charge = order.charge();
  await order.send(charge);
  const asked = await order.next('action-required');
  expect(asked).toMatchObject({
    causationId: charge.id,
    data: { nextAction: { kind: 'confirm-on-phone' }, round: 1 },
  });
  expect((await order.next('captured')).data).toMatchObject({
    amount: { amountMinor: 1999, currency: 'EUR' },
    round: 1,
  });
  expect(await fixture.payment(order)).toMatchObject({
    state: 'captured',
    method: 'mpesa',
    captured: { amountMinor: 1999 },
    attempts: [{ state: 'succeeded', method: 'mpesa' }],
  });
  expect(await kinds(order)).toEqual(['pending', 'captured']);
  expect(await order.ask(order.charge())).toMatchObject({ type: 'captured' });
  expect(await order.ask(order.void())).toMatchObject({ type: 'void-failed' });
  expect(await kinds(order)).toEqual(['pending', 'captured']);
});

test('while the customer is asked, nothing else can be done and no second prompt is made', async () => {
  await fixture.simulator.mpesa.behave({ decideAfterMs: 1500 });
  const order = fixture.order();
  const charge = order.charge();
  await order.send(charge, charge);
  await order.next('action-required');
  expect(await fixture.payment(order)).toMatchObject({
    state: 'action-required',
    nextAction: { kind: 'confirm-on-phone' },
  });
  await again(order, phone.approves).expect(409);
  await fixture.api
    .post(`/payments/${order.paymentId}/actions`)
    .set({ ...fixture.as(order), ...fixture.key() })
    .send({ outcome: 'approve' })
    .expect(409);
  expect(await order.ask(order.charge())).toMatchObject({ type: 'action-required' });
  await order.next('captured');
  expect(await kinds(order)).toEqual(['pending', 'captured']);
});

test('a customer who says no may try again, with a phone only, until the tries are used up', async () => {
  const order = fixture.order({ maxAttempts: 2 });
  await order.send(order.charge(phone.cancels));
  expect((await order.next('declined')).data).toMatchObject({
    final: false,
    reason: 'cancelled-by-customer',
  });
  expect((await fixture.payment(order)).nextAction).toMatchObject({ kind: 'choose-another-method' });
  expect((await again(order, 'sim_ok', 'card').expect(422)).body.type).toMatch(/payment-method-unavailable$/);
  for (const wrong of ['0700000001', '254200000001', '25470000000a', 'sim_ok'])
    await again(order, wrong).expect(422);
  await again(order, phone.cancels).expect(202);
  await eventually(() => order.types().filter((it) => it === 'declined').length === 2);
  expect(order.replies().at(-1)?.data).toMatchObject({ final: true });
  expect((await again(order, phone.approves).expect(409)).body.type).toMatch(/payment-not-open$/);
  expect(await kinds(order)).toEqual(['pending', 'declined', 'pending', 'declined']);
});

test('a second try can succeed, and a card cannot become a phone', async () => {
  const order = fixture.order();
  await order.send(order.charge(phone.cancels));
  await order.next('declined');
  await again(order, phone.approves).expect(202);
  await order.next('captured');
  const card = fixture.order();
  await card.ask(card.authorise('sim_insufficient_funds'));
  expect((await again(card, phone.approves)).body.type).toMatch(/payment-method-unavailable$/);
  await again(card, 'sim_ok', 'card').expect(202);
});

test.each([
  ['a number that is none', '0700', 'KE', false],
  ['another country', phone.approves, 'DE', true],
])('%s is declined without a prompt', async (_what, number, country, final) => {
  const order = fixture.order();
  expect(await order.ask(order.charge(number, country))).toMatchObject({ type: 'declined', data: { final } });
  expect(await kinds(order)).toEqual([]);
});

describe('nobody answers', () => {
  test('the payment expires by our own clock, and no second prompt is made while M-Pesa is at work', async () => {
    const order = fixture.order();
    await order.send(order.charge(phone.silent));
    expect((await order.next('expired')).data).toMatchObject({ reason: 'not-confirmed-in-time' });
    const payment = await fixture.payment(order);
    expect(payment).toMatchObject({ state: 'expired', attempts: [{ state: 'failed' }] });
    expect(payment.nextAction).toBeUndefined();
    expect((await again(order, phone.approves).expect(409)).body.type).toMatch(/payment-not-open$/);
    expect(await order.ask(order.charge())).toMatchObject({ type: 'expired' });
    expect(await order.ask(order.void())).toMatchObject({ type: 'voided' });
    expect(await kinds(order)).toEqual(['pending']);
  });
  test('M-Pesa gives up itself: another prompt is allowed', async () => {
    await fixture.simulator.mpesa.behave({ promptMs: 300 });
    const order = fixture.order();
    await order.send(order.charge(phone.silent));
    await order.next('expired');
    expect((await fixture.payment(order)).nextAction).toMatchObject({ kind: 'choose-another-method' });
    await again(order, phone.approves).expect(202);
    await order.next('captured');
  });
});

describe('money that comes too late is told and goes back', () => {
  const comesLate = async (order: Order) => {
    expect((await order.next('late-success', 30_000)).data).toMatchObject({
      amount: { amountMinor: 1999, currency: 'EUR' },
    });
    expect((await fixture.payment(order)).captured.amountMinor).toBe(1999);
    expect(await order.ask(order.charge())).toMatchObject({ type: 'late-success' });
    expect(await order.ask(order.refund())).toMatchObject({ type: 'refunded' });
    expect(await kinds(order)).toEqual(['pending', 'captured', 'refunded']);
    expect(order.types()).not.toContain('captured');
  };
  test('after it expired', async () => {
    const order = fixture.order();
    await order.send(order.charge(phone.late));
    await order.next('expired');
    await comesLate(order);
  });
  test('after it was let go', async () => {
    const order = fixture.order();
    await order.send(order.charge(phone.late));
    await order.next('action-required');
    expect(await order.ask(order.void())).toMatchObject({ type: 'voided' });
    await comesLate(order);
  });
  test('when nobody tells us', async () => {
    await fixture.simulator.mpesa.behave({ callback: 'never' });
    const order = fixture.order();
    await order.send(order.charge(phone.late));
    await order.next('expired');
    await comesLate(order);
  });
});

test('a void while the customer confirms waits for the word and fails when the money came', async () => {
  await fixture.simulator.mpesa.behave({ decideAfterMs: 1000 });
  const order = fixture.order();
  await order.send(order.charge());
  await order.next('action-required');
  const letGo = order.void();
  expect(await order.ask(letGo)).toMatchObject({
    type: 'void-failed',
    data: { captured: { amountMinor: 1999 } },
  });
  expect(await order.ask(order.refund())).toMatchObject({ type: 'refunded' });
});

test('a void before its charge refuses the charge', async () => {
  const order = fixture.order();
  await order.ask(order.void());
  expect(await order.ask(order.charge())).toMatchObject({ type: 'voided' });
  expect(await kinds(order)).toEqual([]);
});

describe('refunds', () => {
  const paid = async () => {
    const order = fixture.order({ amountMinor: 1000 });
    await order.send(order.charge());
    await order.next('captured');
    return order;
  };
  test('the same refund is made once, however often it is asked for and told', async () => {
    const order = await paid();
    const refundId = uuidv7();
    await fixture.simulator.mpesa.behave({ callback: 'duplicate' });
    await order.send(...Array.from({ length: 5 }, () => order.refund(400, refundId)));
    await order.next('refunded');
    expect(await order.ask(order.refund(400, refundId))).toMatchObject({ type: 'refunded' });
    expect(await kinds(order)).toEqual(['pending', 'captured', 'refunded']);
    expect(await order.ask(order.refund(601))).toMatchObject({ type: 'refund-failed' });
    expect(await order.ask(order.refund(600))).toMatchObject({ type: 'refunded' });
    expect((await fixture.payment(order)).state).toBe('refunded');
  });
  test.each([
    'drop-before-commit',
    'drop-after-commit',
    'hang-after-commit',
    'error-500-after-commit',
  ] as const)('are made once when M-Pesa does %s and never calls back', async (fault) => {
    const order = await paid();
    await fixture.simulator.mpesa.behave({ nextAnswers: [fault], callback: 'never' });
    const refund = order.refund();
    await order.send(refund);
    expect(await order.answerTo(refund, 45_000)).toMatchObject({ type: 'refunded' });
    expect(await kinds(order)).toEqual(['pending', 'captured', 'refunded']);
  });
});
