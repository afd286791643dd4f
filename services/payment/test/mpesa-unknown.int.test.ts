import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { eventually } from '@shopstack/testkit/eventually';
import { createAttemptTokens } from '../src/domain/attempt-token.ts';
import { audit } from './audit.ts';
import { CALLBACK_SECRET, type Fixture, openFixture } from './fixture.ts';
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

const kinds = (order: Order) => fixture.simulator.mpesa.kinds(order.id);
const tokens = createAttemptTokens(CALLBACK_SECRET);
const attemptOf = async (order: Order) => (await fixture.payment(order)).attempts[0]?.id ?? '';
const callback = (token: string, body: unknown = {}) =>
  fixture.api.post(`/webhooks/mpesa/${token}`).type('json').send(JSON.stringify(body));
const paidCallback = (CheckoutRequestID: string) => ({
  Body: { stkCallback: { MerchantRequestID: 'm', CheckoutRequestID, ResultCode: 0, ResultDesc: 'ok' } },
});

describe.each(['drop-after-commit', 'hang-after-commit', 'error-500-after-commit'] as const)(
  'when M-Pesa does %s to a push',
  (fault) => {
    test.each(['normal', 'never'] as const)(
      'the money is found and no second prompt is made (callbacks: %s)',
      async (how) => {
        await fixture.simulator.mpesa.behave({ nextAnswers: [fault], callback: how });
        const order = fixture.order();
        await order.send(order.charge());
        expect((await order.next('captured', 30_000)).data).toMatchObject({ amount: { amountMinor: 1999 } });
        expect(await kinds(order)).toEqual(['pending', 'captured']);
        expect(await order.ask(order.refund())).toMatchObject({ type: 'refunded' });
      },
    );
    test('a customer who said no is heard by the callback', async () => {
      await fixture.simulator.mpesa.behave({ nextAnswers: [fault] });
      const order = fixture.order();
      await order.send(order.charge('254700000002'));
      expect((await order.next('declined', 30_000)).data).toMatchObject({ final: false });
      expect(await kinds(order)).toEqual(['pending', 'declined']);
    });
  },
);

test.each(['drop-before-commit', 'error-500'] as const)(
  'a push that never arrived (%s) is not made again: it expires, and the customer may try again',
  async (fault) => {
    await fixture.simulator.mpesa.behave({ nextAnswers: [fault] });
    const order = fixture.order();
    await order.send(order.charge());
    await order.next('expired', 30_000);
    expect(await kinds(order)).toEqual([]);
    await fixture.api
      .post(`/payments/${order.paymentId}/attempts`)
      .set({ ...fixture.as(order), ...fixture.key() })
      .send({ paymentMethod: 'mpesa', paymentToken: '254700000001' })
      .expect(202);
    await order.next('captured');
    expect(await kinds(order)).toEqual(['pending', 'captured']);
  },
);

test('a customer who pays twice, because the first prompt was given up, gets one back', async () => {
  await fixture.simulator.mpesa.behave({ nextAnswers: ['drop-after-commit'] });
  const order = fixture.order();
  await order.send(order.charge('254700000004'));
  await order.next('expired', 30_000);
  await fixture.api
    .post(`/payments/${order.paymentId}/attempts`)
    .set({ ...fixture.as(order), ...fixture.key() })
    .send({ paymentMethod: 'mpesa', paymentToken: '254700000001' })
    .expect(202);
  await order.next('captured');
  const first = await attemptOf(order);
  expect((await order.next('refunded', 30_000)).data).toMatchObject({
    refundId: first,
    amount: { amountMinor: 1999 },
  });
  expect(await fixture.payment(order)).toMatchObject({
    state: 'captured',
    captured: { amountMinor: 3998 },
    refunded: { amountMinor: 1999 },
  });
  expect(order.types()).not.toContain('late-success');
  expect(await order.ask(order.charge())).toMatchObject({
    type: 'captured',
    data: { amount: { amountMinor: 1999 } },
  });
  expect(await order.ask(order.refund())).toMatchObject({ type: 'refunded' });
  expect((await kinds(order)).toSorted()).toEqual([
    'captured',
    'captured',
    'pending',
    'pending',
    'refunded',
    'refunded',
  ]);
});

