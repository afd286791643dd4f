import type { Cart } from '@shopstack/contracts/cart';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFailure } from '../app/use-failure.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { useMoney } from '../ui/price.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { type CartLine, isOrderable } from './cart-change.ts';
import { CartLineRow } from './cart-line-row.tsx';
import { CartWarnings } from './cart-warnings.tsx';
import { closeCartDrawer, useCartDrawer } from './drawer-state.ts';
import { useCart } from './use-cart.ts';
import { useCartChange } from './use-cart-change.ts';

export function CartDrawer() {
  const { t } = useTranslation('shop');
  const { open } = useCartDrawer();
  const cart = useCart();
  const hasLines = (cart.data?.lines.length ?? 0) > 0;
  return (
    <Dialog
      open={open}
      onClose={closeCartDrawer}
      title={t('cart.title')}
      place="right"
      footer={cart.data && hasLines ? <Totals cart={cart.data} /> : null}
    >
      {cart.data ? (
        <Content cart={cart.data} />
      ) : cart.isError ? (
        <LoadFailure title={t('cart.failed')} error={cart.error} onRetry={() => void cart.refetch()} />
      ) : (
        <Skeleton className="h-28" />
      )}
    </Dialog>
  );
}

function Content({ cart }: { cart: Cart }) {
  const { t } = useTranslation('shop');
  const navigate = useNavigate();
  const explain = useFailure();
  const { change, error, isError } = useCartChange();
  const [removed, setRemoved] = useState<CartLine>();
  const quietly = (work: Promise<unknown>) => void work.catch(() => undefined);
  const remove = (line: CartLine) => {
    setRemoved(line);
    quietly(change({ kind: 'remove', sku: line.sku }));
  };
  return (
    <div className="grid gap-4">
      <div role="status">
        {removed && (
          <div className="flex items-center justify-between gap-3 rounded-2xl bg-sunken py-1 ps-4 pe-2 text-sm">
            <span>{t('cart.removed', { name: removed.name })}</span>
            <Button
              look="plain"
              onClick={() => {
                setRemoved(undefined);
                quietly(change({ kind: 'add', line: removed }));
              }}
            >
              {t('cart.undo')}
            </Button>
          </div>
        )}
      </div>
      {isError && (
        <Notice tone="bad" urgent>
          {explain(error)}
        </Notice>
      )}
      <CartWarnings cart={cart} />
      {cart.lines.length === 0 ? (
        <EmptyState title={t('cart.empty')} text={t('cart.emptyText')}>
          <Button
            onClick={() => {
              closeCartDrawer();
              void navigate('/products');
            }}
          >
            {t('cart.browse')}
          </Button>
        </EmptyState>
      ) : (
        <ul className="grid gap-5">
          {cart.lines.map((line) => (
            <CartLineRow
              key={line.sku}
              line={line}
              onQuantity={(quantity) => quietly(change({ kind: 'set', sku: line.sku, quantity }))}
              onRemove={() => remove(line)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function Totals({ cart }: { cart: Cart }) {
  const { t } = useTranslation('shop');
  const money = useMoney();
  const navigate = useNavigate();
  const orderable = isOrderable(cart);
  const checkOut = () => {
    closeCartDrawer();
    void navigate('/checkout');
  };
  return (
    <div className="grid gap-3">
      <dl className="grid grid-cols-[1fr_auto] gap-y-1 tabular-nums">
        <dt className="text-lg font-semibold">{t('cart.subtotal')}</dt>
        <dd className="text-lg font-semibold">{money(cart.subtotal)}</dd>
        <dt className="text-sm text-muted">{t('cart.tax')}</dt>
        <dd className="text-end text-sm text-muted">{money(cart.tax)}</dd>
      </dl>
      <p className="text-sm text-muted">{orderable ? t('cart.deliveryLater') : t('cart.blocked')}</p>
      <Button onClick={checkOut} disabled={!orderable}>
        {t('cart.checkout')}
      </Button>
      <Button look="quiet" onClick={closeCartDrawer}>
        {t('cart.keep')}
      </Button>
    </div>
  );
}
