import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type Filters, sorts } from './filters.ts';

interface Props {
  filters: Filters;
  onChange: (filters: Filters) => void;
}

export function SortChoice({ filters, onChange }: Props) {
  const { t } = useTranslation('shop');
  const id = useId();
  const standard = filters.q ? 'relevance' : 'newest';
  const offered = sorts.filter((sort) => sort !== 'relevance' || filters.q);
  return (
    <div className="grid grow gap-1">
      <label htmlFor={id} className="sr-only sm:not-sr-only sm:text-sm sm:text-muted">
        {t('list.sort')}
      </label>
      <select
        id={id}
        className="input min-h-12 rounded-full! pe-8"
        value={filters.sort ?? standard}
        onChange={({ target }) => onChange({ ...filters, sort: sorts.find((sort) => sort === target.value) })}
      >
        {offered.map((sort) => (
          <option key={sort} value={sort}>
            {t(`list.sorts.${sort}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
