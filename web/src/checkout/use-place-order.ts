import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { type OrderInput, placeOrder } from '../api/dispatch.ts';
import { rememberFollowToken } from '../api/follow-tokens.ts';
import { createIntent } from '../api/idempotency.ts';
import { cartKey } from '../cart/use-cart.ts';
import { dropDraft } from './checkout-form.ts';
import { reactionTo } from './order-failure.ts';
import { mpesaNumber, rememberPayer } from './phone-number.ts';

const queryKeys = { cart: cartKey, quotes: ['quotes'], 'payment-methods': ['payment-methods'] } as const;

/** Places the order once, however often the button is pressed or the connection breaks. */
export function usePlaceOrder() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [intent] = useState(() => createIntent());
  return useMutation({
    mutationFn: (body: OrderInput) => intent.run(body, (key) => placeOrder(body, key)),
    onSuccess: ({ followToken, ...order }, { paymentToken = '' }) => {
      if (followToken) rememberFollowToken(localStorage, order.id, followToken);
      if (mpesaNumber(paymentToken)) rememberPayer(sessionStorage, order.id, paymentToken);
      dropDraft(sessionStorage);
      client.setQueryData(['order', order.id], order);
      void navigate(`/orders/${order.id}`, { replace: true });
      void client.invalidateQueries({ queryKey: cartKey });
    },
    onError: (error) =>
      Promise.all(
        reactionTo(error).reload.map((name) => client.invalidateQueries({ queryKey: [...queryKeys[name]] })),
      ),
  });
}
