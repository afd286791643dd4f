import type { Order } from '@shopstack/contracts/order';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { http } from '../api/client.ts';
import { fetchOrder } from '../api/dispatch.ts';
import { followTokenInHash, followTokenOf, rememberFollowToken } from '../api/follow-tokens.ts';
import { type Connection, followOrder } from '../api/order-stream.ts';
import { cartKey } from '../cart/use-cart.ts';
import { awaitsRefund } from './returning.ts';
import { isFinal, newer } from './timeline.ts';

const ASK_MS = 4000;

function knownToken(orderId: string): string | undefined {
  const inLink = followTokenInHash(location.hash);
  if (inLink) {
    rememberFollowToken(localStorage, orderId, inLink);
    history.replaceState(history.state, '', location.pathname);
  }
  return inLink ?? followTokenOf(localStorage, orderId);
}

/** An order as it changes: events while the stream holds, and asking every few seconds while it does not. */
export function useOrder(id: string) {
  const client = useQueryClient();
  const [followToken] = useState(() => knownToken(id));
  const [connection, setConnection] = useState<Connection>('connecting');
  const order = useQuery({
    queryKey: ['order', id],
    queryFn: async ({ signal }) =>
      newer(client.getQueryData<Order>(['order', id]), await fetchOrder(id, followToken, signal)),
    refetchInterval: ({ state: { data } }) => {
      if (!data) return false;
      // The stream of an order ends with the order; money may go back later.
      return (isFinal(data) ? awaitsRefund(data) : connection === 'waiting') ? ASK_MS : false;
    },
  });
  const final = order.data ? isFinal(order.data) : false;
  const readable = order.data !== undefined;
  const status = order.data?.status;

  // What was ordered leaves the cart a moment after the order was placed.
  useEffect(() => {
    if (status) void client.invalidateQueries({ queryKey: cartKey });
  }, [client, status]);

  useEffect(() => {
    if (final || !readable) return;
    const stop = new AbortController();
    void followOrder({
      signal: stop.signal,
      isFinal,
      onConnection: setConnection,
      onGone: () => setConnection('ended'),
      onOrder: (arrived) => client.setQueryData<Order>(['order', id], (shown) => newer(shown, arrived)),
      open: (lastEventId, signal) =>
        http.respond('GET', `/dispatch/orders/${id}/events`, {
          auth: true,
          followToken,
          signal,
          headers: { accept: 'text/event-stream', ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
        }),
    });
    return () => stop.abort();
  }, [client, final, followToken, id, readable]);

  return { order, followToken, connection: final ? ('ended' as const) : connection };
}
