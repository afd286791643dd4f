import type { ProductCard as Card } from '@shopstack/contracts/catalogue';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { percentOff } from './percent-off.ts';
import { Price } from './price.tsx';
import { Skeleton } from './skeleton.tsx';
import { Stars } from './stars.tsx';

interface Props {
  product: Card;
  /** In the first rows, where a lazy picture would only come late. */
  eager?: boolean;
  heading?: 'h2' | 'h3';
}

export function ProductCard({ product, eager = false, heading: Heading = 'h3' }: Props) {
  const { t } = useTranslation('shop');
  const image = product.images[0];
  const off = percentOff(product.price, product.compareAtPrice);
  const out = product.stock.state === 'out';
  return (
    <article className="group relative grid content-start gap-3 rounded-card">
      <div className="relative overflow-hidden rounded-card border border-line bg-sunken">
        {image ? (
          <img
            src={image.url}
            alt=""
            width="800"
            height="800"
            loading={eager ? 'eager' : 'lazy'}
            decoding="async"
            className={`aspect-square size-full object-cover transition-transform duration-500 group-hover:scale-[1.035] ${out ? 'opacity-60' : ''}`}
          />
        ) : (
          <div className="aspect-square" />
        )}
        {off > 0 && (
          <span className="absolute start-3 top-3 rounded-full bg-accent px-2.5 py-1 text-xs font-bold text-surface">
            {t('price.save', { percent: off })}
          </span>
        )}
        {product.stock.state !== 'in-stock' && (
          <span className="absolute end-3 bottom-3 rounded-full bg-surface px-2.5 py-1 text-xs font-semibold">
            {t(`stock.${product.stock.state}`, { count: product.stock.available })}
          </span>
        )}
      </div>
      <div className="grid gap-0.5 px-1">
        <p className="text-sm text-muted">{product.brand}</p>
        <Heading className="font-sans text-base leading-snug font-semibold tracking-normal">
          <Link
            to={`/products/${product.id}`}
            className="after:absolute after:inset-0 after:rounded-card group-hover:underline group-hover:underline-offset-4"
          >
            {product.name}
          </Link>
        </Heading>
        <Stars {...product.rating} />
        <p className="mt-1 flex flex-wrap items-baseline justify-between gap-x-3">
          <Price price={product.price} before={product.compareAtPrice} />
          {product.variantCount > 1 && (
            <span className="text-sm text-muted">{t('card.variants', { count: product.variantCount })}</span>
          )}
        </p>
      </div>
    </article>
  );
}

export function ProductCardSkeleton() {
  return (
    <div className="grid content-start gap-3" aria-hidden="true">
      <Skeleton className="aspect-square rounded-card" />
      <div className="grid gap-2 px-1">
        <Skeleton className="h-4 w-1/3" />
        <Skeleton className="h-5 w-4/5" />
        <Skeleton className="h-4 w-1/2" />
        <Skeleton className="h-5 w-1/4" />
      </div>
    </div>
  );
}
