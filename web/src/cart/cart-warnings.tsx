import type { Cart } from '@shopstack/contracts/cart';
import { useTranslation } from 'react-i18next';
import { Notice } from '../ui/notice.tsx';

export function CartWarnings({ cart }: { cart: Cart }) {
  const { t } = useTranslation('shop');
  if (cart.warnings.length === 0) return null;
  return (
    <ul className="grid gap-2">
      {cart.warnings.map(({ code, sku, detail }) => {
        const line = cart.lines.find((one) => one.sku === sku);
        const name = line?.name ?? sku ?? '';
        return (
          <li key={`${code} ${sku}`}>
            <Notice tone="warn">
              {t(`cart.warning.${code}`, { name, count: line?.stock.available ?? 0, defaultValue: detail })}
            </Notice>
          </li>
        );
      })}
    </ul>
  );
}
