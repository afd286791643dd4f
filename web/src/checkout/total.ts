import type { Cart } from '@shopstack/contracts/cart';
import type { Money } from '@shopstack/contracts/primitives';

/** What the order will cost: total = subtotal − discount + shipping. */
export const totalWith = (cart: Cart, shipping: Money): Money => ({
  amountMinor: cart.subtotal.amountMinor - cart.discount.amountMinor + shipping.amountMinor,
  currency: cart.subtotal.currency,
});
