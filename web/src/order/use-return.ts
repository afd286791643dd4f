import type { Order } from '@shopstack/contracts/order';
import type { Money } from '@shopstack/contracts/primitives';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ReturnInput, returnGoods } from '../api/dispatch.ts';
import { createIntent } from '../api/idempotency.ts';
import { isProblem } from '../api/problem.ts';
import { newer } from './timeline.ts';

/** Registers a return once, however often the button is pressed. `amount` is what was promised for it. */
export function useReturn(order: Order, followToken: string | undefined) {
  const client = useQueryClient();
  const [intent] = useState(() => createIntent());
  const key = ['order', order.id];
  return useMutation({
    mutationFn: ({ amount: _, ...body }: ReturnInput & { amount: Money }) =>
      intent.run(body, (idempotencyKey) => returnGoods({ id: order.id, followToken, idempotencyKey }, body)),
    onSuccess: (answer) => client.setQueryData<Order>(key, (shown) => newer(shown, answer)),
    onError: (error) =>
      isProblem(error, 'not-returnable', 'unknown-sku')
        ? client.invalidateQueries({ queryKey: key })
        : undefined,
  });
}
