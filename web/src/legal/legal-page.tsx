import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFoundPage } from '../app/not-found-page.tsx';
import { usePage } from '../app/use-page.ts';

const pages = ['terms', 'privacy', 'imprint'] as const;
type Page = (typeof pages)[number];

export function LegalPage() {
  const { page } = useParams();
  const known = pages.find((one) => one === page);
  return known ? <Text page={known} /> : <NotFoundPage />;
}

function Text({ page }: { page: Page }) {
  const { t } = useTranslation('legal');
  const { title, lead, sections } = t(`pages.${page}`, { returnObjects: true });
  usePage(title);
  return (
    <article className="wrap grid max-w-3xl! gap-8 py-10 md:py-16">
      <header className="grid gap-3">
        <h1 className="text-4xl font-semibold md:text-5xl">{title}</h1>
        <p className="text-lg text-muted">{lead}</p>
      </header>
      {sections.map((section) => (
        <section key={section.title} className="grid gap-2">
          <h2 className="text-2xl font-semibold">{section.title}</h2>
          <p className="leading-relaxed">{section.text}</p>
        </section>
      ))}
      <p className="text-sm text-muted">{t('updated')}</p>
    </article>
  );
}
