import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { isProblem } from '../api/problem.ts';
import { usePage } from '../app/use-page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { OrderView } from './order-view.tsx';
import { useOrder } from './use-order.ts';

const hidden = ['not-found', 'unauthenticated', 'token-expired', 'forbidden', 'validation-failed'] as const;

export function OrderPage() {
  const { id = '' } = useParams();
  return <KnownOrder key={id} id={id} />;
}

function KnownOrder({ id }: { id: string }) {
  const { t } = useTranslation('order');
  const { order, followToken, connection } = useOrder(id);
  usePage(order.data ? t('title', { number: order.data.number }) : t('history.title'));
  if (order.data) return <OrderView order={order.data} followToken={followToken} connection={connection} />;
  if (isProblem(order.error, ...hidden)) {
    return (
      <EmptyState heading="h1" title={t('missing')} text={t('missingText')}>
        <ButtonLink to={`/sign-in?to=/orders/${id}`}>{t('signIn')}</ButtonLink>
      </EmptyState>
    );
  }
  if (order.isError) {
    return <LoadFailure title={t('missing')} error={order.error} onRetry={() => void order.refetch()} />;
  }
  return <PageSkeleton />;
}
