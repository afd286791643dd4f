import type { Order } from '@shopstack/contracts/order';
import { useTranslation } from 'react-i18next';
import { Spinner } from '../ui/spinner.tsx';
import { wordsFor } from './phone-words.ts';

/** Between the person's answer and the bank's: its word comes with the order's next event. */
export function BankAsked({ order }: { order: Order }) {
  const { t } = useTranslation('order');
  const words = wordsFor(order);
  return (
    <div role="status" className="flex items-start gap-3 rounded-2xl bg-brand-soft px-4 py-3 text-[0.95rem]">
      <span aria-hidden="true" className="mt-0.5 shrink-0 text-brand">
        <Spinner />
      </span>
      <div>
        <p className="font-semibold">{t('pay.sending', words)}</p>
        <p>{t('pay.watch')}</p>
      </div>
    </div>
  );
}
