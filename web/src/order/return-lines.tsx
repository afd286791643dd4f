import { useTranslation } from 'react-i18next';
import { useMoney } from '../ui/price.tsx';
import { QuantityStepper } from '../ui/quantity-stepper.tsx';
import type { ReturnableLine } from './returning.ts';

interface Props {
  lines: readonly (ReturnableLine & { chosen: number })[];
  onChoose: (sku: string, quantity: number) => void;
  onAll: () => void;
}

export function ReturnLines({ lines, onChoose, onAll }: Props) {
  const { t } = useTranslation('order');
  const money = useMoney();
  const all = lines.every(({ chosen, left }) => chosen === left);
  return (
    <div className="grid gap-2">
      <ul className="grid">
        {lines.map(({ line, left, chosen }) => (
          <li
            key={line.sku}
            className="grid grid-cols-[3.5rem_1fr] items-center gap-x-3 gap-y-2 border-b border-line py-3 first:pt-0 sm:grid-cols-[3.5rem_1fr_auto]"
          >
            <span className="overflow-hidden rounded-xl border border-line bg-sunken">
              {line.image && <img src={line.image} alt="" width="56" height="56" className="aspect-square" />}
            </span>
            <span className="min-w-0 leading-snug">
              {line.name}
              <span className="block text-sm text-muted tabular-nums">
                {t('back.each', { price: money(line.unitPrice) })}
              </span>
            </span>
            <span className="col-start-2 flex items-center gap-3 sm:col-start-3">
              <QuantityStepper
                label={t('back.howMany', { name: line.name })}
                value={chosen}
                min={0}
                max={left}
                onChange={(quantity) => onChoose(line.sku, quantity)}
              />
              <span className="text-sm text-muted tabular-nums">{t('back.of', { count: left })}</span>
            </span>
          </li>
        ))}
      </ul>
      {!all && (
        <button type="button" className="link min-h-11 w-fit" onClick={onAll}>
          {t('back.all')}
        </button>
      )}
    </div>
  );
}
