import { beforeAll, describe, expect, test } from '@jest/globals';
import { createShopper, type Shopper } from '@shopstack/acceptance/shopper';
import { ask, type Credentials, shopUrl } from './contract/asking.ts';
import { newPerson, type Person, sampleAdmin } from './contract/people.ts';
import { address, destination, type Scene, setScene } from './contract/row.ts';

let scene: Scene;
let admin: Person;
let person: Person;
let sku = '';
let others: string[] = [];

beforeAll(async () => {
  const first = await sampleAdmin();
  scene = await setScene(first);
  admin = await newPerson('Ann Admin', first, ['admin']);
  person = await newPerson('Cleo Clever', admin);
  sku = scene.product.sku;
  const { items } = await createShopper(shopUrl).find('inStock=true&limit=20');
  others = items.map((it) => it.sku).filter((it) => it !== sku);
}, 60_000);

const stock = async () => (await ask('snapshotPrices', { body: { skus: [sku] } })).text;
const code = async (id: string, asking: object, credentials: Credentials = person.credentials) => {
  const seen = await ask(id, asking, credentials);
  return seen.code ?? seen.status;
};
const noQuantity = [-1, 0, 0.5, 1.0000001, 100, 1e15, 2 ** 60, '1', '1e1', null, true, [1]];

describe('quantities', () => {
  test.each(noQuantity)('%p is no quantity of a cart, a change or a delivery offer', async (quantity) => {
    const body = { sku, quantity };
    expect(await code('addItem', { body })).toBe('validation-failed');
    expect(await code('setItem', { params: { sku }, body: { quantity } })).toBe('validation-failed');
    expect(await code('quote', { body: { destination, lines: [body] } })).toBe('validation-failed');
  });

  test('-0, 1e999 and what adds up to over 99 are none either', async () => {
    const raw = (text: string) => ({ raw: `{"sku":"${sku}","quantity":${text}}` });
    for (const text of ['-0', '1e999', '-1e999', '0x10', 'NaN', '01'])
      expect([text, ['validation-failed', 'malformed-json']]).toEqual([
        text,
        expect.arrayContaining([await code('addItem', raw(text))]),
      ]);
    const many = await code('addItem', { body: { sku, quantity: 99 } });
    const more = await code('addItem', { body: { sku, quantity: 99 } });
    expect([200, 'out-of-stock']).toContain(many);
    expect(['out-of-stock', 'validation-failed', 200]).toContain(more);
    const { body } = await ask('emptyCart', {}, person.credentials);
    expect(body).toMatchObject({ lines: [], total: { amountMinor: 0 } });
  });

  test.each([0.5, 1e15, -1e15, '5', null])('%p is no change of a stock', async (delta) => {
    const asking = { params: { sku }, body: { delta, reason: 'counted' } };
    expect(await code('adjustStock', asking, admin.credentials)).toBe('validation-failed');
  });

  test.each([-1, 0.5, 1e16, '1'])('%p is no price', async (amountMinor) => {
    const variant = { sku: 'ABUSE-1', price: { amountMinor, currency: 'EUR' }, weightGrams: 1 };
    const fields = { id: 'abuse-1', name: 'A', brand: 'B', categories: ['lighting'], variants: [variant] };
    expect(await code('createProduct', { body: fields }, admin.credentials)).toBe('validation-failed');
    const foreign = [{ ...variant, price: { amountMinor: 1, currency: 'USD' } }];
    expect(await code('createProduct', { body: { ...fields, variants: foreign } }, admin.credentials)).toBe(
      'validation-failed',
    );
    expect(await code('getProduct', { params: { sku: 'ABUSE-1' } })).toBe('not-found');
  });
});

describe('what nobody sells or reaches', () => {
  test('an unknown SKU', async () => {
    const unknown = { sku: 'NO-SUCH-SKU', quantity: 1 };
    expect(await code('addItem', { body: unknown })).toBe('unknown-sku');
    expect(await code('quote', { body: { destination, lines: [unknown] } })).toBe('unknown-sku');
    expect(await code('snapshotPrices', { body: { skus: [sku, 'NO-SUCH-SKU'] } })).toBe('unknown-sku');
    expect(
      await code(
        'adjustStock',
        { params: { sku: 'NO-SUCH-SKU' }, body: { delta: 1, reason: 'x' } },
        admin.credentials,
      ),
    ).toBe('unknown-sku');
  });

  test('an unknown country', async () => {
    const nowhere = { ...destination, country: 'ZZ' };
    expect(await code('quote', { body: { destination: nowhere, lines: [{ sku, quantity: 1 }] } })).toBe(
      'unknown-country',
    );
    expect(await code('listPlaces', { params: { country: 'ZZ' } })).toBe('unknown-country');
    expect(
      await code('quote', {
        body: { destination: { ...destination, country: 'de' }, lines: [{ sku, quantity: 1 }] },
      }),
    ).toBe('validation-failed');
  });

  test('a review of what was not bought', async () => {
    const body = { rating: 1, author: 'Cleo' };
    expect(await code('putMyReview', { params: { productId: scene.product.id }, body })).toBe(
      'not-verified-buyer',
    );
    for (const rating of [0, 6, 4.5, -5, '5'])
      expect(
        await code('putMyReview', { params: { productId: scene.product.id }, body: { ...body, rating } }),
      ).toBe('validation-failed');
    expect(await code('putMyReview', { params: { productId: 'no-such-product' }, body })).toBe(
      'not-verified-buyer',
    );
  });
});

