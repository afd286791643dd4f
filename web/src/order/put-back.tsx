import type { Order } from '@shopstack/contracts/order';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addToCart } from '../api/cart.ts';
import { randomKey } from '../api/idempotency.ts';
import { isProblem } from '../api/problem.ts';
import { notify } from '../app/toasts.ts';
import { useFailure } from '../app/use-failure.ts';
import { openCartDrawer } from '../cart/drawer-state.ts';
import { cartKey } from '../cart/use-cart.ts';
import { Button } from '../ui/button.tsx';
import { addAll } from './lines-back.ts';

/** Puts each line back; what cannot be bought any more is left out and said. */
export function PutBack({ order }: { order: Order }) {
  const { t } = useTranslation('order');
  const client = useQueryClient();
  const explain = useFailure();
  // A line keeps its key, so pressing again after a lost answer adds nothing twice.
  const [keys] = useState(() => new Map(order.lines.map(({ sku }) => [sku, randomKey()])));
  const putBack = useMutation({
    mutationFn: () =>
      addAll(order.lines, async ({ sku, quantity }) => {
        try {
          client.setQueryData(cartKey, await addToCart({ sku, quantity }, keys.get(sku) ?? randomKey()));
          return true;
        } catch (error) {
          if (isProblem(error, 'out-of-stock', 'unknown-sku', 'not-found')) return false;
          throw error;
        }
      }),
    onSuccess: (outcome) => {
      notify(t(`again.${outcome}`), outcome === 'none' ? 'bad' : 'good');
      if (outcome !== 'none') openCartDrawer();
    },
    onError: (error) => notify(explain(error), 'bad'),
  });
  return (
    <Button className="w-fit" busy={putBack.isPending} onClick={() => putBack.mutate()}>
      {t('again.button')}
    </Button>
  );
}
