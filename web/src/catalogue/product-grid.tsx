import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ProductCard, ProductCardSkeleton } from '../ui/product-card.tsx';
import { activeFilters, type Filters, withoutFilters } from './filters.ts';
import type { useProducts } from './use-products.ts';

const grid = 'grid grid-cols-2 gap-x-4 gap-y-9 md:grid-cols-3 md:gap-x-6 xl:grid-cols-4';
const places = Array.from({ length: 12 }, (_, index) => index);
const ABOVE_THE_FOLD = 4;

interface Props {
  products: ReturnType<typeof useProducts>;
  filters: Filters;
  onChange: (filters: Filters) => void;
}

export function ProductGrid({ products, filters, onChange }: Props) {
  const { t } = useTranslation('shop');
  const { data, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage } = products;
  if (!data) {
    return (
      <div className={grid} aria-busy="true">
        {places.map((place) => (
          <ProductCardSkeleton key={place} />
        ))}
      </div>
    );
  }
  const items = data.pages.flatMap((page) => page.items);
  const total = data.pages[0]?.total ?? 0;
  if (items.length === 0) return <NothingFits filters={filters} onChange={onChange} />;
  return (
    <div className="grid content-start gap-12">
      <ul
        className={`${grid} transition-opacity ${isPlaceholderData ? 'opacity-50' : ''}`}
        aria-busy={isPlaceholderData}
      >
        {items.map((product, index) => (
          <li key={product.id}>
            <ProductCard product={product} eager={index < ABOVE_THE_FOLD} heading="h2" />
          </li>
        ))}
      </ul>
      <div className="grid justify-items-center gap-3">
        <p className="text-sm text-muted tabular-nums">{t('list.shown', { shown: items.length, total })}</p>
        {hasNextPage && (
          <Button look="quiet" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('list.more')}
          </Button>
        )}
      </div>
    </div>
  );
}

function NothingFits({ filters, onChange }: Omit<Props, 'products'>) {
  const { t } = useTranslation('shop');
  return (
    <EmptyState
      title={filters.q ? t('list.emptyQuery', { q: filters.q }) : t('list.empty')}
      text={t('list.emptyHelp')}
    >
      {activeFilters(filters).length > 0 && (
        <Button onClick={() => onChange(withoutFilters(filters))}>{t('list.clear')}</Button>
      )}
      <Button look="quiet" onClick={() => onChange({ ...withoutFilters(filters), q: '' })}>
        {t('home.browse')}
      </Button>
    </EmptyState>
  );
}
