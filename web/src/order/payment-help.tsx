import type { Order } from '@shopstack/contracts/order';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { AnotherCard } from './another-card.tsx';
import { BankConfirmation } from './bank-confirmation.tsx';
import { neededAction } from './timeline.ts';

interface Props {
  order: Order;
  followToken: string | undefined;
}

/** Opens by itself when the bank waits for the person, and stays reachable when it was closed. */
export function PaymentHelp({ order, followToken }: Props) {
  const { t } = useTranslation('order');
  const needed = neededAction(order);
  const declines = order.steps.filter(({ step }) => step === 'payment-declined').length;
  const occasion = `${needed} ${declines}`;
  const [closed, setClosed] = useState<string>();
  const open = closed !== occasion;

  return (
    <>
      {needed && (
        <Notice tone="warn">
          <p className="font-semibold">{needed === 'confirm' ? t('pay.action') : t('pay.again')}</p>
          {needed === 'choose-another-method' && <p>{t('pay.againText')}</p>}
          <Button className="mt-3" onClick={() => setClosed(undefined)}>
            {needed === 'confirm' ? t('pay.open') : t('pay.againOpen')}
          </Button>
        </Notice>
      )}
      <BankConfirmation
        order={order}
        followToken={followToken}
        occasion={occasion}
        open={open && needed === 'confirm'}
        onClose={setClosed}
      />
      <AnotherCard
        order={order}
        followToken={followToken}
        occasion={occasion}
        open={open && needed === 'choose-another-method'}
        onClose={setClosed}
      />
    </>
  );
}
