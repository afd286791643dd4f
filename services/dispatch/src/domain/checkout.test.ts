import { describe, expect, test } from '@jest/globals';
import type { CartContents } from '@shopstack/contracts/cart';
import type { PriceSnapshot } from '@shopstack/contracts/catalogue';
import type { Quote } from '@shopstack/contracts/shipping';
import { isProblem, type Problem } from '@shopstack/kit/problem';
import { checkCart, checkPayment, checkQuote, type PaymentMethod, priceCart } from './checkout.ts';

const address = { name: 'Ada', line1: 'Street 1', city: 'Berlin', postcode: '10115', country: 'DE' };
const quote: Quote = {
  quoteId: '019aa000-0000-7000-8000-000000000002',
  method: 'standard',
  price: { amountMinor: 490, currency: 'EUR' },
  days: { min: 1, max: 2 },
  expiresAt: '2030-01-01T00:00:00.000Z',
  distanceKm: 1,
  weightGrams: 1,
  destination: { country: 'DE', postcode: '10115', city: 'Berlin' },
  lines: [
    { sku: 'A', quantity: 2 },
    { sku: 'B', quantity: 1 },
  ],
  expired: false,
};
const refusal = (work: () => unknown): Problem | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    if (isProblem(error)) return error;
    throw error;
  }
};
const wanted = [
  { sku: 'B', quantity: 1 },
  { sku: 'A', quantity: 1 },
  { sku: 'A', quantity: 1 },
];

test.each([
  [[], 2, 'cart-empty'],
  [wanted, 2, 'cart-changed'],
  [wanted, 3, undefined],
] as const)('a cart with %j that was shown as version %i: %s', (lines, shown, code) => {
  const cart: CartContents = { id: 'c', version: 3, lines: [...lines] };
  expect(refusal(() => checkCart(cart, shown))?.code).toBe(code);
});

describe('an offer', () => {
  test('fits the same goods in another order and split over lines', () => {
    expect(refusal(() => checkQuote(quote, wanted, address))).toBeUndefined();
  });
  test.each([
    [{ city: 'BERLIN ' }, undefined],
    [{ postcode: '10 115' }, undefined],
    [{ postcode: '10116' }, 'quote-mismatch'],
    [{ city: 'Bonn' }, 'quote-mismatch'],
    [{ country: 'AT' }, 'quote-mismatch'],
  ])('for an address with %j: %s', (change, code) => {
    expect(refusal(() => checkQuote(quote, wanted, { ...address, ...change }))?.code).toBe(code);
  });
  test('for fewer, more or other goods does not fit', () => {
    for (const lines of [
      wanted.slice(1),
      [...wanted, { sku: 'A', quantity: 1 }],
      [{ sku: 'C', quantity: 3 }],
    ])
      expect(refusal(() => checkQuote(quote, lines, address))?.code).toBe('quote-mismatch');
  });
  test('expires', () => {
    expect(refusal(() => checkQuote({ ...quote, expired: true }, wanted, address))?.code).toBe(
      'quote-expired',
    );
  });
});

test('goods without a price, discontinued or sold out are named', () => {
  const snapshot = (sku: string, more: Partial<PriceSnapshot> = {}): PriceSnapshot => ({
    sku,
    productId: 'p',
    name: sku,
    options: {},
    price: { amountMinor: 100, currency: 'EUR' },
    taxClass: 'standard',
    taxRateBp: 1900,
    weightGrams: 1,
    available: 1,
    state: 'in-stock',
    discontinued: false,
    ...more,
  });
  const lines = [
    { sku: 'A', quantity: 1 },
    { sku: 'B', quantity: 2 },
  ];
  const codeAndSkus = (snapshots: PriceSnapshot[]) => {
    const it = refusal(() => priceCart(lines, snapshots));
    return [it?.code, it?.extra.members?.skus];
  };
  expect(codeAndSkus([snapshot('A')])).toEqual(['cart-not-orderable', ['B']]);
  expect(codeAndSkus([snapshot('A', { discontinued: true }), snapshot('B', { available: 2 })])).toEqual([
    'cart-not-orderable',
    ['A'],
  ]);
  expect(codeAndSkus([snapshot('A'), snapshot('B')])).toEqual(['out-of-stock', ['B']]);
  expect(codeAndSkus([snapshot('A'), snapshot('B', { available: 2 })])).toEqual([undefined, undefined]);
});

describe('payment', () => {
  const methods: PaymentMethod[] = [
    { id: 'card', kind: 'card', name: 'Card', provider: 'p' },
    { id: 'mpesa', kind: 'mobile-money', name: 'M-Pesa', provider: 'p' },
  ];
  const check = (paymentMethod: string, paymentToken?: string) =>
    checkPayment(methods, { paymentMethod, paymentToken });

  test('only what is offered can be paid with', () => {
    expect(check('card', 'sim_ok')).toEqual({ kind: 'card', token: 'sim_ok' });
    expect(check('mpesa', '254712345678')).toEqual({ kind: 'mobile-money', token: '254712345678' });
    expect(refusal(() => check('cash', 'x'))?.code).toBe('payment-method-unavailable');
  });
  test.each([
    ['card', undefined],
    ['mpesa', undefined],
    ['mpesa', '0712345678'],
    ['mpesa', 'sim_ok'],
  ])('%s needs more than %s', (method, token) => {
    expect(refusal(() => check(method, token))?.extra.errors?.[0]?.pointer).toBe('/paymentToken');
  });
});
