import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '@shopstack/testkit/eventually';
import { watchDisputes } from '../src/events/dispute-watch.ts';
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

const captured = async () => {
  const order = fixture.order({ amountMinor: 1000 });
  await order.ask(order.authorise());
  await order.ask(order.capture());
  return order;
};
const told = (order: Order, state: string) =>
  eventually(() => order.replies().find((it) => it.type === 'disputed' && it.data.state === state));
const stateOf = async (order: Order) => (await fixture.payment(order)).state;

test('a dispute that is lost takes the money, is told, and leaves nothing to refund', async () => {
  const order = await captured();
  await fixture.simulator.dispute(order.id, 'opened');
  expect((await told(order, 'opened')).data).toMatchObject({
    disputeId: expect.stringMatching(/^dis_/),
    amount: { amountMinor: 1000, currency: 'EUR' },
    round: 1,
  });
  expect(await stateOf(order)).toBe('disputed');
  expect(await order.ask(order.refund(1))).toMatchObject({ type: 'refund-failed' });
  await fixture.simulator.dispute(order.id, 'lost');
  await told(order, 'lost');
  expect(await stateOf(order)).toBe('disputed');
  expect(await order.ask(order.refund(1))).toMatchObject({ type: 'refund-failed' });
  expect(await order.ask(order.void())).toMatchObject({ type: 'void-failed' });
  const booked = await fixture.database.db
    .selectFrom('ledger')
    .select(['account', 'debit_minor', 'credit_minor'])
    .where('payment_id', '=', order.paymentId)
    .where('account', '=', 'disputes-lost')
    .execute();
  expect(booked).toEqual([{ account: 'disputes-lost', debit_minor: 1000, credit_minor: 0 }]);
});

test('a dispute that is won leaves everything as it was', async () => {
  const order = await captured();
  await order.ask(order.refund(400));
  await fixture.simulator.dispute(order.id, 'opened');
  expect((await told(order, 'opened')).data).toMatchObject({ amount: { amountMinor: 600 } });
  await fixture.simulator.dispute(order.id, 'won');
  await told(order, 'won');
  expect(await stateOf(order)).toBe('captured');
  expect(await order.ask(order.refund(600))).toMatchObject({ type: 'refunded' });
});

test('a dispute whose webhook never comes is found in the provider’s list, and told once', async () => {
  await fixture.simulator.behave({ webhook: 'never' });
  const order = await captured();
  await fixture.simulator.dispute(order.id, 'opened');
  await fixture.simulator.dispute(order.id, 'lost');
  for (let start = 0; start < 2; start++) {
    const watch = watchDisputes({ ...fixture.watching, everyMs: 50 });
    await told(order, 'lost');
    await watch.close();
  }
  await fixture.quiet();
  expect(order.replies().filter(({ type }) => type === 'disputed')).toHaveLength(1);
  expect(await stateOf(order)).toBe('disputed');
});

test('news that comes twice or in another order counts once', async () => {
  await fixture.simulator.behave({ webhook: 'duplicate' });
  const order = await captured();
  await fixture.simulator.dispute(order.id, 'opened');
  await fixture.simulator.behave({ webhook: 'reorder' });
  await fixture.simulator.dispute(order.id, 'lost');
  await told(order, 'lost');
  await eventually(async () => {
    const db = fixture.database.db.selectFrom('provider_events').select('event_id');
    return (await db.execute()).length >= 6;
  });
  await fixture.quiet();
  const states = order.replies().flatMap(({ type, data }) => (type === 'disputed' ? [data.state] : []));
  expect(states.filter((it) => it === 'lost')).toHaveLength(1);
  expect(states.at(-1)).toBe('lost');
});
