import { isProblem } from '../api/problem.ts';

/** What the page does by itself after the order was refused, so that pressing the button again can work. */
export interface Reaction {
  reload: readonly ('cart' | 'quotes' | 'payment-methods')[];
  /** Nobody knows whether the order was placed; sending the same again is safe and finds out. */
  outcomeUnknown: boolean;
  /** The order that this cart has become already. */
  orderId?: string;
}

const reloads: Readonly<Record<string, Reaction['reload']>> = {
  'price-changed': ['cart'],
  'cart-changed': ['cart', 'quotes'],
  'cart-empty': ['cart'],
  'cart-not-orderable': ['cart'],
  'out-of-stock': ['cart'],
  'cart-already-ordered': ['cart'],
  'quote-expired': ['quotes'],
  'quote-mismatch': ['cart', 'quotes'],
  'payment-method-unavailable': ['payment-methods'],
};

export function reactionTo(error: unknown): Reaction {
  if (!isProblem(error)) return { reload: [], outcomeUnknown: false };
  const orderId = error.location?.match(/\/orders\/([0-9a-f-]{36})$/)?.[1];
  return {
    reload: reloads[error.code] ?? [],
    outcomeUnknown:
      error.code === 'offline' || error.status >= 500 || error.code === 'idempotency-key-running',
    ...(error.code === 'cart-already-ordered' && orderId ? { orderId } : {}),
  };
}
