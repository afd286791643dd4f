import type { OrderSummary } from '@shopstack/contracts/order';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { fetchMyOrders } from '../api/user.ts';
import { usePage } from '../app/use-page.ts';
import { RequireSignIn } from '../auth/require-sign-in.tsx';
import { formatDate } from '../i18n/format.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { ChevronIcon } from '../ui/more-icons.tsx';
import { useMoney } from '../ui/price.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { type Mood, moodOf } from './timeline.ts';

export function HistoryPage() {
  const { t } = useTranslation('order');
  usePage(t('history.title'));
  return (
    <RequireSignIn>
      <div className="wrap grid max-w-4xl! gap-8 py-8 md:py-12">
        <h1 className="text-4xl font-semibold md:text-5xl">{t('history.title')}</h1>
        <History />
      </div>
    </RequireSignIn>
  );
}

function History() {
  const { t } = useTranslation('order');
  const orders = useInfiniteQuery({
    queryKey: ['my-orders'],
    queryFn: ({ pageParam }) => fetchMyOrders(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: 0,
  });
  if (orders.isError && !orders.data) {
    return (
      <LoadFailure title={t('history.failed')} error={orders.error} onRetry={() => void orders.refetch()} />
    );
  }
  if (!orders.data) return <Skeleton className="h-72" />;
  const items = orders.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <EmptyState title={t('history.empty')} text={t('history.emptyText')}>
        <ButtonLink to="/products">{t('history.browse')}</ButtonLink>
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="grid gap-4">
        {items.map((order) => (
          <HistoryRow key={order.id} order={order} />
        ))}
      </ul>
      {orders.hasNextPage && (
        <Button look="quiet" busy={orders.isFetchingNextPage} onClick={() => void orders.fetchNextPage()}>
          {t('history.more')}
        </Button>
      )}
    </>
  );
}

const tones: Readonly<Record<Mood, string>> = {
  good: 'bg-good-soft text-good',
  busy: 'bg-brand-soft text-brand',
  you: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
};
const PICTURES = 4;

function HistoryRow({ order }: { order: OrderSummary }) {
  const { t, i18n } = useTranslation('order');
  const money = useMoney();
  const count = order.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <li className="card group relative grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-4 p-5 transition-shadow hover:shadow-lift md:p-6">
      <div className="grid gap-1">
        <span className={`w-fit rounded-full px-3 py-1 text-sm font-semibold ${tones[moodOf(order.status)]}`}>
          {t(`status.${order.status}`)}
        </span>
        <h2 className="mt-1 font-sans text-lg font-semibold tracking-normal">
          <Link
            to={`/orders/${order.id}`}
            aria-label={t('history.open', { number: order.number })}
            className="after:absolute after:inset-0 after:rounded-card group-hover:underline group-hover:underline-offset-4"
          >
            {order.number}
          </Link>
        </h2>
        <p className="text-sm text-muted tabular-nums">
          {formatDate(order.placedAt, i18n.language)} · {t('history.items', { count })} · {money(order.total)}
          {order.refunded && ` · ${t('history.refunded', { amount: money(order.refunded) })}`}
        </p>
      </div>
      <ChevronIcon className="size-6 text-muted" />
      <ul className="col-span-2 flex gap-2" aria-hidden="true">
        {order.lines.slice(0, PICTURES).map((line) => (
          <li key={line.sku} className="size-14 overflow-hidden rounded-xl border border-line bg-sunken">
            {line.image && <img src={line.image} alt="" width="56" height="56" loading="lazy" />}
          </li>
        ))}
      </ul>
    </li>
  );
}
