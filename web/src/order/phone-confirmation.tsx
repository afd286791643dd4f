import type { Order } from '@shopstack/contracts/order';
import { useTranslation } from 'react-i18next';
import { payerEnding } from '../checkout/phone-number.ts';
import { Notice } from '../ui/notice.tsx';
import { useMoney } from '../ui/price.tsx';

/** Nothing can be done here but to wait for the phone; how long that takes nobody can promise. */
export function PhoneConfirmation({ order }: { order: Order }) {
  const { t } = useTranslation('order');
  const money = useMoney();
  const ending = payerEnding(sessionStorage, order.id);
  const total = money(order.total);
  return (
    <Notice tone="warn">
      <p className="font-semibold">{t('pay.onPhone')}</p>
      <p>{ending ? t('pay.onPhoneKnown', { total, ending }) : t('pay.onPhoneText', { total })}</p>
      <p className="mt-1">{t('pay.onPhoneWatch')}</p>
    </Notice>
  );
}
