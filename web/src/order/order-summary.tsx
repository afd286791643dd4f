import type { Order } from '@shopstack/contracts/order';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../app/use-session.ts';
import { countryName } from '../i18n/format.ts';
import { useMoney } from '../ui/price.tsx';
import { refundedOf } from './returning.ts';
import { mayBeReviewed } from './timeline.ts';

export function OrderSummary({ order }: { order: Order }) {
  const { t, i18n } = useTranslation('order');
  const money = useMoney();
  const { address } = order;
  const back = refundedOf(order);
  const method = order.delivery.method as 'standard' | 'express' | 'pick-up';
  return (
    <aside className="card grid gap-6 p-5 md:p-7">
      <section aria-labelledby="lines" className="grid gap-4">
        <h2 id="lines" className="text-xl font-semibold">
          {t('lines')}
        </h2>
        <Lines order={order} />
        <dl className="grid gap-2 border-t border-line pt-4 tabular-nums">
          <Row name={t('subtotal')} value={money(order.subtotal)} />
          {order.discount.amountMinor > 0 && <Row name={t('discount')} value={`−${money(order.discount)}`} />}
          <Row name={t('shipping')} value={order.shipping.amountMinor ? money(order.shipping) : t('free')} />
          <div className="flex justify-between gap-4 border-t border-line pt-2 text-lg font-semibold">
            <dt>{t('total')}</dt>
            <dd>{money(order.total)}</dd>
          </div>
          {back && (
            <>
              <Row name={t('refunds.sum')} value={`−${money(back.refunded)}`} />
              <Row name={t('refunds.left')} value={money(back.left)} />
            </>
          )}
        </dl>
        <p className="-mt-2 text-sm text-muted">{t('tax', { tax: money(order.tax) })}</p>
      </section>
      <section aria-labelledby="goes-to" className="grid gap-2 border-t border-line pt-5">
        <h2 id="goes-to" className="text-xl font-semibold">
          {t('address')}
        </h2>
        <address className="leading-relaxed text-muted not-italic">
          {[address.name, address.line1, address.line2, `${address.postcode} ${address.city}`, address.region]
            .filter(Boolean)
            .map((line) => (
              <span key={line} className="block">
                {line}
              </span>
            ))}
          {countryName(address.country, i18n.language)}
        </address>
        <p className="text-muted">
          {t('delivery')}: {t(`method.${method}`, { defaultValue: method })}
        </p>
      </section>
    </aside>
  );
}

function Lines({ order }: { order: Order }) {
  const { t } = useTranslation('order');
  const money = useMoney();
  const session = useSession();
  const reviewable = mayBeReviewed(order) && session.status === 'signed-in';
  return (
    <ul className="grid gap-4">
      {order.lines.map((line) => (
        <li key={line.sku} className="grid grid-cols-[3.5rem_1fr_auto] items-start gap-3">
          <span className="overflow-hidden rounded-xl border border-line bg-sunken">
            {line.image && <img src={line.image} alt="" width="56" height="56" className="aspect-square" />}
          </span>
          <span className="grid gap-1 leading-snug">
            <span>
              <span className="text-muted tabular-nums">{t('quantity', { count: line.quantity })}</span>{' '}
              <Link
                to={`/products/${line.productId}?variant=${encodeURIComponent(line.sku)}`}
                className="underline-offset-4 hover:underline"
              >
                {line.name}
              </Link>
            </span>
            {reviewable && (
              <Link to={`/products/${line.productId}#write-review`} className="link text-sm">
                {t('review', { name: line.name })}
              </Link>
            )}
          </span>
          <span className="tabular-nums">{money(line.lineTotal)}</span>
        </li>
      ))}
    </ul>
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
