import { setTimeout as sleep } from 'node:timers/promises';
import { Cart } from '@shopstack/contracts/cart';
import type { CartKeeping } from './cart-keeper.ts';

const LOOKS = 40;
const EVERY_MS = 300;

/**
 * Wants the same goods again once the ordered ones have left the cart, and looks whether they stay. Written down for the
 * judge of I10, as a cart of its own.
 */
export async function addAgain({ person, sku, history, signal }: CartKeeping): Promise<void> {
  const { shopper, name } = person;
  const cart = `${name} again`;
  const quantityNow = async () => {
    await sleep(EVERY_MS, undefined, { signal });
    const answer = await shopper.ask('GET', '/cart').catch(() => undefined);
    const lines = Cart.safeParse(answer?.body).data?.lines;
    return lines && (lines.find((it) => it.sku === sku)?.quantity ?? 0);
  };
  let isAdded = false;
  for (let look = 0; look < LOOKS && !signal.aborted; look++) {
    const quantity = await quantityNow().catch(() => undefined);
    if (quantity === undefined) continue;
    if (isAdded) history.add({ type: 'cart-read', at: Date.now(), cart, quantity });
    else if (quantity === 0) {
      const headers = { 'idempotency-key': cart };
      const added = await shopper.ask('POST', '/cart/items', { body: { sku, quantity: 1 }, headers });
      if (added.status !== 200) return;
      history.add({ type: 'cart-known', at: Date.now(), cart, quantity: 1 });
      isAdded = true;
    }
  }
}
