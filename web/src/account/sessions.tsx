import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { endSession, fetchSessions } from '../api/user.ts';
import { notify } from '../app/toasts.ts';
import { useFailure } from '../app/use-failure.ts';
import { formatDateTime } from '../i18n/format.ts';
import { Button } from '../ui/button.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

const key = ['my-sessions'] as const;

export function Sessions() {
  const { t, i18n } = useTranslation('account');
  const client = useQueryClient();
  const explain = useFailure();
  const sessions = useQuery({ queryKey: key, queryFn: ({ signal }) => fetchSessions(signal) });
  const end = useMutation({
    mutationFn: endSession,
    onSuccess: () => {
      notify(t('sessions.ended'));
      return client.invalidateQueries({ queryKey: key });
    },
    onError: (error) => notify(explain(error), 'bad'),
  });
  return (
    <section aria-labelledby="sessions" className="card p-5 md:p-7">
      <h2 id="sessions" className="text-2xl font-semibold">
        {t('sessions.title')}
      </h2>
      <p className="mb-4 text-muted">{t('sessions.text')}</p>
      {sessions.isError && (
        <LoadFailure
          title={t('sessions.failed')}
          error={sessions.error}
          onRetry={() => void sessions.refetch()}
        />
      )}
      {sessions.isPending && <Skeleton className="h-24" />}
      <ul className="grid">
        {sessions.data?.items.map(({ id, device, current, lastUsedAt }) => (
          <li key={id} className="flex items-center justify-between gap-4 border-t border-line py-3">
            <div>
              <p className="font-semibold">{device}</p>
              <p className="text-sm text-muted">
                {current
                  ? t('sessions.current')
                  : t('sessions.used', { time: formatDateTime(lastUsedAt, i18n.language) })}
              </p>
            </div>
            {!current && (
              <Button
                look="quiet"
                aria-label={t('sessions.endLabel', { device })}
                busy={end.isPending && end.variables === id}
                onClick={() => end.mutate(id)}
              >
                {t('sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
