import type { Cart } from '@shopstack/contracts/cart';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { addToCart, removeCartItem, setCartItem } from '../api/cart.ts';
import { randomKey } from '../api/idempotency.ts';
import { type CartChange, changeCart } from './cart-change.ts';
import { cartKey } from './use-cart.ts';

const key = ['cart-change'] as const;

function send({ change, requestKey }: { change: CartChange; requestKey: string }): Promise<Cart> {
  switch (change.kind) {
    case 'add':
      return addToCart({ sku: change.line.sku, quantity: change.line.quantity }, requestKey);
    case 'set':
      return setCartItem(change);
    case 'remove':
      return removeCartItem(change.sku);
  }
}

/** Shows the change at once, sends changes one after the other, and puts things right when one is refused. */
export function useCartChange() {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationKey: key,
    mutationFn: send,
    scope: { id: 'cart' },
    onMutate: async ({ change }) => {
      await client.cancelQueries({ queryKey: cartKey });
      const before = client.getQueryData<Cart>(cartKey);
      if (before) client.setQueryData(cartKey, changeCart(before, change));
    },
    onSuccess: (cart) => {
      // A later change is already shown: its own answer will be the newest truth.
      if (client.isMutating({ mutationKey: key }) === 1) client.setQueryData(cartKey, cart);
    },
    onError: () => client.invalidateQueries({ queryKey: cartKey }),
  });
  return {
    ...mutation,
    change: (change: CartChange) => mutation.mutateAsync({ change, requestKey: randomKey() }),
  };
}