test('a callback that comes before the answer to its push, twice, counts once', async () => {
  await fixture.simulator.mpesa.behave({ answerDelayMs: 1500, decideAfterMs: 0, callback: 'duplicate' });
  const order = fixture.order();
  await order.send(order.charge());
  await order.next('captured');
  await fixture.quiet();
  expect(order.types().filter((it) => it === 'captured')).toHaveLength(1);
  expect(await kinds(order)).toEqual(['pending', 'captured']);
});

test('without any callback we ask ourselves', async () => {
  await fixture.simulator.mpesa.behave({ callback: 'never' });
  const order = fixture.order();
  await order.send(order.charge());
  await order.next('captured');
});

describe('a callback', () => {
  test('with a token that is not ours is not found', async () => {
    const order = fixture.order();
    await order.send(order.charge('254700000003'));
    await order.next('action-required');
    const token = tokens.of(await attemptOf(order));
    const forged = createAttemptTokens('another secret').of(await attemptOf(order));
    const flipped = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    const others = [forged, flipped, `${token}A`, randomBytes(48).toString('base64url'), 'a'.repeat(22)];
    for (const it of [...others, tokens.of(uuidv7())])
      await callback(it, paidCallback('ws_CO_1')).expect(404);
    await callback('short').expect(422);
  });
  test('is not believed: it only makes us ask', async () => {
    const order = fixture.order();
    await order.send(order.charge('254700000003'));
    await order.next('action-required');
    const token = tokens.of(await attemptOf(order));
    for (const body of [paidCallback('ws_CO_forged'), { Body: { stkCallback: 7 } }, []])
      await callback(token, body).expect(200);
    await fixture.api.post(`/webhooks/mpesa/${token}`).type('json').send('{"Body":').expect(200);
    await order.next('expired');
    expect(order.types()).not.toContain('captured');
  });
  test('cannot give one order the money of another', async () => {
    const rich = fixture.order();
    await rich.send(rich.charge());
    await rich.next('captured');
    const rows = await fixture.database.db
      .selectFrom('attempts')
      .select('checkout_id')
      .where('payment_id', '=', rich.paymentId)
      .execute();
    await fixture.simulator.mpesa.behave({ nextAnswers: ['drop-before-commit'] });
    const poor = fixture.order();
    await poor.send(poor.charge());
    await eventually(async () => (await fixture.payment(poor)).attempts[0]?.state === 'unknown');
    await callback(tokens.of(await attemptOf(poor)), paidCallback(rows[0]?.checkout_id ?? '')).expect(200);
    await poor.next('expired', 30_000);
    expect(poor.types()).not.toContain('captured');
  });
});

test('a phone number is in no log, and forgotten once M-Pesa has it', async () => {
  const order = fixture.order();
  await fixture.simulator.mpesa.behave({ nextAnswers: ['drop-after-commit'] });
  await order.send(order.charge('254711222301'));
  await order.next('captured', 30_000);
  const silent = fixture.order();
  await silent.send(silent.charge('254711222303'));
  await silent.next('action-required');
  await fixture.quiet();
  const { db } = fixture.database;
  for (const table of ['payments', 'attempts', 'outbox', 'inbox', 'idempotency'] as const) {
    const rows = await db.withTables<Record<string, object>>().selectFrom(table).selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain('254711222');
  }
  const secrets = ['254711222', tokens.of(await attemptOf(order)), tokens.of(await attemptOf(silent))];
  expect(fixture.lines.length).toBeGreaterThan(20);
  expect(fixture.lines.filter((line) => secrets.some((it) => line.includes(it)))).toEqual([]);
});
