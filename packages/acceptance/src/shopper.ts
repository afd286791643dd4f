import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cart } from '@shopstack/contracts/cart';
import { ProductCard } from '@shopstack/contracts/catalogue';
import { PlacedOrder } from '@shopstack/contracts/dispatch';
import { finalStatuses, Order, type OrderStatus } from '@shopstack/contracts/order';
import { QuoteOption } from '@shopstack/contracts/shipping';
import { User } from '@shopstack/contracts/user';
import { z } from 'zod';

export interface ShopAnswer {
  status: number;
  headers: Headers;
  body: unknown;
}
export interface AskOptions {
  body?: unknown;
  headers?: Record<string, string>;
}
export interface Account {
  email: string;
  password: string;
}
const address = {
  name: 'Ada Shopper',
  line1: 'Hafenstraße 1',
  city: 'Hamburg',
  postcode: '20095',
  country: 'DE',
};
const destination = { country: address.country, postcode: address.postcode, city: address.city };
const LOOKS_EVERY_MS = 50;
const Products = z.object({ items: z.array(ProductCard), total: z.int() });
const Quotes = z.object({ items: z.array(QuoteOption).min(1) });
const SignedIn = z.object({ accessToken: z.string(), expiresInSeconds: z.int(), user: User });

/**
 * A person at the gateway of a running shop: keeps cookies, the access token and the follow token. Speaks HTTP only.
 * `send` replaces fetch, for whoever wants to see every request.
 */
export function createShopper(shopUrl: string, send: typeof fetch = fetch) {
  const cookies = new Map<string, string>();
  let accessToken: string | undefined;
  let followToken: string | undefined;

  function identity(): Record<string, string> {
    const known: Record<string, string> = { 'content-type': 'application/json' };
    if (cookies.size > 0) known.cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (accessToken) known.authorization = `Bearer ${accessToken}`;
    else if (followToken) known['follow-token'] = followToken;
    return known;
  }
  /** One request below /api/v1; any status is an answer. */
  async function ask(method: string, path: string, options: AskOptions = {}): Promise<ShopAnswer> {
    const headers = { ...identity(), ...options.headers };
    const reply = await send(`${shopUrl}/api/v1${path}`, {
      method,
      headers,
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      signal: AbortSignal.timeout(20_000),
    });
    for (const cookie of reply.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? [];
      cookies.set(name, value);
    }
    const text = await reply.text();
    const isJson = /json/.test(reply.headers.get('content-type') ?? '');
    return {
      status: reply.status,
      headers: reply.headers,
      body: isJson && text !== '' ? JSON.parse(text) : text,
    };
  }
  /** @throws unless the answer has this status; the message carries the problem. */
  async function expect<S extends z.ZodType>(
    status: number,
    schema: S,
    asked: Promise<ShopAnswer>,
  ): Promise<z.output<S>> {
    const answer = await asked;
    if (answer.status !== status)
      throw new Error(`${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`);
    return schema.parse(answer.body);
  }

  const shopper = {
    ask,
    get followToken() {
      return followToken;
    },
    async signUp(): Promise<{ email: string; password: string; id: string }> {
      const email = `shopper-${randomUUID()}@example.test`;
      const password = `quiet harbour ${randomUUID().slice(0, 8)}`;
      const body = { email, password, name: 'Ada Shopper' };
      const user = await expect(201, User, ask('POST', '/user/users', { body }));
      await shopper.signIn(email, password);
      return { email, password, id: user.id };
    },
    async signIn(email: string, password: string): Promise<User> {
      const signedIn = await expect(
        201,
        SignedIn,
        ask('POST', '/user/sessions', { body: { email, password } }),
      );
      accessToken = signedIn.accessToken;
      return signedIn.user;
    },
    async find(query: string): Promise<z.infer<typeof Products>> {
      return expect(200, Products, ask('GET', `/catalogue/products?${query}`));
    },
    async cart(): Promise<Cart> {
      return expect(200, Cart, ask('GET', '/cart'));
    },
    async add(sku: string, quantity = 1): Promise<Cart> {
      return expect(200, Cart, ask('POST', '/cart/items', { body: { sku, quantity } }));
    },
    /** The first delivery offer for what is in the cart. */
    async quote(cart: Cart): Promise<QuoteOption> {
      const lines = cart.lines.map(({ sku, quantity }) => ({ sku, quantity }));
      const { items } = await expect(
        201,
        Quotes,
        ask('POST', '/shipping/quotes', { body: { destination, lines } }),
      );
      const first = items[0];
      if (!first) throw new Error('no delivery offer');
      return first;
    },
    /** What an order of this cart with this quote sends. */
    orderBody(cart: Cart, quote: QuoteOption, paymentToken = 'sim_ok') {
      const amountMinor = cart.total.amountMinor + quote.price.amountMinor;
      return {
        cartVersion: cart.version,
        shippingQuoteId: quote.quoteId,
        address,
        paymentMethod: 'card',
        paymentToken,
        expectedTotal: { amountMinor, currency: cart.total.currency },
        ...(accessToken ? {} : { email: `guest-${randomUUID()}@example.test` }),
      };
    },
    async place(body: object, key: string = randomUUID()): Promise<ShopAnswer> {
      const answer = await ask('POST', '/dispatch/orders', { body, headers: { 'idempotency-key': key } });
      const placed = PlacedOrder.safeParse(answer.body);
      if (answer.status === 201 && placed.success) followToken = placed.data.followToken ?? followToken;
      return answer;
    },
    /** Cart, quote and order in one go. */
    async buy(sku: string, options: { quantity?: number; paymentToken?: string } = {}): Promise<PlacedOrder> {
      const cart = await shopper.add(sku, options.quantity ?? 1);
      const body = shopper.orderBody(cart, await shopper.quote(cart), options.paymentToken);
      return expect(201, PlacedOrder, shopper.place(body));
    },
    async order(id: string): Promise<Order> {
      return expect(200, Order, ask('GET', `/dispatch/orders/${id}`));
    },
    /** Waits for one of these statuses; a final one that is not among them is an error. */
    async until(id: string, statuses: readonly OrderStatus[], timeoutMs = 20_000): Promise<Order> {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const order = await shopper.order(id).catch((error: unknown) => {
          if (Date.now() > deadline) throw error;
        });
        if (order && statuses.includes(order.status)) return order;
        if (order && finalStatuses.includes(order.status))
          throw new Error(`the order ended ${order.status}: ${JSON.stringify(order.reason)}`);
        if (Date.now() > deadline) throw new Error(`the order is ${order?.status} after ${timeoutMs} ms`);
        await sleep(LOOKS_EVERY_MS);
      }
    },
  };
  return shopper;
}
export type Shopper = ReturnType<typeof createShopper>;
