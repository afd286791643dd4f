import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { usePage } from './use-page.ts';

export function NotFoundPage() {
  const { t } = useTranslation();
  usePage(t('notFound.title'));
  return (
    <div className="wrap py-16">
      <EmptyState heading="h1" title={t('notFound.title')} text={t('notFound.text')}>
        <ButtonLink to="/">{t('notFound.home')}</ButtonLink>
        <ButtonLink to="/products" look="quiet">
          {t('notFound.products')}
        </ButtonLink>
      </EmptyState>
    </div>
  );
}
