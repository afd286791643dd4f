import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { fetchProduct } from '../api/catalogue.ts';
import { isProblem } from '../api/problem.ts';
import { usePage } from '../app/use-page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Breadcrumbs } from './breadcrumbs.tsx';
import { BuyBox } from './buy-box.tsx';
import { Gallery } from './gallery.tsx';
import { pictureOf } from './pictures.ts';
import { ProductDetails } from './product-details.tsx';
import { RelatedProducts } from './related-products.tsx';
import { Reviews } from './reviews.tsx';
import { summaryOf } from './rich-text.ts';
import { chosenVariant } from './variants.ts';

const LIVE_STOCK_MS = 20_000;

export function ProductPage() {
  const { t } = useTranslation('shop');
  const { id = '' } = useParams();
  const [params] = useSearchParams();
  const found = useQuery({
    queryKey: ['product', id],
    queryFn: ({ signal }) => fetchProduct(id, signal),
    staleTime: 5000,
    refetchInterval: LIVE_STOCK_MS,
  });
  const product = found.data;
  usePage(product?.name, {
    ...(product ? { description: summaryOf(product.description) } : {}),
    ...(product?.images[0] ? { image: product.images[0].url } : {}),
  });

  if (isProblem(found.error, 'not-found', 'unknown-sku', 'validation-failed')) {
    return (
      <EmptyState heading="h1" title={t('product.missing')} text={t('product.missingText')}>
        <ButtonLink to="/products">{t('home.browse')}</ButtonLink>
      </EmptyState>
    );
  }
  if (found.isError && !product) {
    return <LoadFailure title={t('list.failed')} error={found.error} onRetry={() => void found.refetch()} />;
  }
  const variant = product && chosenVariant(product, params.get('variant'));
  if (!product || !variant) return <Waiting />;
  return (
    <div className="grid gap-16 md:gap-20">
      <div className="wrap pt-6">
        <Breadcrumbs product={product} />
        <div className="mt-4 grid gap-8 md:grid-cols-2 lg:grid-cols-[1.15fr_1fr] lg:gap-14">
          <Gallery key={variant.sku} images={product.images} first={pictureOf(product.images, variant)} />
          <BuyBox product={product} variant={variant} />
        </div>
      </div>
      <ProductDetails product={product} variant={variant} />
      <Reviews productId={product.id} />
      <RelatedProducts productId={product.id} />
    </div>
  );
}

function Waiting() {
  return (
    <div
      className="wrap grid gap-8 pt-16 md:grid-cols-2 lg:grid-cols-[1.15fr_1fr] lg:gap-14"
      aria-busy="true"
    >
      <Skeleton className="aspect-square rounded-card" />
      <div className="grid content-start gap-4">
        <Skeleton className="h-5 w-1/4" />
        <Skeleton className="h-12 w-4/5" />
        <Skeleton className="h-5 w-1/3" />
        <Skeleton className="h-9 w-1/4" />
        <Skeleton className="h-24" />
        <Skeleton className="h-12 w-2/3 rounded-full" />
      </div>
    </div>
  );
}
