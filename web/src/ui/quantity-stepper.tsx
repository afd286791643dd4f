import { useTranslation } from 'react-i18next';
import { BinIcon, MinusIcon, PlusIcon } from './more-icons.tsx';

interface Props {
  label: string;
  value: number;
  /** 1 unless told. */
  min?: number;
  max: number;
  onChange: (value: number) => void;
  /** Shown instead of "one less" when one is left. */
  onRemove?: { label: string; run: () => void };
}

const key = 'grid size-11 place-items-center rounded-full hover:bg-sunken disabled:opacity-40';

export function QuantityStepper({ label, value, min = 1, max, onChange, onRemove }: Props) {
  const { t } = useTranslation('shop');
  const removes = onRemove && value === 1;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere
    <div
      role="group"
      aria-label={label}
      className="inline-flex items-center rounded-full border border-edge bg-surface tabular-nums"
    >
      <button
        type="button"
        className={key}
        aria-label={removes ? onRemove.label : t('product.less')}
        disabled={value <= min && !removes}
        onClick={() => (removes ? onRemove.run() : onChange(value - 1))}
      >
        {removes ? <BinIcon /> : <MinusIcon />}
      </button>
      <output aria-live="polite" className="min-w-8 text-center font-semibold">
        {value}
      </output>
      <button
        type="button"
        className={key}
        aria-label={t('product.more')}
        disabled={value >= max}
        onClick={() => onChange(value + 1)}
      >
        <PlusIcon />
      </button>
    </div>
  );
}
