import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { fetchRelated } from '../api/catalogue.ts';
import { ProductCard } from '../ui/product-card.tsx';

export function RelatedProducts({ productId }: { productId: string }) {
  const { t } = useTranslation('shop');
  const related = useQuery({
    queryKey: ['related', productId],
    queryFn: ({ signal }) => fetchRelated(productId, signal),
  });
  const items = related.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="related" className="wrap grid gap-6">
      <h2 id="related" className="text-3xl font-semibold">
        {t('product.related')}
      </h2>
      <ul className="grid grid-cols-2 gap-x-4 gap-y-8 md:grid-cols-4 md:gap-x-6">
        {items.slice(0, 4).map((product) => (
          <li key={product.id}>
            <ProductCard product={product} />
          </li>
        ))}
      </ul>
    </section>
  );
}
