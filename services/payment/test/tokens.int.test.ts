import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '@shopstack/testkit/eventually';
import { audit } from './audit.ts';
import { type Fixture, openFixture } from './fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterAll(async () => {
  await fixture.quiet();
  await audit(fixture);
  await fixture.close();
});

test('sim_ok is authorised, captured and can be given back', async () => {
  const order = fixture.order();
  expect(await order.ask(order.authorise())).toMatchObject({ type: 'authorised' });
  expect((await order.ask(order.capture())).data).toMatchObject({ amount: { amountMinor: 1999 } });
  expect(await order.ask(order.refund())).toMatchObject({ type: 'refunded' });
  const payment = await fixture.payment(order);
  expect(payment).toMatchObject({
    state: 'refunded',
    captured: { amountMinor: 1999, currency: 'EUR' },
    refunded: { amountMinor: 1999, currency: 'EUR' },
  });
  expect(payment.attempts).toMatchObject([{ number: 1, method: 'card', state: 'succeeded' }]);
  expect(await fixture.simulator.kinds(order.id)).toEqual(['authorised', 'captured', 'refunded']);
});

test('sim_declined is declined for good', async () => {
  const order = fixture.order();
  expect((await order.ask(order.authorise('sim_declined'))).data).toMatchObject({
    final: true,
    reason: 'card-declined',
  });
  expect((await fixture.payment(order)).nextAction).toBeUndefined();
  await fixture.api
    .post(`/payments/${order.paymentId}/attempts`)
    .set({ ...fixture.as(order), ...fixture.key() })
    .send({ paymentMethod: 'card', paymentToken: 'sim_ok' })
    .expect(409);
});

test('sim_insufficient_funds allows another card until the tries are used up', async () => {
  const order = fixture.order({ maxAttempts: 3 });
  const first = await order.ask(order.authorise('sim_insufficient_funds'));
  expect(first.data).toMatchObject({ final: false, reason: 'insufficient-funds' });
  expect((await fixture.payment(order)).nextAction).toMatchObject({ kind: 'choose-another-method' });
  const again = (paymentToken: string) =>
    fixture.api
      .post(`/payments/${order.paymentId}/attempts`)
      .set({ ...fixture.as(order), ...fixture.key() })
      .send({ paymentMethod: 'card', paymentToken });
  expect((await again('sim_insufficient_funds').expect(202)).body).toMatchObject({ state: 'authorising' });
  await eventually(() => order.replies().length === 2);
  await again('sim_insufficient_funds').expect(202);
  await eventually(() => order.replies().length === 3);
  expect(order.replies().map(({ data }) => [data.final, data.tries])).toEqual([
    [false, 1],
    [false, 2],
    [true, 3],
  ]);
  expect((await again('sim_ok').expect(409)).body.type).toMatch(/payment-not-open$/);
  expect((await fixture.payment(order)).attempts).toHaveLength(3);
});

test('another card can succeed where the first did not', async () => {
  const order = fixture.order();
  await order.ask(order.authorise('sim_insufficient_funds'));
  await fixture.api
    .post(`/payments/${order.paymentId}/attempts`)
    .set({ ...fixture.as(order), ...fixture.key() })
    .send({ paymentMethod: 'card', paymentToken: 'sim_ok' })
    .expect(202);
  await order.next('authorised');
  expect(await order.ask(order.capture())).toMatchObject({ type: 'captured' });
  expect(await fixture.simulator.kinds(order.id)).toEqual(['declined', 'authorised', 'captured']);
});

test.each([
  ['approve', 'authorised'],
  ['fail', 'declined'],
])('sim_action_required waits for the customer, who says %s', async (outcome, reply) => {
  const order = fixture.order();
  const asked = await order.ask(order.authorise('sim_action_required'));
  expect(asked).toMatchObject({ type: 'action-required', data: { nextAction: { kind: 'confirm' } } });
  expect(await fixture.payment(order)).toMatchObject({
    state: 'action-required',
    nextAction: { kind: 'confirm' },
    attempts: [{ state: 'action-required' }],
  });
  await fixture.api
    .post(`/payments/${order.paymentId}/actions`)
    .set({ ...fixture.as(order), ...fixture.key() })
    .send({ outcome })
    .expect(202);
  expect((await order.next(reply)).data).toMatchObject(reply === 'declined' ? { final: false } : {});
  const late = await fixture.api
    .post(`/payments/${order.paymentId}/actions`)
    .set({ ...fixture.as(order), ...fixture.key() })
    .send({ outcome });
  expect(late.body).toMatchObject({ status: 409, type: expect.stringMatching(/no-action-pending$/) });
});

test('sim_timeout_after_commit is looked up and reserved once', async () => {
  const order = fixture.order();
  expect(await order.ask(order.authorise('sim_timeout_after_commit'))).toMatchObject({ type: 'authorised' });
  expect(await fixture.simulator.kinds(order.id)).toEqual(['authorised']);
  const unknown = fixture.lines.filter((it) => it.includes('outcome unknown'));
  expect(unknown.length).toBeGreaterThan(0);
});

test('one payment without an answer holds nobody else up', async () => {
  const [slow, quick] = [fixture.order(), fixture.order()];
  await slow.send(slow.authorise('sim_timeout_after_commit'));
  await eventually(async () => (await fixture.simulator.kinds(slow.id)).length === 1);
  expect(await quick.ask(quick.authorise())).toMatchObject({ type: 'authorised' });
  expect(slow.replies()).toEqual([]);
  await slow.next('authorised');
});

test('sim_late_webhook is authorised as soon as the provider says so', async () => {
  const order = fixture.order();
  expect(await order.ask(order.authorise('sim_late_webhook'))).toMatchObject({ type: 'authorised' });
  expect(await fixture.simulator.kinds(order.id)).toEqual(['pending', 'authorised']);
});

test('sim_capture_fails is answered, and what is reserved is let go by a void', async () => {
  const order = fixture.order();
  await order.ask(order.authorise('sim_capture_fails'));
  const failed = { type: 'capture-failed', data: { reason: 'capture-failed' } };
  expect(await order.ask(order.capture())).toMatchObject(failed);
  expect(await order.ask(order.capture())).toMatchObject(failed);
  expect(await order.ask(order.void())).toMatchObject({ type: 'voided' });
  expect(await fixture.simulator.kinds(order.id)).toEqual(['authorised', 'voided']);
});

test('a token the provider does not know allows another card', async () => {
  const order = fixture.order();
  expect((await order.ask(order.authorise('no_such_card'))).data).toMatchObject({ final: false });
  expect((await fixture.payment(order)).nextAction).toMatchObject({ kind: 'choose-another-method' });
});

test('a payment token is written nowhere once its outcome is known', async () => {
  const token = 'tok_canary_7f3a9c51';
  const order = fixture.order();
  await order.ask(order.authorise(token));
  await fixture.api
    .post(`/payments/${order.paymentId}/attempts`)
    .set({ ...fixture.as(order), ...fixture.key() })
    .send({ paymentMethod: 'card', paymentToken: token })
    .expect(202);
  await eventually(() => order.replies().length === 2);
  const { db } = fixture.database;
  for (const table of ['payments', 'attempts', 'outbox', 'inbox', 'idempotency'] as const) {
    const rows = await db.withTables<Record<string, object>>().selectFrom(table).selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
  }
  expect(fixture.lines.length).toBeGreaterThan(20);
  expect(fixture.lines.filter((it) => it.includes(token))).toEqual([]);
  expect(fixture.lines.filter((it) => it.includes('sim_timeout_after_commit'))).toEqual([]);
});
