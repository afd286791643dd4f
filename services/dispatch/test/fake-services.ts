import type { CartContents } from '@shopstack/contracts/cart';
import type { PriceSnapshot } from '@shopstack/contracts/catalogue';
import type { Quote } from '@shopstack/contracts/shipping';
import { uuidv7 } from '@shopstack/kit/uuid';
import { type FakeAnswer, type FakeRequest, startFakeServer } from '@shopstack/testkit/fake-server';

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const at = '2026-11-22T09:30:00.000Z';
export const destination = { country: 'DE', postcode: '10115', city: 'Berlin' };
export const address = { name: 'Ada Lovelace', line1: 'Invalidenstr. 1', ...destination };
/** Two cups of 9.99 and delivery for 4.90. */
export const expectedTotal = eur(2 * 999 + 490);

export const cartLine = (sku: string, quantity = 2): CartContents['lines'][number] => ({ sku, quantity });
const snapshotOf = (sku: string, available: number): PriceSnapshot => ({
  sku,
  productId: 'cup',
  name: `Cup ${sku}`,
  options: {},
  price: eur(999),
  taxClass: 'standard',
  taxRateBp: 1900,
  weightGrams: 300,
  available,
  state: 'in-stock',
  discontinued: sku === 'OLD',
});

const methods = [
  { id: 'card', kind: 'card', name: 'Card', provider: 'simulator' },
  { id: 'mpesa', kind: 'mobile-money', name: 'M-Pesa', provider: 'simulator' },
];

/** Cart, catalogue, shipping, payment and user over real HTTP, answering as their contracts say. */
export async function startFakeServices() {
  const carts = new Map<string, CartContents>();
  const quotes = new Map<string, Quote>();
  const emails = new Map<string, string>();
  const stocks = new Map([['EMPTY', 0]]);
  const down = new Set<string>();
  const notFound: FakeAnswer = { status: 404, body: { type: 'urn:shopstack:problem:not-found' } };
  const guarded = (name: string, answer: (request: FakeRequest) => FakeAnswer) =>
    startFakeServer((request) => (down.has(name) ? { status: 503, body: {} } : answer(request)));
  const shown = ({ headers }: FakeRequest) => headers.authorization ?? headers.cookie ?? '';

  const cart = await guarded('cart', (request) => ({ body: carts.get(shown(request)) ?? emptyCart() }));
  const catalogue = await guarded('catalogue', ({ body }) => {
    const { skus } = body as { skus: string[] };
    const items = skus.map((sku) => snapshotOf(sku, stocks.get(sku) ?? 1000));
    return { body: { currency: 'EUR', shippingTaxRateBp: 1900, items } };
  });
  const shipping = await guarded('shipping', ({ path }) => {
    const quote = quotes.get(path.replace('/quotes/', ''));
    return quote ? { body: quote } : notFound;
  });
  const payment = await guarded('payment', () => ({ body: { items: methods } }));
  const user = await guarded('user', (request) => {
    const email = emails.get(shown(request));
    if (email === undefined) return { status: 401, body: { type: 'urn:shopstack:problem:unauthenticated' } };
    const rest = { name: 'Ada', roles: ['customer'], emailVerified: true, disabled: false, version: 1 };
    return { body: { id: uuidv7(), email, ...rest, createdAt: at } };
  });
  return {
    cart,
    catalogue,
    shipping,
    payment,
    user,
    carts,
    quotes,
    emails,
    /** What is left of a SKU; there is plenty of those that are not named. */
    stocks,
    down,
    /** A cart for these credentials and an offer for it. */
    fill: (credentials: string, lines = [cartLine('CUP-1')]) => {
      const filled: CartContents = { ...emptyCart(), version: 3, lines };
      const quote = quoteFor(lines);
      carts.set(credentials, filled);
      quotes.set(quote.quoteId, quote);
      return { cart: filled, quote };
    },
    close: () => Promise.all([cart, catalogue, shipping, payment, user].map((it) => it.close())),
  };
}

const emptyCart = (): CartContents => ({ id: uuidv7(), version: 1, lines: [] });

export const quoteFor = (lines: readonly { sku: string; quantity: number }[]): Quote => ({
  quoteId: uuidv7(),
  method: 'standard',
  price: eur(490),
  days: { min: 1, max: 2 },
  expiresAt: '2030-01-01T00:00:00.000Z',
  distanceKm: 12.5,
  weightGrams: 600,
  destination,
  lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
  expired: false,
});
