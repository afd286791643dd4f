import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { audit } from './audit.ts';
import { type Fixture, openFixture } from './fixture.ts';
import type { Order } from './orders.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterAll(async () => {
  await fixture.quiet();
  await audit(fixture);
  await fixture.close();
});

async function captured(amountMinor = 1000): Promise<Order> {
  const order = fixture.order({ amountMinor });
  await order.ask(order.authorise());
  await order.ask(order.capture());
  return order;
}
/** Whatever was still on its way has been handled: commands of one payment are answered in order. */
const settled = async (order: Order) => {
  await order.ask(order.authorise());
  await fixture.quiet();
};

describe('a message that is delivered twice has one effect and one answer', () => {
  test('authorise, capture and refund', async () => {
    const order = fixture.order();
    for (const message of [order.authorise(), order.capture(), order.refund()]) {
      await order.ask(message);
      await order.send(message, message);
    }
    await settled(order);
    expect(order.types()).toEqual(['authorised', 'captured', 'refunded', 'captured']);
    expect(await fixture.simulator.kinds(order.id)).toEqual(['authorised', 'captured', 'refunded']);
  });
  test('void', async () => {
    const order = fixture.order();
    await order.ask(order.authorise());
    const message = order.void();
    await order.ask(message);
    await order.send(message, message);
    await settled(order);
    expect(order.types()).toEqual(['authorised', 'voided', 'voided']);
    expect(await fixture.simulator.kinds(order.id)).toEqual(['authorised', 'voided']);
  });
});

describe('a command that is sent again is answered again and has no second effect', () => {
  test('authorise, capture, refund', async () => {
    const order = fixture.order();
    const refundId = uuidv7();
    const twice = [() => order.authorise(), () => order.capture(), () => order.refund(1999, refundId)];
    for (const command of twice) {
      const first = await order.ask(command());
      const second = await order.ask(command());
      expect({ ...second, causationId: '' }).toEqual({ ...first, causationId: '' });
    }
    expect(await fixture.simulator.kinds(order.id)).toEqual(['authorised', 'captured', 'refunded']);
  });
  test('void', async () => {
    const order = fixture.order();
    await order.ask(order.authorise());
    expect(await order.ask(order.void())).toMatchObject({ type: 'voided' });
    expect(await order.ask(order.void())).toMatchObject({ type: 'voided' });
    expect(await fixture.simulator.kinds(order.id)).toEqual(['authorised', 'voided']);
  });
  test('many at the same moment', async () => {
    const order = fixture.order();
    const many = (command: () => ReturnType<Order['capture']>) => Array.from({ length: 8 }, command);
    await order.send(...many(order.authorise));
    await order.next('authorised');
    await order.send(...many(order.capture));
    await order.next('captured');
    await settled(order);
    expect(await fixture.simulator.kinds(order.id)).toEqual(['authorised', 'captured']);
    expect(new Set(order.types())).toEqual(new Set(['authorised', 'captured']));
  });
});

