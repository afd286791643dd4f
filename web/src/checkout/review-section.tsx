import type { Cart } from '@shopstack/contracts/cart';
import type { Money } from '@shopstack/contracts/primitives';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isOrderable } from '../cart/cart-change.ts';
import { CartWarnings } from '../cart/cart-warnings.tsx';
import { openCartDrawer } from '../cart/drawer-state.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useMoney } from '../ui/price.tsx';
import { OrderFailure } from './failure-notice.tsx';
import type { Delivery } from './use-delivery.ts';

export type Missing = 'chooseDelivery' | 'choosePayment' | 'giveNumber';

interface Props {
  cart: Cart;
  delivery: Delivery;
  total: Money | undefined;
  /** What is not chosen yet, once somebody wanted to order. */
  missing: Missing | undefined;
  busy: boolean;
  error: unknown;
}

export function ReviewSection({ cart, delivery, total, missing, busy, error }: Props) {
  const { t } = useTranslation('checkout');
  const money = useMoney();
  const shipping = delivery.chosen?.price;
  return (
    <section aria-labelledby="review" className="card grid gap-5 p-5 md:p-7 lg:sticky lg:top-24">
      <div className="flex items-baseline justify-between gap-4">
        <h2 id="review" className="text-2xl font-semibold">
          {t('review.title')}
        </h2>
        <button type="button" className="link min-h-8 text-sm" onClick={openCartDrawer}>
          {t('review.changeCart')}
        </button>
      </div>
      <ul className="grid gap-3">
        {cart.lines.map((line) => (
          <li key={line.sku} className="grid grid-cols-[3.5rem_1fr_auto] items-center gap-3">
            <span className="overflow-hidden rounded-xl border border-line bg-sunken">
              {line.image && <img src={line.image} alt="" width="56" height="56" className="aspect-square" />}
            </span>
            <span className="min-w-0 leading-snug">
              <span className="text-muted tabular-nums">
                {t('review.quantity', { count: line.quantity })}
              </span>{' '}
              {line.name}
              <span className="block text-sm text-muted">{Object.values(line.options).join(', ')}</span>
            </span>
            <span className="tabular-nums">{money(line.lineTotal)}</span>
          </li>
        ))}
      </ul>
      <CartWarnings cart={cart} />
      <dl className="grid gap-2 border-t border-line pt-4 tabular-nums">
        <Row name={t('review.subtotal')} value={money(cart.subtotal)} />
        {cart.discount.amountMinor > 0 && (
          <Row name={t('review.discount')} value={`−${money(cart.discount)}`} />
        )}
        <Row
          name={t('review.delivery')}
          value={
            shipping
              ? shipping.amountMinor
                ? money(shipping)
                : t('delivery.free')
              : t('review.deliveryOpen')
          }
        />
        <div className="flex justify-between gap-4 border-t border-line pt-3 text-xl font-semibold">
          <dt>{t('review.total')}</dt>
          <dd aria-live="polite">{money(total ?? cart.total)}</dd>
        </div>
      </dl>
      <p className="-mt-3 text-sm text-muted">{t('review.tax', { tax: money(cart.tax) })}</p>
      <OrderFailure error={error} />
      {missing && (
        <Notice tone="warn" urgent>
          {t(`review.${missing}`)}
        </Notice>
      )}
      <Button type="submit" className="w-full" disabled={!isOrderable(cart)} busy={busy}>
        {busy
          ? t('review.placing')
          : total
            ? t('review.place', { total: money(total) })
            : t('review.placeOpen')}
      </Button>
      <p className="text-sm text-muted">
        <span className="block">{t('review.accept')}</span>
        <Link className="link" to="/legal/terms">
          {t('review.terms')}
        </Link>
        {' · '}
        <Link className="link" to="/legal/privacy">
          {t('review.privacy')}
        </Link>
      </p>
    </section>
  );
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-muted">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
