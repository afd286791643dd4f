import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@shopstack/testkit/eventually';
import { type Fixture, type Messages, openFixture, openMessages } from './fixture.ts';

let shop: Fixture;
let messages: Messages;
beforeAll(async () => {
  shop = await openFixture();
  messages = await openMessages(shop);
});
afterAll(async () => {
  await messages.close();
  await shop.close();
});

type Shown = { lines: { sku: string; quantity: number }[]; warnings: { code: string; sku?: string }[] };
const quantities = ({ lines }: Shown) =>
  Object.fromEntries(lines.map(({ sku, quantity }) => [sku, quantity]));
const warned = ({ warnings }: Shown) => warnings.map(({ code, sku }) => [code, sku]);
const merge = (user: { headers: Record<string, string> }, guest: { cookie: string }) =>
  shop.api.post('/merge').set(user.headers).set('cookie', guest.cookie);
const berlin = { country: 'DE', postcode: '10115', city: 'Berlin' };

describe('merging', () => {
  test("adds the guest's cart to the user's; repeated it adds nothing", async () => {
    const [both, own, given] = [shop.sell(), shop.sell(), shop.sell()];
    const ada = shop.user();
    await shop.add(ada, both, 1).expect(200);
    await shop.add(ada, own, 4).expect(200);
    const guest = await shop.guest(both, 2);
    await shop.add(guest, given, 3).expect(200);
    await shop.api.put('/destination').set(guest.headers).send(berlin).expect(200);
    const merged = await merge(ada, guest).expect(200);
    expect(quantities(merged.body)).toEqual({ [both]: 3, [own]: 4, [given]: 3 });
    expect(merged.body.destination).toEqual(berlin);
    expect(merged.body.warnings).toEqual([]);
    const again = await merge(ada, guest).expect(200);
    expect(again.body).toEqual(merged.body);
    expect((await shop.get(guest)).body.lines).toEqual([]);
  });

  test('is capped by stock and says so; what the user had is never made less', async () => {
    const [scarce, gone, shrunk] = [shop.sell({ available: 5 }), shop.sell(), shop.sell()];
    const ada = shop.user();
    await shop.add(ada, scarce, 4).expect(200);
    await shop.add(ada, shrunk, 4).expect(200);
    const guest = await shop.guest(scarce, 3);
    await shop.add(guest, gone, 1).expect(200);
    await shop.add(guest, shrunk, 1).expect(200);
    shop.catalogue.goods.set(gone, { priceMinor: 1000, available: 50, discontinued: true });
    shop.catalogue.goods.set(shrunk, { priceMinor: 1000, available: 2 });
    const { body } = await merge(ada, guest).expect(200);
    expect(quantities(body)).toEqual({ [scarce]: 5, [shrunk]: 4 });
    expect(warned(body)).toEqual(
      expect.arrayContaining([scarce, gone, shrunk].map((sku) => ['quantity-capped', sku])),
    );
  });

  test('at the same moment twice adds once', async () => {
    const sku = shop.sell();
    const ada = shop.user();
    const guest = await shop.guest(sku, 2);
    await Promise.all(Array.from({ length: 5 }, () => merge(ada, guest).expect(200)));
    expect(quantities((await shop.get(ada)).body)).toEqual({ [sku]: 2 });
  });

  test('without the catalogue loses nothing', async () => {
    const sku = shop.sell();
    const ada = shop.user();
    const guest = await shop.guest(sku, 2);
    shop.catalogue.state.away = true;
    const refused = await merge(ada, guest);
    shop.catalogue.state.away = false;
    expect(refused.status).toBe(503);
    expect(quantities((await shop.get(guest)).body)).toEqual({ [sku]: 2 });
  });

  test('needs a user; without a cookie it shows the cart', async () => {
    const ada = shop.user();
    expect((await shop.api.post('/merge')).status).toBe(401);
    const { body } = await shop.api.post('/merge').set(ada.headers).expect(200);
    expect(body).toMatchObject({ version: 0, lines: [] });
  });
});

