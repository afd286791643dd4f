import type { Facets } from '@shopstack/contracts/catalogue';
import { useTranslation } from 'react-i18next';
import { CloseIcon } from '../ui/icons.tsx';
import { type Active, activeFilters, type Filters, withoutFilters } from './filters.ts';
import { priceWords } from './price-words.ts';

interface Props {
  filters: Filters;
  facets: Facets | undefined;
  currency: string;
  onChange: (filters: Filters) => void;
}

export function ActiveFilters({ filters, facets, currency, onChange }: Props) {
  const { t, i18n } = useTranslation('shop');
  const active = activeFilters(filters);
  if (active.length === 0) return null;

  const label = (one: Active): string => {
    switch (one.kind) {
      case 'category':
        return facets?.category.find(({ value }) => value === one.value)?.label ?? one.value;
      case 'brand':
        return one.value;
      case 'price':
        return priceWords({ ...one, currency, language: i18n.language }, (key, values) => t(key, values));
      case 'inStock':
        return t('list.inStock');
      case 'rating':
        return t('list.ratingUp', { stars: one.value });
    }
  };
  return (
    <ul aria-label={t('list.active')} className="flex flex-wrap items-center gap-2">
      {active.map((one) => (
        <li key={`${one.kind}${label(one)}`}>
          <button
            type="button"
            className="inline-flex min-h-9 items-center gap-2 rounded-full bg-brand-soft py-1 ps-4 pe-3 text-sm font-medium text-brand hover:text-brand-strong"
            aria-label={t('list.remove', { label: label(one) })}
            onClick={() => onChange(one.without)}
          >
            {label(one)}
            <CloseIcon className="size-4" />
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          className="min-h-9 px-2 text-sm text-muted underline underline-offset-4 hover:text-ink"
          onClick={() => onChange(withoutFilters(filters))}
        >
          {t('list.clear')}
        </button>
      </li>
    </ul>
  );
}
