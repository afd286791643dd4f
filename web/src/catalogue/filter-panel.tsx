import type { Facets } from '@shopstack/contracts/catalogue';
import { useTranslation } from 'react-i18next';
import { StarRow } from '../ui/stars.tsx';
import { FilterGroup, FilterOption } from './filter-option.tsx';
import { type Filters, toggleBrand } from './filters.ts';
import { priceWords } from './price-words.ts';

interface Props {
  filters: Filters;
  facets: Facets;
  currency: string;
  onChange: (filters: Filters) => void;
}

export function FilterPanel(props: Props) {
  return (
    <div className="grid gap-7">
      <CategoryFilter {...props} />
      <AvailabilityFilter {...props} />
      <PriceFilter {...props} />
      <BrandFilter {...props} />
      <RatingFilter {...props} />
    </div>
  );
}

function CategoryFilter({ filters, facets, onChange }: Props) {
  const { t } = useTranslation('shop');
  return (
    <FilterGroup title={t('list.category')}>
      <FilterOption
        kind="radio"
        label={t('list.anyCategory')}
        checked={!filters.category}
        onChange={() => onChange({ ...filters, category: undefined })}
      />
      {facets.category.map(({ value, label, count }) => (
        <FilterOption
          key={value}
          kind="radio"
          label={label}
          count={count}
          checked={filters.category === value}
          onChange={() => onChange({ ...filters, category: value })}
        />
      ))}
    </FilterGroup>
  );
}

function AvailabilityFilter({ filters, facets, onChange }: Props) {
  const { t } = useTranslation('shop');
  const count = facets.availability.reduce((sum, it) => sum + (it.value === 'out' ? 0 : it.count), 0);
  return (
    <FilterGroup title={t('list.availability')}>
      <FilterOption
        kind="checkbox"
        label={t('list.inStock')}
        count={count}
        checked={filters.inStock}
        onChange={() => onChange({ ...filters, inStock: !filters.inStock })}
      />
    </FilterGroup>
  );
}

function PriceFilter({ filters, facets, currency, onChange }: Props) {
  const { t, i18n } = useTranslation('shop');
  const words = (min: number, max: number | undefined) =>
    priceWords({ min, max, currency, language: i18n.language }, (key, values) => t(key, values));
  if (facets.price.length === 0) return null;
  return (
    <FilterGroup title={t('list.price')}>
      {facets.price.map(({ fromMinor, toMinor, count }) => {
        // A band ends before its upper price; the filter includes its own.
        const max = toMinor === null ? undefined : toMinor - 1;
        const checked = (filters.minPrice ?? 0) === fromMinor && filters.maxPrice === max && isSet(filters);
        return (
          <FilterOption
            key={fromMinor}
            kind="checkbox"
            label={words(fromMinor, max)}
            count={count}
            checked={checked}
            onChange={() =>
              onChange({
                ...filters,
                minPrice: checked ? undefined : fromMinor || undefined,
                maxPrice: checked ? undefined : max,
              })
            }
          />
        );
      })}
    </FilterGroup>
  );
}
const isSet = ({ minPrice, maxPrice }: Filters) => minPrice !== undefined || maxPrice !== undefined;

function BrandFilter({ filters, facets, onChange }: Props) {
  const { t } = useTranslation('shop');
  if (facets.brand.length === 0) return null;
  return (
    <FilterGroup title={t('list.brand')}>
      {facets.brand.map(({ value, label, count }) => (
        <FilterOption
          key={value}
          kind="checkbox"
          label={label}
          count={count}
          checked={filters.brands.includes(value)}
          onChange={() => onChange(toggleBrand(filters, value))}
        />
      ))}
    </FilterGroup>
  );
}

function RatingFilter({ filters, facets, onChange }: Props) {
  const { t } = useTranslation('shop');
  return (
    <FilterGroup title={t('list.rating')}>
      <FilterOption
        kind="radio"
        label={t('list.anyRating')}
        checked={!filters.rating}
        onChange={() => onChange({ ...filters, rating: undefined })}
      />
      {facets.rating.map(({ value, count }) => (
        <FilterOption
          key={value}
          kind="radio"
          label={t('list.ratingUp', { stars: value })}
          drawing={<StarRow value={Number(value)} />}
          count={count}
          checked={filters.rating === Number(value)}
          onChange={() => onChange({ ...filters, rating: Number(value) })}
        />
      ))}
    </FilterGroup>
  );
}