describe('an order that is not what was offered', () => {
  let shopper: Shopper;
  let body: ReturnType<Shopper['orderBody']>;
  let before = '';
  beforeAll(async () => {
    shopper = createShopper(shopUrl);
    await shopper.signIn(person.email, person.password);
    const cart = await shopper.add(sku, 2);
    body = shopper.orderBody(cart, await shopper.quote(cart));
    before = await stock();
  });
  const placed = (change: object) => code('placeOrder', { body: { ...body, ...change } });

  test.each([1, 0, -1, 0.5, 1e18])('a total of %p', async (amountMinor) => {
    const expected =
      Number.isSafeInteger(amountMinor) && amountMinor >= 0 ? 'price-changed' : 'validation-failed';
    expect(await placed({ expectedTotal: { amountMinor, currency: 'EUR' } })).toBe(expected);
  });

  test('the right number of another currency, or one cent less', async () => {
    const { amountMinor } = body.expectedTotal;
    expect(await placed({ expectedTotal: { amountMinor, currency: 'JPY' } })).toBe('price-changed');
    expect(await placed({ expectedTotal: { amountMinor: amountMinor - 1, currency: 'EUR' } })).toBe(
      'price-changed',
    );
  });

  test('the delivery offer of other goods, fewer goods or another address', async () => {
    const [other = ''] = others;
    const offer = async (lines: object[], to = destination) => {
      const seen = await ask('quote', { body: { destination: to, lines } });
      const id = /"quoteId":"([^"]+)"/.exec(seen.text)?.[1];
      return { shippingQuoteId: id };
    };
    expect(await placed(await offer([{ sku: other, quantity: 2 }]))).toBe('quote-mismatch');
    expect(await placed(await offer([{ sku, quantity: 1 }]))).toBe('quote-mismatch');
    expect(
      await placed(
        await offer([
          { sku, quantity: 2 },
          { sku: other, quantity: 1 },
        ]),
      ),
    ).toBe('quote-mismatch');
    expect(
      await placed(await offer([{ sku, quantity: 2 }], { country: 'AT', postcode: '1010', city: 'Wien' })),
    ).toBe('quote-mismatch');
    expect(await placed({ address: { ...address, country: 'AT' } })).toBe('quote-mismatch');
    expect(await placed({ address: { ...address, postcode: '80331', city: 'München' } })).toBe(
      'quote-mismatch',
    );
  });

  test('a cart of another version, a way to pay that does not exist, a card number as token', async () => {
    expect(await placed({ cartVersion: body.cartVersion + 1 })).toBe('cart-changed');
    expect(await placed({ paymentMethod: 'gift' })).toBe('payment-method-unavailable');
    expect(await placed({ paymentToken: undefined })).toBe('validation-failed');
    expect(await placed({ paymentToken: '4111 1111 1111 1111' })).toBe('validation-failed');
    for (const more of ['lines', 'total', 'discount', 'shipping', 'userId', 'status', 'coupon'])
      expect([more, await placed({ [more]: 0 })]).toEqual([more, 'validation-failed']);
  });

  test("somebody else's cart with my token, and nobody's", async () => {
    const other = await newPerson('Nina Nocart', admin);
    expect(await code('placeOrder', { body }, other.credentials)).toBe('cart-empty');
    expect(await code('placeOrder', { body: { ...body, email: 'guest@example.test' } }, {})).toBe(
      'cart-empty',
    );
  });

  test('none of them took anything', async () => {
    expect(await stock()).toBe(before);
    expect((await ask('listMyOrders', {}, person.credentials)).body).toEqual({ items: [], next: null });
    expect((await shopper.cart()).lines).toMatchObject([{ sku, quantity: 2 }]);
  });

  test('and the one that was offered is taken', async () => {
    expect(await placed({})).toBe(201);
    expect(await placed({})).toBe('cart-already-ordered');
  });
});
