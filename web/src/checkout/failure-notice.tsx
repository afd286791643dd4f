import { useTranslation } from 'react-i18next';
import { useFailure } from '../app/use-failure.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { reactionTo } from './order-failure.ts';

/** Why the order was not placed, and what to do now. */
export function OrderFailure({ error }: { error: unknown }) {
  const { t } = useTranslation('checkout');
  const explain = useFailure();
  if (!error) return null;
  const { orderId, outcomeUnknown } = reactionTo(error);
  return (
    <Notice tone="bad" urgent>
      <p>{outcomeUnknown ? t('review.lost') : explain(error)}</p>
      {orderId && (
        <ButtonLink to={`/orders/${orderId}`} look="plain">
          {t('review.already')}
        </ButtonLink>
      )}
    </Notice>
  );
}
