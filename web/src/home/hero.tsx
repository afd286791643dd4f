import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../ui/button.tsx';
import { heroIllustration } from '../ui/illustrations.ts';

/** The picture is a bright wall in both themes, so the words on it keep one dark colour on wide screens. */
export function Hero() {
  const { t } = useTranslation('shop');
  return (
    <section className="wrap pt-4 md:pt-8">
      <div className="relative grid gap-6 md:block md:overflow-hidden md:rounded-[2rem]">
        <img
          src={heroIllustration}
          alt=""
          width="1600"
          height="900"
          fetchPriority="high"
          className="aspect-[4/3] w-full rounded-[1.75rem] object-cover object-[88%_100%] md:aspect-[16/8] md:rounded-none md:object-right dark:brightness-90"
        />
        <div className="grid content-center justify-items-start gap-5 md:absolute md:inset-y-0 md:start-0 md:w-[54%] md:gap-6 md:ps-12 lg:ps-16">
          <h1 className="text-[2.6rem] leading-[1.04] font-semibold sm:text-5xl md:text-[#2a1c12] lg:text-[4.1rem]">
            {t('home.title')}
          </h1>
          <p className="max-w-md text-lg text-muted md:text-[#4d3a2b]">{t('home.lead')}</p>
          <div className="flex flex-wrap gap-3">
            <ButtonLink to="/products">{t('home.browse')}</ButtonLink>
            <ButtonLink to="/products?sort=newest" look="quiet">
              {t('home.fresh')}
            </ButtonLink>
          </div>
        </div>
      </div>
    </section>
  );
}
