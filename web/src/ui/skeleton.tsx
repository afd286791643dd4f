import { useTranslation } from 'react-i18next';

/** A quiet placeholder of the size of what comes. */
export function Skeleton({ className = '' }: { className?: string }) {
  return <div aria-hidden="true" className={`animate-shimmer rounded-xl bg-sunken ${className}`} />;
}

export function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="wrap grid min-h-[80dvh] content-start gap-6 py-10" aria-busy="true">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="h-10 w-2/3 max-w-md" />
      <Skeleton className="h-64" />
      <Skeleton className="h-40" />
    </div>
  );
}
