import type { Product, Variant } from '@shopstack/contracts/catalogue';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailure } from '../app/use-failure.ts';
import { MOST_OF_ONE } from '../cart/cart-change.ts';
import { openCartDrawer } from '../cart/drawer-state.ts';
import { useCartChange } from '../cart/use-cart-change.ts';
import { Button } from '../ui/button.tsx';
import { TruckIcon } from '../ui/more-icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { percentOff } from '../ui/percent-off.ts';
import { Price } from '../ui/price.tsx';
import { QuantityStepper } from '../ui/quantity-stepper.tsx';
import { Stars } from '../ui/stars.tsx';
import { StockBadge } from '../ui/stock-badge.tsx';
import { pictureOf } from './pictures.ts';
import { VariantChoosers } from './variant-choosers.tsx';

interface Props {
  product: Product;
  variant: Variant;
}

export function BuyBox({ product, variant }: Props) {
  const { t } = useTranslation('shop');
  const off = percentOff(variant.price, variant.compareAtPrice);
  return (
    <div className="grid content-start gap-5">
      <div className="grid gap-2">
        <p className="text-muted">{t('product.by', { brand: product.brand })}</p>
        <h1 className="text-4xl font-semibold lg:text-5xl">{product.name}</h1>
        <a href="#reviews" className="w-fit py-1 underline-offset-4 hover:underline">
          <Stars {...product.rating} />
        </a>
      </div>
      <p className="flex flex-wrap items-center gap-3">
        <Price price={variant.price} before={variant.compareAtPrice} large />
        {off > 0 && (
          <span className="rounded-full bg-accent-soft px-2.5 py-1 text-sm font-bold text-accent">
            {t('price.save', { percent: off })}
          </span>
        )}
        <span className="text-sm text-muted">{t('price.tax')}</span>
      </p>
      <VariantChoosers product={product} variant={variant} />
      <div role="status" className="min-h-6">
        <StockBadge stock={variant.stock} />
      </div>
      {product.discontinued ? (
        <Notice tone="warn">{t('product.discontinued')}</Notice>
      ) : (
        <AddToCart key={variant.sku} product={product} variant={variant} />
      )}
      <p className="flex items-start gap-3 border-t border-line pt-4 text-sm text-muted">
        <TruckIcon className="size-5 shrink-0" />
        {t('product.promise')}
      </p>
    </div>
  );
}

function AddToCart({ product, variant }: Props) {
  const { t } = useTranslation('shop');
  const explain = useFailure();
  const [quantity, setQuantity] = useState(1);
  const { change, isPending, error } = useCartChange();
  const out = variant.stock.state === 'out';

  const add = async () => {
    const { sku, options, price, weightGrams, stock } = variant;
    const image = product.images[pictureOf(product.images, variant)]?.url;
    const line = {
      sku,
      options,
      weightGrams,
      stock,
      quantity,
      productId: product.id,
      name: product.name,
      unitPrice: price,
      ...(image ? { image } : {}),
    };
    await change({ kind: 'add', line }).then(openCartDrawer, () => undefined);
  };
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-3">
        <QuantityStepper
          label={t('product.quantity')}
          value={quantity}
          max={Math.min(MOST_OF_ONE, Math.max(1, variant.stock.available))}
          onChange={setQuantity}
        />
        <Button className="min-w-52 grow" disabled={out} busy={isPending} onClick={() => void add()}>
          {isPending ? t('product.adding') : out ? t('product.out') : t('product.add')}
        </Button>
      </div>
      {error && (
        <Notice tone="bad" urgent>
          {explain(error)}
        </Notice>
      )}
    </div>
  );
}
