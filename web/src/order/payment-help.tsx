import type { Order } from '@shopstack/contracts/order';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { AnotherAttempt } from './another-attempt.tsx';
import { BankConfirmation } from './bank-confirmation.tsx';
import { PhoneConfirmation } from './phone-confirmation.tsx';
import { wordsFor } from './phone-words.ts';
import { neededAction, occasionOf } from './timeline.ts';

interface Props {
  order: Order;
  followToken: string | undefined;
  /** The bank has the person's answer: nothing is needed from them. */
  isAsked: boolean;
  /** The bank was asked on this occasion. */
  onAsked: (occasion: string) => void;
}

/** Opens by itself when the bank waits for the person, and stays reachable when it was closed. */
export function PaymentHelp({ order, followToken, isAsked, onAsked }: Props) {
  const { t } = useTranslation('order');
  const needed = neededAction(order);
  const words = wordsFor(order);
  const occasion = occasionOf(order);
  const [closed, setClosed] = useState<string>();
  const open = closed !== occasion && !isAsked;

  return (
    <>
      {needed === 'confirm-on-phone' && <PhoneConfirmation order={order} />}
      {!isAsked && (needed === 'confirm' || needed === 'choose-another-method') && (
        <Notice tone="warn">
          <p className="font-semibold">{needed === 'confirm' ? t('pay.action') : t('pay.again', words)}</p>
          {needed === 'choose-another-method' && <p>{t('pay.againText', words)}</p>}
          <Button className="mt-3" onClick={() => setClosed(undefined)}>
            {needed === 'confirm' ? t('pay.open') : t('pay.againOpen', words)}
          </Button>
        </Notice>
      )}
      <BankConfirmation
        order={order}
        followToken={followToken}
        occasion={occasion}
        open={open && needed === 'confirm'}
        onClose={setClosed}
        onAnswered={onAsked}
      />
      <AnotherAttempt
        order={order}
        followToken={followToken}
        occasion={occasion}
        open={open && needed === 'choose-another-method'}
        onClose={setClosed}
        onAsked={onAsked}
      />
    </>
  );
}
