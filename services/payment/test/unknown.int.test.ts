import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { OutgoingMessage } from '@shopstack/bus/message';
import { uuidv7 } from '@shopstack/kit/uuid';
import type { CardBehaviour } from '@shopstack/simulators/card/behaviour';
import { eventually } from '@shopstack/testkit/eventually';
import { audit } from './audit.ts';
import { type Fixture, openFixture } from './fixture.ts';
import type { Order } from './orders.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterEach(() => fixture.simulator.behave());
afterAll(async () => {
  await fixture.quiet();
  await audit(fixture);
  await fixture.close();
});

type NextAnswer = CardBehaviour['nextAnswers'][number];
const faults: NextAnswer[] = [
  'drop-before-commit',
  'drop-after-commit',
  'hang-after-commit',
  'error-500',
  'error-500-after-commit',
];

/** Sends a command again and again until it is answered, as the saga would: each time the provider is asked at once. */
async function insist(order: Order, command: () => OutgoingMessage, reply: string): Promise<void> {
  await eventually(
    async () => {
      await order.send(command());
      return order.types().includes(reply);
    },
    20_000,
    300,
  );
}

describe.each(faults)('when the provider does %s', (fault) => {
  const next = (...nextAnswers: NextAnswer[]) => fixture.simulator.behave({ nextAnswers });

  test('every command is carried out once all the same', async () => {
    const order = fixture.order();
    await next(fault);
    await insist(order, () => order.authorise(), 'authorised');
    await next(fault, fault);
    await insist(order, () => order.capture(), 'captured');
    await next(fault, fault);
    const refundId = uuidv7();
    await insist(order, () => order.refund(1999, refundId), 'refunded');
    expect(await fixture.simulator.kinds(order.id)).toEqual(['authorised', 'captured', 'refunded']);
  });
  test('a void waits for what is unknown and then lets it go', async () => {
    const order = fixture.order();
    await next(fault);
    await order.send(order.authorise());
    await eventually(async () => (await fixture.payment(order)).attempts[0]?.state !== undefined);
    const letGo = order.void();
    await order.send(letGo);
    expect(await order.answerTo(letGo)).toMatchObject({ type: 'voided' });
    await fixture.quiet();
    expect(order.types()).toEqual(['voided']);
    const kinds = await fixture.simulator.kinds(order.id);
    expect([[], ['authorised', 'voided']]).toContainEqual(kinds);
    if (fault.endsWith('after-commit')) expect(kinds).toEqual(['authorised', 'voided']);
  });
  test('the customer confirms once, and a void itself is made once', async () => {
    const order = fixture.order();
    await order.ask(order.authorise('sim_action_required'));
    await fixture.simulator.behave({ nextAnswers: [fault], webhook: 'never' });
    await fixture.api
      .post(`/payments/${order.paymentId}/actions`)
      .set({ ...fixture.as(order), ...fixture.key() })
      .send({ outcome: 'approve' })
      .expect(202);
    await order.next('authorised');
    await next(fault);
    await insist(order, () => order.void(), 'voided');
    expect(await fixture.simulator.kinds(order.id)).toEqual(['action_required', 'authorised', 'voided']);
  });
});

test('a void that comes while a capture is unknown fails when the money was taken', async () => {
  const order = fixture.order();
  await order.ask(order.authorise());
  await fixture.simulator.behave({ nextAnswers: ['hang-after-commit'] });
  await order.send(order.capture());
  await eventually(async () => (await fixture.simulator.kinds(order.id)).includes('captured'));
  expect(await order.ask(order.void())).toMatchObject({ type: 'void-failed' });
  await fixture.quiet();
  expect(order.types()).toEqual(['authorised', 'void-failed']);
});

test('a refund that comes while the capture is unknown waits for it', async () => {
  const order = fixture.order();
  await order.ask(order.authorise());
  await fixture.simulator.behave({ nextAnswers: ['hang-after-commit'] });
  await order.send(order.capture());
  await eventually(async () => (await fixture.simulator.kinds(order.id)).includes('captured'));
  await order.send(order.refund());
  await order.next('captured');
  expect(order.types()).not.toContain('refund-failed');
  expect(await order.ask(order.refund())).toMatchObject({ type: 'refunded' });
});

test('a slow provider is waited for and asked once', async () => {
  await fixture.simulator.behave({ delayMs: 1500 });
  const order = fixture.order();
  expect(await order.ask(order.authorise())).toMatchObject({ type: 'authorised' });
  expect(await order.ask(order.capture())).toMatchObject({ type: 'captured' });
  const asked = await fixture.database.db
    .selectFrom('attempts')
    .select('tries')
    .where('payment_id', '=', order.paymentId)
    .execute();
  expect(asked).toEqual([{ tries: 1 }, { tries: 1 }]);
});

test('money that was taken without our knowledge is booked when it cannot be let go', async () => {
  const order = fixture.order();
  await order.ask(order.authorise());
  const [theirs] = await fixture.simulator.payments(order.id);
  await fixture.simulator.call('POST', `/v1/payments/${theirs?.id}/capture`, {});
  expect(await order.ask(order.void())).toMatchObject({
    type: 'void-failed',
    data: { captured: { amountMinor: 1999 } },
  });
  expect(await order.ask(order.refund())).toMatchObject({ type: 'refunded' });
});

test('a confirmation that the provider has already is not a decline', async () => {
  const order = fixture.order();
  await order.ask(order.authorise('sim_action_required'));
  const [theirs] = await fixture.simulator.payments(order.id);
  await fixture.simulator.call('POST', `/v1/payments/${theirs?.id}/confirm`, { outcome: 'approve' });
  await fixture.api
    .post(`/payments/${order.paymentId}/actions`)
    .set({ ...fixture.as(order), ...fixture.key() })
    .send({ outcome: 'approve' })
    .expect(202);
  await order.next('authorised');
  expect(order.types()).not.toContain('declined');
});
