import { beforeAll, describe, expect, test } from '@jest/globals';
import { createShopper } from '@shopstack/acceptance/shopper';
import { OrderSummary } from '@shopstack/contracts/order';
import { eventually } from '@shopstack/testkit/eventually';
import { z } from 'zod';

const shopUrl = process.env.SHOP_URL ?? 'http://localhost:8080';
const History = z.object({ items: z.array(OrderSummary) });
const code = (body: unknown) =>
  z.object({ type: z.string() }).parse(body).type.replace('urn:shopstack:problem:', '');

/** A SKU with enough units for every test of this file. */
let sku = '';
beforeAll(async () => {
  const { items } = await createShopper(shopUrl).find('inStock=true&sort=price-asc&limit=50');
  sku = items.find((it) => it.stock.available >= 20)?.sku ?? '';
  expect(sku).not.toBe('');
});
const available = async () =>
  (await createShopper(shopUrl).find(`q=${sku}&limit=1`)).items[0]?.stock.available ?? 0;

describe('one purchase, exactly', () => {
  test('a customer signs up, buys, and the order is in the history; cart and stock follow', async () => {
    const shopper = createShopper(shopUrl);
    await shopper.signUp();
    const before = await available();
    const cart = await shopper.add(sku, 2);
    expect(cart.lines[0]).toMatchObject({ sku, quantity: 2 });
    const methods = await shopper.ask('GET', '/payment/payment-methods?country=DE&currency=EUR');
    expect(methods.body).toMatchObject({ items: [{ id: 'card', kind: 'card' }] });
    const quote = await shopper.quote(cart);
    const placed = await shopper.place(shopper.orderBody(cart, quote));
    expect(placed.status).toBe(201);
    const { id, total } = z
      .object({ id: z.string(), total: z.object({ amountMinor: z.int() }) })
      .parse(placed.body);
    expect(placed.headers.get('location')).toBe(`/api/v1/dispatch/orders/${id}`);
    expect(total.amountMinor).toBe(cart.total.amountMinor + quote.price.amountMinor);

    const order = await shopper.until(id, ['confirmed', 'shipped', 'completed']);
    const steps = order.steps.map(({ step }) => step);
    expect(steps.slice(0, 7)).toEqual([
      'placed',
      'stock-held',
      'delivery-booked',
      'authorised',
      'committed',
      'captured',
      'confirmed',
    ]);
    await eventually(async () => {
      const { items } = History.parse((await shopper.ask('GET', '/user/users/me/orders')).body);
      expect(items[0]).toMatchObject({ id, number: order.number });
      return true;
    });
    await eventually(async () => (await shopper.cart()).lines.length === 0);
    await eventually(async () => (await available()) === before - 2);
    const payments = await shopper.ask('GET', `/payment/payments?orderId=${id}`);
    expect(payments.body).toMatchObject({
      items: [{ state: 'captured', captured: { amountMinor: total.amountMinor } }],
    });
  });

  test('a guest buys with an e-mail address and follows the order to delivery by the token', async () => {
    const guest = createShopper(shopUrl);
    const placed = await guest.buy(sku);
    expect(placed.followToken).toBeDefined();
    const order = await guest.until(placed.id, ['completed'], 60_000);
    expect(order.steps.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['shipped', 'in-transit', 'delivered']),
    );
    const shipments = await guest.ask('GET', `/shipping/shipments?orderId=${placed.id}`);
    expect(shipments.body).toMatchObject({ items: [{ state: 'delivered' }] });
    const stranger = createShopper(shopUrl);
    expect((await stranger.ask('GET', `/dispatch/orders/${placed.id}`)).status).toBe(401);
    const other = await stranger.ask('GET', `/dispatch/orders/${placed.id}`, {
      headers: { 'follow-token': 'x'.repeat(43) },
    });
    expect(other.status).toBe(404);
  }, 90_000);

  test('the same key gives the same order; another body with it is refused; two tabs make one order', async () => {
    const shopper = createShopper(shopUrl);
    const cart = await shopper.add(sku);
    const body = shopper.orderBody(cart, await shopper.quote(cart));
    const first = await shopper.place(body, 'key-1');
    const again = await shopper.place(body, 'key-1');
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    const reused = await shopper.place({ ...body, address: { ...body.address, name: 'Somebody' } }, 'key-1');
    expect([reused.status, code(reused.body)]).toEqual([422, 'idempotency-key-reused']);
    const secondTab = await shopper.place(body, 'key-2');
    expect(secondTab.status).toBe(409);
    expect(['cart-already-ordered', 'cart-changed', 'cart-empty']).toContain(code(secondTab.body));
  });
});

