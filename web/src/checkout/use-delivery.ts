import type { Cart, Destination } from '@shopstack/contracts/cart';
import type { DeliveryMethod } from '@shopstack/contracts/shipping';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { setCartDestination } from '../api/cart.ts';
import { requestQuotes } from '../api/shipping.ts';
import { cartKey } from '../cart/use-cart.ts';

const FRESH_MS = 20 * 60_000;

/** Delivery options for what is in the cart; asking also tells the cart where it goes, which decides the tax. */
export function useDelivery(cart: Cart, destination: Destination | undefined) {
  const client = useQueryClient();
  const [method, setMethod] = useState<DeliveryMethod>('standard');
  const lines = cart.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  const quotes = useQuery({
    queryKey: ['quotes', destination, lines],
    queryFn: async ({ signal }) => {
      if (!destination) throw new Error('asked without a destination');
      client.setQueryData(cartKey, await setCartDestination(destination));
      return requestQuotes(destination, lines, signal);
    },
    enabled: destination !== undefined && lines.length > 0,
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
  });
  const options = quotes.data?.items ?? [];
  const chosen = options.find((option) => option.method === method) ?? options[0];
  return { quotes, options, chosen, setMethod };
}
export type Delivery = ReturnType<typeof useDelivery>;
