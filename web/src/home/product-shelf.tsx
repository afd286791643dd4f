import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { fetchProducts } from '../api/catalogue.ts';
import { LoadFailure } from '../ui/load-failure.tsx';
import { ProductCard, ProductCardSkeleton } from '../ui/product-card.tsx';

const places = [0, 1, 2, 3];

/** One row of products in an order that means something. */
export function ProductShelf({ title, sort }: { title: string; sort: 'newest' | 'rating' }) {
  const { t } = useTranslation('shop');
  const id = useId();
  const query = { sort, inStock: 'true', limit: 4 };
  const products = useQuery({
    queryKey: ['products', query],
    queryFn: ({ signal }) => fetchProducts(query, signal),
  });
  const unrated = sort === 'rating' && products.data?.items.every(({ rating }) => rating.count === 0);
  if (unrated) return null;
  return (
    <section aria-labelledby={id} className="wrap grid gap-6">
      <div className="flex items-baseline justify-between gap-4">
        <h2 id={id} className="text-3xl font-semibold md:text-4xl">
          {title}
        </h2>
        <Link
          to={`/products?sort=${sort}`}
          className="link shrink-0"
          aria-label={`${t('home.all')}: ${title}`}
        >
          {t('home.all')}
        </Link>
      </div>
      {products.isError ? (
        <LoadFailure
          title={t('list.failed')}
          error={products.error}
          onRetry={() => void products.refetch()}
        />
      ) : (
        <ul className="grid grid-cols-2 gap-x-4 gap-y-8 md:grid-cols-4 md:gap-x-6">
          {products.data
            ? products.data.items.map((product) => (
                <li key={product.id}>
                  <ProductCard product={product} />
                </li>
              ))
            : places.map((place) => (
                <li key={place}>
                  <ProductCardSkeleton />
                </li>
              ))}
        </ul>
      )}
    </section>
  );
}
