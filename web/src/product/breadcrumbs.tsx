import type { Product } from '@shopstack/contracts/catalogue';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { fetchCategories } from '../api/catalogue.ts';
import { ChevronIcon } from '../ui/more-icons.tsx';

export function Breadcrumbs({ product }: { product: Product }) {
  const { t } = useTranslation('shop');
  const categories = useQuery({
    queryKey: ['categories'],
    queryFn: ({ signal }) => fetchCategories(signal),
    staleTime: 300_000,
  });
  const slug = product.categories[0];
  const category = categories.data?.items.find((one) => one.slug === slug);
  return (
    <nav aria-label={t('list.category')} className="min-h-8 text-sm text-muted">
      <ol className="flex flex-wrap items-center gap-1.5">
        <li>
          <Link to="/products" className="py-1 underline-offset-4 hover:text-ink hover:underline">
            {t('list.title')}
          </Link>
        </li>
        {category && (
          <li className="flex items-center gap-1.5">
            <ChevronIcon className="size-3.5" />
            <Link
              to={`/products?category=${category.slug}`}
              className="py-1 underline-offset-4 hover:text-ink hover:underline"
            >
              {category.name}
            </Link>
          </li>
        )}
      </ol>
    </nav>
  );
}
