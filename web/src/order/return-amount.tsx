import { useTranslation } from 'react-i18next';
import { useMoney } from '../ui/price.tsx';
import type { AmountBack } from './returning.ts';

/** What comes back for what is chosen, said again when it changes. */
export function ReturnAmount({ back }: { back: AmountBack }) {
  const { t } = useTranslation('order');
  const money = useMoney();
  return (
    <div className="grid gap-1">
      <dl className="grid gap-1 tabular-nums" aria-live="polite">
        {back.shipping && (
          <>
            <Row name={t('back.goods')} value={money(back.goods)} />
            <Row name={t('back.shipping')} value={money(back.shipping)} />
          </>
        )}
        <div className="flex justify-between gap-4 text-lg font-semibold">
          <dt>{t('back.amount')}</dt>
          <dd>{money(back.amount)}</dd>
        </div>
      </dl>
      {back.shipping && <p className="text-sm text-muted">{t('back.withShipping')}</p>}
    </div>
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
