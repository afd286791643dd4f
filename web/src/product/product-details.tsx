import type { Product, Variant } from '@shopstack/contracts/catalogue';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../i18n/format.ts';
import { readable } from './readable.ts';
import { RichText } from './rich-text-view.tsx';
import { weightParts } from './weight.ts';

export function ProductDetails({ product, variant }: { product: Product; variant: Variant }) {
  const { t, i18n } = useTranslation('shop');
  const weight = weightParts(variant.weightGrams);
  const rows = [
    ...Object.entries(product.attributes).map(([name, value]) => [readable(name), value]),
    [t('product.weight'), `${formatNumber(weight.value, i18n.language, weight.digits)} ${weight.unit}`],
    [t('product.sku'), variant.sku],
  ];
  return (
    <div className="wrap grid gap-10 md:grid-cols-2 lg:grid-cols-[1.15fr_1fr] lg:gap-14">
      <section aria-labelledby="about" className="grid content-start gap-4">
        <h2 id="about" className="text-3xl font-semibold">
          {t('product.about')}
        </h2>
        <RichText html={product.description} />
      </section>
      <section aria-labelledby="details" className="grid content-start gap-4">
        <h2 id="details" className="text-3xl font-semibold">
          {t('product.details')}
        </h2>
        <dl className="grid">
          {rows.map(([name, value]) => (
            <div
              key={name}
              className="grid grid-cols-[9rem_1fr] gap-4 border-b border-line py-2.5 last:border-0"
            >
              <dt className="text-muted">{name}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}
