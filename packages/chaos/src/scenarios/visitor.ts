import { createShopper, type ShopAnswer } from '@shopstack/acceptance/shopper';
import { Cart } from '@shopstack/contracts/cart';
import { PlacedOrder } from '@shopstack/contracts/dispatch';
import { QuoteOption } from '@shopstack/contracts/shipping';
import { z } from 'zod';

const Quotes = z.object({ items: z.array(QuoteOption).min(1) });

export interface Visit {
  shopUrl: string;
  sku: string;
  /** Resolves when the next request may be sent. */
  turn: () => Promise<void>;
  /** Sees every request. */
  send: typeof fetch;
  /** An order was accepted. */
  placed: (orderId: string) => void;
}

/** A guest who looks around, buys and follows the order: each service is asked. Tries nothing twice. */
export async function visit({ shopUrl, sku, turn, send, placed }: Visit): Promise<void> {
  const shopper = createShopper(shopUrl, send);
  const ask = async (method: string, path: string, body?: object): Promise<ShopAnswer> => {
    await turn();
    return shopper.ask(method, path, body === undefined ? {} : { body });
  };
  await ask('GET', '/catalogue/products?limit=12');
  await ask('GET', `/catalogue/products/${sku}`);
  await ask('GET', '/user/.well-known/jwks.json');
  const { body: added } = await ask('POST', '/cart/items', { sku, quantity: 1 });
  await ask('GET', '/cart');
  const cart = Cart.parse(added);
  const { body: quoted } = await ask('POST', '/shipping/quotes', {
    destination: { country: 'DE', postcode: '20095', city: 'Hamburg' },
    lines: [{ sku, quantity: 1 }],
  });
  const [quote] = Quotes.parse(quoted).items;
  if (!quote) return;
  await ask('GET', '/payment/payment-methods?country=DE&currency=EUR');
  await turn();
  const order = PlacedOrder.parse((await shopper.place(shopper.orderBody(cart, quote))).body);
  placed(order.id);
  for (let look = 0; look < 3; look++) await ask('GET', `/dispatch/orders/${order.id}`);
  await ask('GET', `/payment/payments?orderId=${order.id}`);
  await ask('GET', `/shipping/shipments?orderId=${order.id}`);
}
