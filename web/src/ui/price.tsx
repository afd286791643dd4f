import type { Money } from '@shopstack/contracts/primitives';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../i18n/format.ts';

export function useMoney() {
  const { i18n } = useTranslation();
  return (money: Money) => formatMoney(money, i18n.language);
}

interface Props {
  price: Money;
  before?: Money | undefined;
  large?: boolean;
}

export function Price({ price, before, large = false }: Props) {
  const { t } = useTranslation('shop');
  const money = useMoney();
  const reduced = before !== undefined && before.amountMinor > price.amountMinor;
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2.5 tabular-nums">
      <span className={`font-semibold ${reduced ? 'text-accent' : ''} ${large ? 'text-3xl' : ''}`}>
        {money(price)}
      </span>
      {reduced && (
        <s className={`text-muted ${large ? 'text-lg' : 'text-sm'}`}>
          <span className="sr-only">{t('price.was', { price: '' })}</span>
          {money(before)}
        </s>
      )}
    </span>
  );
}
