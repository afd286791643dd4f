import type { Product, Variant } from '@shopstack/contracts/catalogue';
import { RadioGroup } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type Option, optionsOf } from './variants.ts';

export function VariantChoosers({ product, variant }: { product: Product; variant: Variant }) {
  const [, setParams] = useSearchParams();
  if (product.variants.length < 2) return null;
  const choose = (sku: string) => setParams({ variant: sku }, { replace: true });
  return (
    <div className="grid gap-5">
      {optionsOf(product.variants, variant).map((option) => (
        <OptionChooser key={option.name} option={option} onChoose={choose} />
      ))}
    </div>
  );
}

function OptionChooser({ option, onChoose }: { option: Option; onChoose: (sku: string) => void }) {
  const { t } = useTranslation('shop');
  const selected = option.values.find((one) => one.selected);
  return (
    <div className="grid gap-2">
      <p className="text-sm">
        <span className="font-semibold">{option.name}</span>
        {selected && <span className="text-muted">: {selected.value}</span>}
      </p>
      <RadioGroup.Root
        aria-label={t('product.choose', { option: option.name })}
        value={selected?.sku ?? ''}
        onValueChange={onChoose}
        className="flex flex-wrap gap-2"
      >
        {option.values.map(({ value, sku, available }) => (
          <RadioGroup.Item
            key={value}
            value={sku}
            aria-label={available ? value : `${value} ${t('product.soldOut')}`}
            className={`min-h-11 rounded-full border px-5 py-2 font-medium transition-colors data-[state=checked]:border-brand data-[state=checked]:bg-brand-soft data-[state=checked]:text-brand data-[state=checked]:ring-1 data-[state=checked]:ring-brand ${
              available
                ? 'border-edge bg-surface hover:bg-sunken'
                : 'border-dashed border-edge text-muted line-through'
            }`}
          >
            {value}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </div>
  );
}
