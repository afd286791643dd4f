import type { Order, OrderRefund } from '@shopstack/contracts/order';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../i18n/format.ts';
import { ParcelBackIcon } from '../ui/more-icons.tsx';
import { useMoney } from '../ui/price.tsx';
import { wordsFor } from './phone-words.ts';

const tones: Readonly<Record<OrderRefund['state'], string>> = {
  requested: 'bg-brand-soft text-brand',
  refunded: 'bg-good-soft text-good',
  failed: 'bg-warn-soft text-warn',
};

/** What goes back: which goods, how much money, and how far it is. */
export function RefundList({ order }: { order: Order }) {
  const { t } = useTranslation('order');
  if (order.refunds.length === 0) return null;
  return (
    <section aria-labelledby="refunds" className="card p-5 md:p-7">
      <h2 id="refunds" className="flex items-center gap-3 text-2xl font-semibold">
        <ParcelBackIcon className="size-7 shrink-0 text-brand" />
        {t('refunds.title')}
      </h2>
      <ul className="mt-4 grid" aria-live="polite">
        {order.refunds.toReversed().map((refund) => (
          <Refund key={refund.id} refund={refund} order={order} />
        ))}
      </ul>
    </section>
  );
}

function Refund({ refund, order }: { refund: OrderRefund; order: Order }) {
  const { t, i18n } = useTranslation('order');
  const money = useMoney();
  const { kind, state, lines, amount, reason, at } = refund;
  const nameOf = (sku: string) => order.lines.find((line) => line.sku === sku)?.name ?? sku;
  return (
    <li className="grid gap-2 border-t border-line py-4 last:pb-0">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span className={`rounded-full px-3 py-1 text-sm font-semibold ${tones[state]}`}>
          {t(`refunds.state.${state}`)}
        </span>
        <time dateTime={at} className="text-sm text-muted tabular-nums">
          {formatDateTime(at, i18n.language)}
        </time>
      </div>
      <div className="flex items-baseline justify-between gap-4">
        <h3 className="font-sans font-semibold tracking-normal">{t(`refunds.${kind}`)}</h3>
        <span className="font-semibold tabular-nums">{money(amount)}</span>
      </div>
      {lines.length > 0 && (
        <ul className="grid">
          {lines.map(({ sku, quantity }) => (
            <li key={sku}>{t('refunds.line', { count: quantity, name: nameOf(sku) })}</li>
          ))}
        </ul>
      )}
      {reason && <p className="text-muted">“{reason}”</p>}
      <p className="text-sm text-muted">{t(`refunds.explain.${state}`, wordsFor(order))}</p>
    </li>
  );
}
