import { useTranslation } from 'react-i18next';
import { usePage } from '../app/use-page.ts';
import { PulseIcon, ShelfIcon, SpeechIcon, TagIcon } from '../ui/more-icons.tsx';
import { CategoryTiles } from './category-tiles.tsx';
import { Hero } from './hero.tsx';
import { ProductShelf } from './product-shelf.tsx';

const promises = [
  ['price', TagIcon],
  ['stock', ShelfIcon],
  ['reviews', SpeechIcon],
  ['live', PulseIcon],
] as const;

export function HomePage() {
  const { t } = useTranslation('shop');
  usePage(undefined);
  return (
    <div className="grid gap-16 md:gap-24">
      <Hero />
      <CategoryTiles />
      <ProductShelf title={t('home.newest')} sort="newest" />
      <section aria-labelledby="promises" className="border-y border-line bg-sunken">
        <div className="wrap py-12">
          <h2 id="promises" className="sr-only">
            {t('home.promises')}
          </h2>
          <ul className="grid gap-8 sm:grid-cols-2 lg:grid-cols-4">
            {promises.map(([key, Icon]) => (
              <li key={key} className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
                <span className="row-span-2 grid size-12 place-items-center rounded-full bg-brand-soft text-brand">
                  <Icon className="size-6" />
                </span>
                <h3 className="font-sans text-base font-semibold tracking-normal">
                  {t(`home.promise.${key}.title`)}
                </h3>
                <p className="text-sm text-muted">{t(`home.promise.${key}.text`)}</p>
              </li>
            ))}
          </ul>
        </div>
      </section>
      <ProductShelf title={t('home.popular')} sort="rating" />
    </div>
  );
}
