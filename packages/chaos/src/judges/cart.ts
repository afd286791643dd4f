import type { Judge } from './judge.ts';

interface Kept {
  known?: number;
  /** Written after what is known, and not acknowledged: they may have had their effect. */
  possible: Set<number>;
}

/** I10: what was acknowledged is in the cart; each cart has one writer, who waits for each answer. */
export function createCartJudge(): Judge {
  const carts = new Map<string, Kept>();
  let checked = 0;
  const cart = (name: string): Kept => {
    const kept = carts.get(name) ?? { possible: new Set() };
    carts.set(name, kept);
    return kept;
  };
  return {
    promise: 'I10',
    title: 'acknowledged cart writes survive',
    see: (event) => {
      switch (event.type) {
        case 'cart-write':
          cart(event.cart).possible.add(event.quantity);
          return [];
        case 'cart-known':
          carts.set(event.cart, { known: event.quantity, possible: new Set() });
          return [];
        case 'cart-loss-allowed':
          carts.clear();
          return [];
        case 'cart-read': {
          const { known, possible } = cart(event.cart);
          checked++;
          if (known === undefined || known === event.quantity || possible.has(event.quantity)) return [];
          const detail = `${known} were acknowledged, ${event.quantity} are there`;
          carts.delete(event.cart);
          return [{ promise: 'I10', id: event.cart, detail }];
        }
        default:
          return [];
      }
    },
    checked: () => checked,
  };
}
