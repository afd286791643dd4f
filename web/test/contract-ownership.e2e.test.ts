import { beforeAll, describe, expect, test } from '@jest/globals';
import { createShopper } from '@shopstack/acceptance/shopper';
import { Order } from '@shopstack/contracts/order';
import { SavedAddress, User } from '@shopstack/contracts/user';
import { eventually } from '@shopstack/testkit/eventually';
import { z } from 'zod';
import { type Asking, ask, type Credentials, shopUrl } from './contract/asking.ts';
import { newPerson, type Person, sampleAdmin } from './contract/people.ts';
import { address, destination, setScene } from './contract/row.ts';

let owner: Person;
let sku = '';
/** What belongs to the owner, and what belongs to a guest. */
const owned = { orderId: '', paymentId: '', shipmentId: '', addressId: '', sessionId: '' };
const guests = { orderId: '', paymentId: '', shipmentId: '', followToken: '' };
/** Who is not the owner. */
const strangers = new Map<string, Credentials>();

const shipmentsOf = async (orderId: string, credentials: Credentials) => {
  const seen = await ask('listShipments', { query: { orderId } }, credentials);
  return z.object({ items: z.array(z.object({ id: z.string() })) }).parse(seen.body).items[0]?.id;
};

beforeAll(async () => {
  const admin = await sampleAdmin();
  const scene = await setScene(admin);
  sku = scene.product.sku;
  owner = await newPerson('Olga Owner', admin);
  const other = await newPerson('Stan Stranger', admin);
  const merchandiser = await newPerson('Mona Merchandiser', admin, ['merchandiser']);
  strangers.set('another customer', other.credentials);
  strangers.set('a merchandiser', merchandiser.credentials);

  const shopper = createShopper(shopUrl);
  await shopper.signIn(owner.email, owner.password);
  const order = await shopper.buy(sku);
  const guest = createShopper(shopUrl);
  const placed = await guest.buy(sku);
  guests.followToken = placed.followToken ?? '';
  Object.assign(owned, { orderId: order.id, paymentId: order.payment.id });
  Object.assign(guests, { orderId: placed.id, paymentId: placed.payment.id });
  const follow = { 'follow-token': guests.followToken };
  owned.shipmentId = await eventually(() => shipmentsOf(order.id, owner.credentials), 20_000);
  guests.shipmentId = await eventually(() => shipmentsOf(placed.id, follow), 20_000);
  strangers.set('a guest with the token of another order', follow);
  const saved = await ask('addAddress', { body: address }, owner.credentials);
  owned.addressId = SavedAddress.parse(saved.body).id;
  const sessions = await ask('listSessions', {}, owner.credentials);
  const { items } = z.object({ items: z.array(z.object({ id: z.string() })) }).parse(sessions.body);
  owned.sessionId = items[0]?.id ?? '';
}, 90_000);

const byId = (id: string, body?: unknown): Asking => ({ params: { id }, ...(body ? { body } : {}) });
const follows: [string, (of: typeof guests | typeof owned) => Asking][] = [
  ['getOrder', (of) => byId(of.orderId)],
  ['streamOrder', (of) => byId(of.orderId)],
  ['cancelOrder', (of) => byId(of.orderId, { reason: 'not mine' })],
  ['getPayment', (of) => byId(of.paymentId)],
  ['actOnPayment', (of) => byId(of.paymentId, { outcome: 'fail' })],
  ['attemptPayment', (of) => byId(of.paymentId, { paymentMethod: 'card', paymentToken: 'sim_ok' })],
  ['getShipment', (of) => byId(of.shipmentId)],
];

