import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { z } from 'zod';
import { address, expectedTotal } from './fake-services.ts';
import { openSurroundings, type Surroundings } from './process.ts';
import { openShop, until } from './shop.ts';

const Placed = z.object({ id: z.string(), followToken: z.string() });
const Seen = z.looseObject({ status: z.unknown() });

describe('a process that dies', () => {
  let around: Surroundings;
  beforeAll(async () => {
    around = await openSurroundings();
  });
  afterAll(() => around.close());

  const order = async (origin: string, paid = { paymentMethod: 'card', paymentToken: 'sim_ok' }) => {
    const cookie = `cart=${uuidv7()}`;
    const { cart, quote } = around.services.fill(cookie);
    const response = await fetch(`${origin}/orders`, {
      method: 'POST',
      headers: { cookie, 'idempotency-key': uuidv7(), 'content-type': 'application/json' },
      body: JSON.stringify({
        cartVersion: cart.version,
        shippingQuoteId: quote.quoteId,
        address,
        ...paid,
        expectedTotal,
        email: 'ada@example.com',
      }),
    });
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
    return Placed.parse(await response.json());
  };
  const read = async (origin: string, { id, followToken }: { id: string; followToken: string }) => {
    const response = await fetch(`${origin}/orders/${id}`, { headers: { 'follow-token': followToken } });
    return { response, body: Seen.parse(await response.json()) };
  };
  const allConfirmed = (origin: string, orders: readonly { id: string; followToken: string }[]) =>
    until(async () => {
      for (const it of orders) expect((await read(origin, it)).body.status).toBe('confirmed');
    }, 30_000);

  test('is taken over by itself after a restart, wherever it was killed', async () => {
    const orders: { id: string; followToken: string }[] = [];
    for (const killAfterMs of [5, 60, 200]) {
      const service = await around.start();
      for (let nth = 0; nth < 5; nth += 1) orders.push(await order(service.origin));
      await new Promise((resolve) => setTimeout(resolve, killAfterMs));
      await service.end('SIGKILL');
    }
    const service = await around.start();
    await allConfirmed(service.origin, orders);
    for (const { id } of orders) {
      const keys = around.participants.seen.filter(
        (it) => it.orderId === id && it.type === 'order.confirmed.v1',
      );
      expect(new Set(keys.map((it) => it.id)).size).toBe(1);
    }
    expect(await service.end('SIGTERM')).toBe(0);
  });

  test('finds its timers again: what was not answered is asked, what took too long is given up', async () => {
    const first = await around.start();
    around.participants.mute('stock.commit');
    const silent = await order(first.origin);
    const wallet = await order(first.origin, { paymentMethod: 'mpesa', paymentToken: '254712345678' });
    await until(async () => {
      expect(around.participants.typesOf(silent.id)).toContain('stock.commit');
      expect((await read(first.origin, wallet)).body.status).toBe('awaiting-payment');
    }, 20_000);
    await first.end('SIGKILL');
    // Nobody has anything to say any more: only the rows know that somebody waits.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    around.participants.mute();
    const second = await around.start();
    await allConfirmed(second.origin, [silent]);
    await until(async () => {
      expect((await read(second.origin, wallet)).body).toMatchObject({
        status: 'cancelled',
        reason: { code: 'payment-expired' },
      });
    }, 20_000);
    expect(await second.end('SIGTERM')).toBe(0);
  });

  test('is replaced by another replica that is there already', async () => {
    const [first, second] = [await around.start(), await around.start()];
    around.participants.mute('stock.commit');
    const orders = await Promise.all([order(first.origin), order(first.origin), order(second.origin)]);
    await until(async () => {
      for (const it of orders) expect(around.participants.typesOf(it.id)).toContain('stock.commit');
    });
    await first.end('SIGKILL');
    around.participants.mute();
    await allConfirmed(second.origin, orders);
    expect(await second.end('SIGTERM')).toBe(0);
  });

  test('answers 503 while its database is away and recovers without a restart', async () => {
    const service = await around.start();
    const placed = await order(service.origin);
    await allConfirmed(service.origin, [placed]);
    around.proxy.cut();
    const away = await read(service.origin, placed);
    expect(away.response.status).toBe(503);
    expect(away.response.headers.get('retry-after')).not.toBeNull();
    expect((await fetch(`${service.origin}/health/ready`)).status).toBe(503);
    around.proxy.mend();
    await until(async () => expect((await read(service.origin, placed)).response.status).toBe(200));
    const next = await order(service.origin);
    await allConfirmed(service.origin, [next]);
    expect(await service.end('SIGTERM')).toBe(0);
  });
});

test('an order nobody answers ends at its deadline, or a person is called', async () => {
  const timing = {
    resendMs: [100],
    deadlineMs: { RESERVING: 700, CAPTURING: 700, CANCELLING: 5000, REFUNDING: 5000 },
  };
  const shop = await openShop({ timing });
  try {
    shop.participants.mute('stock.reserve');
    const given = (await shop.guest().order().expect(201)).body;
    const cancelled = await shop.reach(given.id, given.followToken, 'cancelled');
    expect(cancelled.reason.code).toBe('timed-out');
    shop.participants.mute('payment.capture');
    const stuck = (await shop.guest().order().expect(201)).body;
    const order = await shop.reach(stuck.id, stuck.followToken, 'attention-required');
    expect(order.reason.code).toBe('needs-support');
    const cancel = shop.http.post(`/orders/${stuck.id}/cancellations`).set('follow-token', stuck.followToken);
    await cancel.set('idempotency-key', 'k').send({}).expect(409);
  } finally {
    await shop.close();
  }
});