describe('when it does not work out', () => {
  const ended = async (
    paymentToken: string,
    statuses: ('rejected' | 'confirmed' | 'awaiting-payment' | 'cancelled')[],
  ) => {
    const shopper = createShopper(shopUrl);
    const before = await available();
    const placed = await shopper.buy(sku, { paymentToken });
    const order = await shopper.until(placed.id, statuses, 30_000);
    return { shopper, order, before };
  };

  test('a declined card ends the order, nothing is held and nothing is taken', async () => {
    const { shopper, order, before } = await ended('sim_declined', ['rejected']);
    expect(order.reason?.code).toBe('payment-declined');
    await eventually(async () => (await available()) === before);
    const payments = await shopper.ask('GET', `/payment/payments?orderId=${order.id}`);
    expect(payments.body).toMatchObject({ items: [{ captured: { amountMinor: 0 } }] });
  }, 60_000);

  test('a card without enough money asks for another one, and the order goes on with it', async () => {
    const { shopper, order } = await ended('sim_insufficient_funds', ['awaiting-payment']);
    const body = { paymentMethod: 'card', paymentToken: 'sim_ok' };
    const path = `/payment/payments/${order.payment.id}/attempts`;
    const tried = await shopper.ask('POST', path, { body, headers: { 'idempotency-key': 'again' } });
    expect(tried.status).toBe(202);
    await shopper.until(order.id, ['confirmed', 'shipped', 'completed']);
  }, 60_000);

  test('a payment that asks for confirmation waits for it', async () => {
    const { shopper, order } = await ended('sim_action_required', ['awaiting-payment']);
    expect(order.payment.nextAction?.kind).toBe('confirm');
    const path = `/payment/payments/${order.payment.id}/actions`;
    const acted = await shopper.ask('POST', path, {
      body: { outcome: 'approve' },
      headers: { 'idempotency-key': 'yes' },
    });
    expect(acted.status).toBe(202);
    await shopper.until(order.id, ['confirmed', 'shipped', 'completed']);
  }, 60_000);

  test('an answer lost after the provider committed is looked up: one charge', async () => {
    const { shopper, order } = await ended('sim_timeout_after_commit', ['confirmed']);
    const payments = await shopper.ask('GET', `/payment/payments?orderId=${order.id}`);
    expect(payments.body).toMatchObject({ items: [{ captured: order.total, state: 'captured' }] });
  }, 60_000);

  test('a customer who cancels while the bank waits gets everything undone', async () => {
    const { shopper, order, before } = await ended('sim_action_required', ['awaiting-payment']);
    const cancelled = await shopper.ask('POST', `/dispatch/orders/${order.id}/cancellations`, {
      body: {},
      headers: { 'idempotency-key': 'cancel' },
    });
    expect(cancelled.status).toBe(202);
    const end = await shopper.until(order.id, ['cancelled'], 30_000);
    expect(end.reason?.code).toBe('cancelled-by-customer');
    await eventually(async () => (await available()) === before);
  }, 60_000);

  test('a total that is not ours is answered with the right one and orders nothing', async () => {
    const shopper = createShopper(shopUrl);
    const cart = await shopper.add(sku);
    const body = shopper.orderBody(cart, await shopper.quote(cart));
    const cheap = await shopper.place({ ...body, expectedTotal: { amountMinor: 1, currency: 'EUR' } });
    expect([cheap.status, code(cheap.body)]).toEqual([409, 'price-changed']);
    expect(cheap.body).toMatchObject({ total: body.expectedTotal });
    expect((await shopper.cart()).lines).toHaveLength(1);
  });

  test('a quote for other goods, an unknown quote and an old cart version are refused', async () => {
    const shopper = createShopper(shopUrl);
    const cart = await shopper.add(sku);
    const quote = await shopper.quote(cart);
    const more = await shopper.add(sku);
    const stale = await shopper.place(shopper.orderBody(cart, quote));
    expect([stale.status, code(stale.body)]).toEqual([409, 'cart-changed']);
    const other = await shopper.place(shopper.orderBody(more, quote));
    expect([other.status, code(other.body)]).toEqual([409, 'quote-mismatch']);
    const body = shopper.orderBody(more, { ...quote, quoteId: '01890000-0000-7000-8000-000000000000' });
    expect((await shopper.place(body)).status).toBeGreaterThanOrEqual(404);
  });
});
