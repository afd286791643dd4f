import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePage } from '../app/use-page.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { FilterIcon } from '../ui/more-icons.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ActiveFilters } from './active-filters.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { activeFilters } from './filters.ts';
import { ProductGrid } from './product-grid.tsx';
import { SortChoice } from './sort-choice.tsx';
import { useFilters } from './use-filters.ts';
import { useProducts } from './use-products.ts';

export function CataloguePage() {
  const { t } = useTranslation('shop');
  const { filters, setFilters } = useFilters();
  const [sheet, setSheet] = useState(false);
  const products = useProducts(filters);
  const first = products.data?.pages[0];
  const total = first?.total ?? 0;
  const currency = first?.items[0]?.price.currency ?? 'EUR';
  const category = first?.facets.category.find(({ value }) => value === filters.category)?.label;
  const title = filters.q ? t('list.results', { q: filters.q }) : (category ?? t('list.title'));
  const active = activeFilters(filters).length;
  usePage(title);

  return (
    <div className="wrap grid gap-6 py-8 md:py-12">
      <header className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div>
          <h1 className="text-4xl font-semibold md:text-5xl">{title}</h1>
          <p role="status" className="mt-2 min-h-6 text-muted">
            {products.isFetching && !products.isFetchingNextPage
              ? t('list.updating')
              : first && t('products', { count: total })}
          </p>
        </div>
        <div className="flex w-full items-end gap-3 sm:w-auto">
          <Button look="quiet" className="grow whitespace-nowrap lg:hidden" onClick={() => setSheet(true)}>
            <FilterIcon />
            {t('list.filters')}
            {active > 0 && ` (${active})`}
          </Button>
          <SortChoice filters={filters} onChange={setFilters} />
        </div>
      </header>
      <ActiveFilters filters={filters} facets={first?.facets} currency={currency} onChange={setFilters} />
      <div className="grid gap-10 lg:grid-cols-[15.5rem_1fr]">
        <aside aria-label={t('list.filters')} className="hidden lg:block">
          {first ? (
            <FilterPanel filters={filters} facets={first.facets} currency={currency} onChange={setFilters} />
          ) : (
            <Skeleton className="h-[40rem]" />
          )}
        </aside>
        {products.isError && !products.data ? (
          <LoadFailure
            title={t('list.failed')}
            error={products.error}
            onRetry={() => void products.refetch()}
          />
        ) : (
          <ProductGrid products={products} filters={filters} onChange={setFilters} />
        )}
      </div>
      <Dialog
        open={sheet}
        onClose={() => setSheet(false)}
        title={t('list.filters')}
        place="bottom"
        footer={
          <Button className="w-full" onClick={() => setSheet(false)}>
            {t('list.show', { count: total })}
          </Button>
        }
      >
        {first && (
          <FilterPanel filters={filters} facets={first.facets} currency={currency} onChange={setFilters} />
        )}
      </Dialog>
    </div>
  );
}
