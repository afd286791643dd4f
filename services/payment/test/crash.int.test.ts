import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@shopstack/testkit/eventually';
import type { Order } from './orders.ts';
import { openSurroundings, type Surroundings } from './process.ts';

let around: Surroundings;
let service: Awaited<ReturnType<Surroundings['start']>>;
beforeAll(async () => {
  around = await openSurroundings();
  service = await around.start();
});
afterEach(() => around.simulator.behave());
afterAll(() => around.close());

/** The provider has been asked and we have not heard its answer. */
const asked = (order: Order, kind: string) =>
  eventually(async () => {
    const rows = await around.database.db
      .selectFrom('attempts')
      .select(['tries', 'state'])
      .where('payment_id', '=', order.paymentId)
      .where('kind', '=', kind)
      .execute();
    return rows.some((it) => it.tries > 0 && it.state === 'intent');
  });
const killAndStart = async () => {
  await service.end('SIGKILL');
  await around.simulator.behave();
  await around.simulator.mpesa.behave();
  service = await around.start();
};

describe.each([
  ['before the provider acts', { delayMs: 1000 }],
  ['after it acted, before its answer', { nextAnswers: ['hang-after-commit' as const] }],
])('killed between intent and outcome, %s', (_when, behaviour) => {
  test('authorise, capture and refund have one effect and are answered', async () => {
    const order = around.order();
    for (const [kind, message, reply] of [
      ['authorise', order.authorise(), 'authorised'],
      ['capture', order.capture(), 'captured'],
      ['refund', order.refund(), 'refunded'],
    ] as const) {
      await around.simulator.behave(behaviour);
      await order.send(message);
      await asked(order, kind);
      await killAndStart();
      expect(await order.answerTo(message, 30_000)).toMatchObject({ type: reply });
    }
    expect(await around.simulator.kinds(order.id)).toEqual(['authorised', 'captured', 'refunded']);
  });
});

describe.each([
  ['M-Pesa tells us', 'normal'],
  ['nobody tells us', 'never'],
] as const)('killed between a push and its answer, and %s', (_who, callback) => {
  test('the money is found and nobody is asked twice', async () => {
    const order = around.order();
    await around.simulator.mpesa.behave({ answerDelayMs: 2000, decideAfterMs: 500, callback });
    const charge = order.charge();
    await order.send(charge);
    await eventually(async () => (await around.simulator.mpesa.kinds(order.id)).length > 0);
    await asked(order, 'charge');
    await killAndStart();
    expect((await order.next('captured', 40_000)).causationId).toBe(charge.id);
    expect(await around.simulator.mpesa.kinds(order.id)).toEqual(['pending', 'captured']);
    await around.simulator.mpesa.behave({ answerDelayMs: 2000, callback });
    const refund = order.refund();
    await order.send(refund);
    await asked(order, 'refund');
    await killAndStart();
    expect(await order.answerTo(refund, 40_000)).toMatchObject({ type: 'refunded' });
    expect(await around.simulator.mpesa.kinds(order.id)).toEqual(['pending', 'captured', 'refunded']);
  });
});

test('a stopped service ends what is under way and exits with 0', async () => {
  const order = around.order();
  await around.simulator.behave({ delayMs: 800 });
  await order.send(order.authorise());
  await asked(order, 'authorise');
  expect(await service.end('SIGTERM')).toBe(0);
  const rows = await around.database.db
    .selectFrom('attempts')
    .select('state')
    .where('payment_id', '=', order.paymentId)
    .execute();
  expect(rows).toEqual([{ state: 'succeeded' }]);
  service = await around.start();
  await order.next('authorised');
});
