import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { fetchCategories } from '../api/catalogue.ts';
import { categoryIllustration } from '../ui/illustrations.ts';
import { Skeleton } from '../ui/skeleton.tsx';

const places = Array.from({ length: 8 }, (_, index) => index);
const grid = 'grid grid-cols-2 gap-3 md:grid-cols-4 md:gap-5';

export function CategoryTiles() {
  const { t } = useTranslation('shop');
  const categories = useQuery({
    queryKey: ['categories'],
    queryFn: ({ signal }) => fetchCategories(signal),
    staleTime: 300_000,
  });
  if (categories.isError) return null;
  return (
    <section aria-labelledby="categories" className="wrap grid gap-6">
      <div>
        <h2 id="categories" className="text-3xl font-semibold md:text-4xl">
          {t('home.categories')}
        </h2>
        <p className="mt-1 text-muted">{t('home.categoriesHint')}</p>
      </div>
      <ul className={grid}>
        {categories.isPending
          ? places.map((place) => (
              <li key={place}>
                <Skeleton className="aspect-[4/5] rounded-card" />
              </li>
            ))
          : categories.data.items.map(({ slug, name, count }) => (
              <li key={slug}>
                <CategoryTile slug={slug} name={name} hint={t('products', { count })} />
              </li>
            ))}
      </ul>
    </section>
  );
}

function CategoryTile({ slug, name, hint }: { slug: string; name: string; hint: string }) {
  const picture = categoryIllustration(slug);
  return (
    <Link
      to={`/products?category=${slug}`}
      className="group relative flex aspect-[4/5] flex-col overflow-hidden rounded-card border border-line bg-surface transition-shadow hover:shadow-lift"
    >
      <span className="min-h-0 grow overflow-hidden bg-sunken">
        {picture && (
          <img
            src={picture}
            alt=""
            width="800"
            height="800"
            loading="lazy"
            className="size-full object-cover transition-transform duration-500 group-hover:scale-[1.04]"
          />
        )}
      </span>
      <span className="grid px-4 py-3">
        <span className="leading-tight font-semibold group-hover:underline group-hover:underline-offset-4">
          {name}
        </span>
        <span className="text-sm text-muted">{hint}</span>
      </span>
    </Link>
  );
}
