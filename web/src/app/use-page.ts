import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { describePage } from './page-description.ts';

/** Names the page in the tab, in the history and in link previews. */
export function usePage(page: string | undefined, more: { description?: string; image?: string } = {}): void {
  const { t } = useTranslation();
  const title = page ? t('title', { page }) : t('brand');
  const { description, image } = more;
  useEffect(() => {
    describePage({ title, ...(description ? { description } : {}), ...(image ? { image } : {}) });
  }, [title, description, image]);
}