describe('what the owner should know', () => {
  test('price changed, low stock, out of stock, discontinued', async () => {
    const ada = shop.user();
    const [dearer, low, out, gone, vanished] = [1, 2, 3, 4, 5].map(() => shop.sell());
    for (const sku of [dearer, low, out, gone, vanished]) await shop.add(ada, sku ?? '', 5).expect(200);
    shop.catalogue.goods.set(dearer ?? '', { priceMinor: 1100, available: 50 });
    shop.catalogue.goods.set(low ?? '', { priceMinor: 1000, available: 2 });
    shop.catalogue.goods.set(out ?? '', { priceMinor: 1000, available: 0 });
    shop.catalogue.goods.set(gone ?? '', { priceMinor: 1000, available: 50, discontinued: true });
    shop.catalogue.goods.delete(vanished ?? '');
    const { body } = await shop.get(ada).expect(200);
    expect(new Set(warned(body).map(String))).toEqual(
      new Set([
        `price-changed,${dearer}`,
        `low-stock,${low}`,
        `out-of-stock,${out}`,
        `discontinued,${gone}`,
        `discontinued,${vanished}`,
      ]),
    );
    expect(body.lines.find((it: { sku: string }) => it.sku === dearer).unitPrice.amountMinor).toBe(1100);
  });

  test('while the catalogue is away prices are the last known ones and unconfirmed', async () => {
    const ada = shop.user();
    const [kept, dearer, gone] = [shop.sell(), shop.sell(), shop.sell()];
    for (const sku of [kept, dearer, gone]) await shop.add(ada, sku).expect(200);
    await messages.priced(dearer, 1500);
    await messages.discontinued(gone);
    await eventually(async () => {
      const known = await shop.carts.lastKnown([dearer, gone]);
      return known.get(dearer)?.priceMinor === 1500 && known.get(gone)?.discontinued === true;
    });
    shop.catalogue.state.away = true;
    const { body } = await shop.get(ada).expect(200);
    const added = await shop.add(ada, kept);
    const removed = await shop.remove(ada, kept);
    shop.catalogue.state.away = false;
    expect(warned(body)).toEqual([
      ['prices-unconfirmed', undefined],
      ['discontinued', gone],
    ]);
    const priceOf = (sku: string) =>
      body.lines.find((it: { sku: string }) => it.sku === sku).unitPrice.amountMinor;
    expect([priceOf(kept), priceOf(dearer)]).toEqual([1000, 1500]);
    expect([added.status, added.headers['retry-after']]).toEqual([503, '2']);
    expect(quantities(removed.body)).toEqual({ [dearer]: 1, [gone]: 1 });
    expect(warned((await shop.get(ada)).body)).toEqual([]);
  });

  test('the destination decides the tax and is kept', async () => {
    const sku = shop.sell({ priceMinor: 12_000 });
    const ada = shop.user();
    expect((await shop.add(ada, sku).expect(200)).body.tax.amountMinor).toBe(1916);
    const put = (destination: unknown) =>
      shop.api
        .put('/destination')
        .set(ada.headers)
        .send({ ...Object(destination) });
    const french = { country: 'FR', postcode: '75001', city: 'Paris' };
    const { body } = await put(french).expect(200);
    expect(body).toMatchObject({
      destination: french,
      tax: { amountMinor: 2000 },
      total: { amountMinor: 12_000 },
    });
    for (const bad of [{ ...french, country: 'France' }, { country: 'FR' }, { ...french, street: 'x' }]) {
      await put(bad).expect(422);
    }
    expect((await shop.get(ada)).body.destination).toEqual(french);
  });
});

describe('an order', () => {
  test('takes what was ordered out of the cart, once, and leaves what was added since', async () => {
    const [ordered, other] = [shop.sell(), shop.sell()];
    const ada = shop.user();
    await shop.add(ada, ordered, 2).expect(200);
    const { body: cart } = await shop.add(ada, other, 1).expect(200);
    await shop.add(ada, ordered, 1).expect(200);
    const order = await messages.placed(cart, cart.lines);
    const emptied = await eventually(async () => {
      const { body } = await shop.get(ada);
      return quantities(body)[ordered] === 1 && body;
    });
    expect(quantities(emptied)).toEqual({ [ordered]: 1 });
    expect(emptied.version).toBeGreaterThan(cart.version + 1);
    await shop.add(ada, other, 1).expect(200);
    await messages.resend(order);
    await messages.resend(order);
    const last = await messages.placed({ id: 'nobody', version: 1 }, [{ sku: other, quantity: 1 }]);
    await messages.discontinued(last.id);
    await eventually(async () => (await shop.carts.lastKnown([last.id])).get(last.id)?.discontinued);
    expect(quantities((await shop.get(ada)).body)).toEqual({ [ordered]: 1, [other]: 1 });
    expect(await shop.redis.exists('cart:nobody')).toBe(0);
  });

  test("does not lengthen a guest's cart's life", async () => {
    const sku = shop.sell();
    const guest = await shop.guest(sku, 2);
    const { body: cart } = await shop.get(guest);
    await messages.placed(cart, cart.lines);
    await eventually(async () => (await shop.get(guest)).body.lines.length === 0);
    const [key] = await shop.redis.keys(`*cart:${cart.id}`);
    expect(await shop.redis.ttl(key ?? '')).toBeLessThanOrEqual(30 * 86_400);
  });
});
