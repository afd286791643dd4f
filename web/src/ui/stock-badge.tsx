import type { Product } from '@shopstack/contracts/catalogue';
import { useTranslation } from 'react-i18next';

const tones = { 'in-stock': 'text-good', low: 'text-warn', out: 'text-muted' } as const;

export function StockBadge({ stock }: { stock: Product['stock'] }) {
  const { t } = useTranslation('shop');
  return (
    <span className={`inline-flex items-center gap-2 text-sm font-medium ${tones[stock.state]}`}>
      <span aria-hidden="true" className="size-2 rounded-full bg-current" />
      {t(`stock.${stock.state}`, { count: stock.available })}
    </span>
  );
}
