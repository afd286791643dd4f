import type { Product } from '@shopstack/contracts/catalogue';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export function Gallery({ images, first }: { images: Product['images']; first: number }) {
  const { t } = useTranslation('shop');
  const [index, setIndex] = useState(first);
  const shown = images[index] ?? images[0];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of pictures, not of form fields
    <div
      role="group"
      aria-label={t('product.gallery')}
      className="grid content-start gap-3 md:sticky md:top-24"
    >
      <div className="overflow-hidden rounded-[1.75rem] border border-line bg-sunken">
        {shown && (
          <img
            src={shown.url}
            alt={shown.alt}
            width="800"
            height="800"
            fetchPriority="high"
            className="aspect-square size-full object-cover"
          />
        )}
      </div>
      {images.length > 1 && (
        <ul className="flex gap-3 overflow-x-auto p-1">
          {images.map((image, number) => (
            <li key={image.name}>
              <button
                type="button"
                aria-label={t('product.picture', { number: number + 1, count: images.length })}
                aria-current={number === index}
                onClick={() => setIndex(number)}
                className="block size-18 overflow-hidden rounded-xl border border-line bg-sunken aria-[current=true]:ring-2 aria-[current=true]:ring-brand"
              >
                <img src={image.url} alt="" width="72" height="72" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