describe("somebody else's things do not exist", () => {
  test.each(follows)('%s', async (id, asking) => {
    for (const [who, credentials] of strangers) {
      expect([who, (await ask(id, asking(owned), credentials)).code]).toEqual([who, 'not-found']);
    }
    for (const who of ['another customer', 'a merchandiser']) {
      expect([who, (await ask(id, asking(guests), strangers.get(who))).code]).toEqual([who, 'not-found']);
    }
    const madeUp = { 'follow-token': `${guests.followToken.slice(0, -2)}xx` };
    expect((await ask(id, asking(guests), madeUp)).code).toBe('not-found');
  });

  test.each(['listPayments', 'listShipments'])('%s of their order is empty', async (id) => {
    for (const [who, credentials] of strangers) {
      const seen = await ask(id, { query: { orderId: owned.orderId } }, credentials);
      expect([who, seen.body]).toEqual([who, { items: [], next: null }]);
    }
    const mine = await ask(id, { query: { orderId: owned.orderId } }, owner.credentials);
    expect(mine.body).toMatchObject({ items: [{ orderId: owned.orderId }] });
  });

  test("addresses, sessions and a customer's own follow token", async () => {
    const credentials = strangers.get('another customer');
    const body = { ...address, line1: 'Stolen 1' };
    const asked: [string, Asking][] = [
      ['replaceAddress', { ...byId(owned.addressId, body), headers: { 'if-match': '*' } }],
      ['removeAddress', { ...byId(owned.addressId), headers: { 'if-match': '*' } }],
      ['endSession', byId(owned.sessionId)],
    ];
    for (const [id, asking] of asked)
      expect([id, (await ask(id, asking, credentials)).code]).toEqual([id, 'not-found']);
    const addresses = await ask('listAddresses', {}, owner.credentials);
    expect(addresses.body).toMatchObject({ items: [{ line1: address.line1 }] });
    expect((await ask('listSessions', {}, owner.credentials)).text).toContain(owned.sessionId);
    expect((await ask('listMyOrders', {}, credentials)).body).toEqual({ items: [], next: null });
  });

  test('their order went on undisturbed', async () => {
    const order = Order.parse((await ask('getOrder', byId(owned.orderId), owner.credentials)).body);
    expect(order.steps.map(({ step }) => step)).not.toContain('cancel-requested');
    const { body } = await ask('getOrder', byId(guests.orderId), { 'follow-token': guests.followToken });
    expect(Order.parse(body).reason).toBeUndefined();
  });
});

describe('carts', () => {
  const lines = async (credentials: Credentials) =>
    z.object({ lines: z.array(z.unknown()) }).parse((await ask('getCart', {}, credentials)).body).lines
      .length;

  test("nobody sees another's cart: not by cookie beside a token, not by a made-up cookie or the cart's id", async () => {
    const first = await ask('addItem', { body: { sku, quantity: 1 } });
    const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect(cookie).toMatch(/^cart=[\w-]{22}$/);
    expect(await lines({ cookie })).toBe(1);
    await ask('addItem', { body: { sku, quantity: 1 } }, owner.credentials);
    await ask('setDestination', { body: destination }, owner.credentials);
    const mine = z.object({ id: z.string() }).parse((await ask('getCart', {}, owner.credentials)).body);
    const stranger = strangers.get('another customer') ?? {};
    for (const other of [
      {},
      stranger,
      { ...stranger, cookie },
      { cookie: `cart=${mine.id}` },
      { cookie: `cart=${owner.id}` },
      { cookie: `cart=${cookie.slice(5, -1)}${cookie.endsWith('x') ? 'y' : 'x'}` },
      { cookie: `cart=user:${owner.id}` },
      { 'x-user-id': owner.id },
    ]) {
      expect([other, await lines(other)]).toEqual([other, 0]);
    }
  });
});

describe('nobody gives themselves what is not theirs to give', () => {
  const secrets = {
    roles: ['admin'],
    disabled: false,
    emailVerified: true,
    id: '01890000-0000-7000-8000-000000000000',
    version: 99,
    passwordHash: 'x',
    _id: 'x',
    userId: 'x',
    createdAt: '2020-01-01T00:00:00.000Z',
  };
  test.each(Object.entries(secrets))(
    '%s in a registration or a change of the account',
    async (name, value) => {
      const body = {
        email: 'mass@example.test',
        password: 'quiet harbour lights',
        name: 'Max Mass',
        [name]: value,
      };
      const me = User.parse((await ask('getMe', {}, owner.credentials)).body);
      const headers = { 'if-match': `"${me.version}"` };
      const asked: [string, Asking][] = [
        ['register', { body }],
        ['patchMe', { body: { name: 'Olga', [name]: value }, headers }],
        ['addAddress', { body: { ...address, [name]: value } }],
      ];
      for (const [id, asking] of asked) {
        const seen = await ask(id, asking, owner.credentials);
        expect([id, seen.code, seen.body]).toMatchObject([
          id,
          'validation-failed',
          { errors: [{ pointer: `/${name}` }] },
        ]);
      }
      expect((await ask('getMe', {}, owner.credentials)).body).toEqual(me);
    },
  );

  test('a customer cannot decide on themselves', async () => {
    const asking = { ...byId(owner.id, { roles: ['admin'] }), headers: { 'if-match': '*' } };
    expect((await ask('patchUser', asking, owner.credentials)).code).toBe('forbidden');
  });
});
