import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMoney } from '../ui/price.tsx';
import { QuantityStepper } from '../ui/quantity-stepper.tsx';
import { type CartLine, MOST_OF_ONE } from './cart-change.ts';
import { closeCartDrawer } from './drawer-state.ts';

interface Props {
  line: CartLine;
  onQuantity: (quantity: number) => void;
  onRemove: () => void;
}

export function CartLineRow({ line, onQuantity, onRemove }: Props) {
  const { t } = useTranslation('shop');
  const money = useMoney();
  const options = Object.values(line.options).join(', ');
  return (
    <li className="grid grid-cols-[5rem_1fr] gap-4">
      <span className="size-20 overflow-hidden rounded-xl border border-line bg-sunken">
        {line.image && <img src={line.image} alt="" width="80" height="80" className="aspect-square" />}
      </span>
      <div className="grid gap-1">
        <div className="flex items-start justify-between gap-3">
          <Link
            to={`/products/${line.productId}?variant=${encodeURIComponent(line.sku)}`}
            className="leading-snug font-semibold underline-offset-4 hover:underline"
            onClick={closeCartDrawer}
          >
            {line.name}
          </Link>
          <span className="font-semibold tabular-nums">{money(line.lineTotal)}</span>
        </div>
        {options && <p className="text-sm text-muted">{options}</p>}
        <div className="mt-1 flex flex-wrap items-center justify-between gap-2">
          <QuantityStepper
            label={t('cart.quantityOf', { name: line.name })}
            value={line.quantity}
            max={Math.min(MOST_OF_ONE, Math.max(line.stock.available, 1))}
            onChange={onQuantity}
            onRemove={{ label: t('cart.remove', { name: line.name }), run: onRemove }}
          />
          {line.quantity > 1 && (
            <span className="text-sm text-muted tabular-nums">
              {t('cart.each', { price: money(line.unitPrice) })}
            </span>
          )}
        </div>
        {line.quantity > 1 && (
          <button
            type="button"
            className="w-fit py-1 text-sm text-muted underline underline-offset-4 hover:text-ink"
            onClick={onRemove}
          >
            {t('cart.remove', { name: line.name })}
          </button>
        )}
      </div>
    </li>
  );
}