describe('commands in the wrong order', () => {
  test('a void before its authorise refuses the authorise', async () => {
    const order = fixture.order();
    expect(await order.ask(order.void())).toMatchObject({ type: 'voided' });
    expect(await order.ask(order.authorise())).toMatchObject({ type: 'voided' });
    expect(await order.ask(order.capture())).toMatchObject({ type: 'capture-failed' });
    await fixture.quiet();
    expect(await fixture.simulator.kinds(order.id)).toEqual([]);
  });
  test('a capture before the authorisation takes nothing; asked again it does', async () => {
    const order = fixture.order();
    await order.send(order.capture());
    await order.ask(order.authorise('sim_action_required'));
    expect(await order.ask(order.capture())).toMatchObject({ type: 'capture-failed' });
    const other = fixture.order();
    await other.send(other.capture());
    await other.ask(other.authorise());
    expect(await other.ask(other.capture())).toMatchObject({ type: 'captured' });
    expect(await fixture.simulator.kinds(other.id)).toEqual(['authorised', 'captured']);
  });
  test('a capture of another amount than was authorised takes nothing', async () => {
    const order = fixture.order({ amountMinor: 1000 });
    await order.ask(order.authorise());
    expect(await order.ask(order.capture(1001))).toMatchObject({ type: 'capture-failed' });
    expect(await order.ask(order.capture(999))).toMatchObject({ type: 'capture-failed' });
    expect(await order.ask(order.capture())).toMatchObject({ type: 'captured' });
    expect(await fixture.simulator.kinds(order.id)).toEqual(['authorised', 'captured']);
  });
  test('a refund before the capture fails, and works after it', async () => {
    const order = fixture.order();
    await order.ask(order.authorise());
    const refundId = uuidv7();
    expect(await order.ask(order.refund(1999, refundId))).toMatchObject({ type: 'refund-failed' });
    await order.ask(order.capture());
    expect(await order.ask(order.refund(1999, refundId))).toMatchObject({ type: 'refunded' });
    expect(await fixture.simulator.kinds(order.id)).toEqual(['authorised', 'captured', 'refunded']);
  });
  test('a void after the capture fails and takes nothing back', async () => {
    const order = await captured();
    expect(await order.ask(order.void())).toMatchObject({
      type: 'void-failed',
      data: { captured: { amountMinor: 1000 } },
    });
    expect(await order.ask(order.refund())).toMatchObject({ type: 'refunded' });
  });
  test('a void while the customer is asked ends it at the provider too', async () => {
    const order = fixture.order();
    await order.ask(order.authorise('sim_action_required'));
    expect(await order.ask(order.void())).toMatchObject({ type: 'voided' });
    expect(await fixture.simulator.kinds(order.id)).toEqual(['action_required', 'voided']);
    await fixture.api
      .post(`/payments/${order.paymentId}/actions`)
      .set({ ...fixture.as(order), ...fixture.key() })
      .send({ outcome: 'approve' })
      .expect(409);
  });
  test('a void and a capture at the same moment end as one of the two', async () => {
    const orders = Array.from({ length: 12 }, () => fixture.order());
    await Promise.all(orders.map((it) => it.ask(it.authorise())));
    const answers = await Promise.all(
      orders.map(async (it, n) => {
        const [capture, letGo] = [it.capture(), it.void()];
        await (n % 2 === 0 ? it.send(capture, letGo) : it.send(letGo, capture));
        return it.answerTo(letGo);
      }),
    );
    await fixture.quiet();
    for (const [n, order] of orders.entries()) {
      const last = answers[n]?.type === 'voided' ? 'voided' : 'captured';
      expect(await fixture.simulator.kinds(order.id)).toEqual(['authorised', last]);
      expect((await fixture.payment(order)).state).toBe(last);
    }
  });
});

describe('refunds', () => {
  test('the same refund is made once, however often it is asked for', async () => {
    const order = await captured();
    const refundId = uuidv7();
    await order.send(...Array.from({ length: 5 }, () => order.refund(400, refundId)));
    await order.next('refunded');
    await settled(order);
    expect(await fixture.simulator.kinds(order.id)).toEqual(['authorised', 'captured', 'refunded']);
    expect((await fixture.payment(order)).refunded.amountMinor).toBe(400);
  });
  test('its id cannot be used for another amount or another payment', async () => {
    const [order, other] = [await captured(), await captured()];
    const refundId = uuidv7();
    await order.ask(order.refund(400, refundId));
    expect(await order.ask(order.refund(500, refundId))).toMatchObject({ type: 'refund-failed' });
    expect(await other.ask(other.refund(400, refundId))).toMatchObject({ type: 'refund-failed' });
    expect((await fixture.payment(other)).refunded.amountMinor).toBe(0);
  });
  test('more than was taken is never given back, one after the other or at once', async () => {
    const order = await captured(1000);
    expect(await order.ask(order.refund(1001))).toMatchObject({ type: 'refund-failed' });
    expect(await order.ask(order.refund(0))).toMatchObject({ type: 'refund-failed' });
    const refunds = Array.from({ length: 6 }, () => order.refund(300));
    await order.send(...refunds);
    const answers = await Promise.all(refunds.map((it) => order.answerTo(it)));
    expect(answers.filter((it) => it.type === 'refunded')).toHaveLength(3);
    const reasons = answers.map(({ data }) => data.reason).filter((it) => it !== undefined);
    expect(reasons).toHaveLength(3);
    expect(reasons).not.toContain('refund-too-large');
    expect((await fixture.payment(order)).refunded.amountMinor).toBe(900);
    expect(await order.ask(order.refund(101))).toMatchObject({ type: 'refund-failed' });
    expect(await order.ask(order.refund(100))).toMatchObject({ type: 'refunded' });
    expect((await fixture.payment(order)).state).toBe('refunded');
    expect(await order.ask(order.refund(1))).toMatchObject({ type: 'refund-failed' });
  });
});
