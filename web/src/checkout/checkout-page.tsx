import { useTranslation } from 'react-i18next';
import { usePage } from '../app/use-page.ts';
import { useSession } from '../app/use-session.ts';
import { useCart } from '../cart/use-cart.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { Checkout } from './checkout.tsx';

export function CheckoutPage() {
  const { t } = useTranslation(['checkout', 'shop']);
  const session = useSession();
  const cart = useCart();
  usePage(t('title'));
  if (cart.isError && !cart.data) {
    return (
      <LoadFailure title={t('shop:cart.failed')} error={cart.error} onRetry={() => void cart.refetch()} />
    );
  }
  if (!cart.data || session.status === 'unknown') return <PageSkeleton />;
  if (cart.data.lines.length === 0) {
    return (
      <EmptyState heading="h1" title={t('empty')} text={t('emptyText')}>
        <ButtonLink to="/products">{t('browse')}</ButtonLink>
      </EmptyState>
    );
  }
  return (
    <div className="wrap py-8 md:py-12">
      <h1 className="mb-8 text-4xl font-semibold md:text-5xl">{t('title')}</h1>
      <Checkout cart={cart.data} session={session} />
    </div>
  );
}
