import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { languageNames, languages } from '../i18n/language.ts';
import { chooseLanguage } from '../i18n/translations.ts';

export function Footer() {
  const { t, i18n } = useTranslation();
  return (
    <footer className="mt-20 border-t border-line bg-sunken">
      <div className="wrap grid grid-cols-2 gap-x-8 gap-y-10 py-12 md:grid-cols-[2fr_1fr_1fr_1fr]">
        <div className="col-span-2 grid content-start gap-4 md:col-span-1">
          <p className="font-display text-2xl font-semibold">{t('brand')}</p>
          <p className="max-w-xs text-sm text-muted">{t('footer.line')}</p>
          <fieldset className="flex gap-1">
            <legend className="sr-only">{t('language')}</legend>
            {languages.map((language) => (
              <button
                key={language}
                type="button"
                lang={language}
                aria-pressed={i18n.resolvedLanguage === language}
                onClick={() => void chooseLanguage(language)}
                className="min-h-11 rounded-full border border-transparent px-4 text-sm aria-pressed:border-edge aria-pressed:bg-surface aria-pressed:font-semibold"
              >
                {languageNames[language]}
              </button>
            ))}
          </fieldset>
        </div>
        <Column title={t('footer.shop')}>
          <FooterLink to="/products">{t('nav.all')}</FooterLink>
          <FooterLink to="/products?sort=newest">{t('nav.fresh')}</FooterLink>
          <FooterLink to="/products?sort=rating">{t('nav.best')}</FooterLink>
        </Column>
        <Column title={t('footer.help')}>
          <FooterLink to="/orders">{t('footer.orders')}</FooterLink>
          <FooterLink to="/account">{t('footer.account')}</FooterLink>
        </Column>
        <Column title={t('footer.legal')}>
          <FooterLink to="/legal/terms">{t('footer.terms')}</FooterLink>
          <FooterLink to="/legal/privacy">{t('footer.privacy')}</FooterLink>
          <FooterLink to="/legal/imprint">{t('footer.imprint')}</FooterLink>
        </Column>
      </div>
    </footer>
  );
}

function Column({ title, children }: { title: string; children: ReactNode }) {
  return (
    <nav aria-label={title} className="grid content-start gap-1 text-sm">
      <p className="mb-1 font-semibold">{title}</p>
      {children}
    </nav>
  );
}

function FooterLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className="w-fit py-1.5 text-muted underline-offset-4 hover:text-ink hover:underline">
      {children}
    </Link>
  );
}
