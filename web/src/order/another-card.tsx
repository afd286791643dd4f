import type { Order } from '@shopstack/contracts/order';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createIntent } from '../api/idempotency.ts';
import { attemptPaymentAgain } from '../api/payment.ts';
import { useFailure } from '../app/use-failure.ts';
import { TestCard } from '../checkout/test-card.tsx';
import { usePaymentChoice } from '../checkout/use-payment-choice.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { useMoney } from '../ui/price.tsx';

interface Props {
  order: Order;
  followToken: string | undefined;
  open: boolean;
  /** What is asked for now. The order's next event may overtake our answer: only this occasion is closed by it. */
  occasion: string;
  onClose: (occasion: string) => void;
}

export function AnotherCard({ order, followToken, open, occasion, onClose }: Props) {
  const { t } = useTranslation('order');
  const money = useMoney();
  const explain = useFailure();
  const payment = usePaymentChoice(order.address.country, order.total.currency);
  const [intent] = useState(() => createIntent());
  const attempt = useMutation({
    mutationFn: ({ body }: { body: { paymentMethod: string; paymentToken: string }; occasion: string }) =>
      // The version tells two tries with the same card apart.
      intent.run({ ...body, version: order.version }, (idempotencyKey) =>
        attemptPaymentAgain({ paymentId: order.payment.id, followToken, idempotencyKey }, body),
      ),
    onSuccess: (_, { occasion: answered }) => onClose(answered),
  });
  const { method, token } = payment;
  const pay = () => {
    if (method && token)
      attempt.mutate({ body: { paymentMethod: method.id, paymentToken: token }, occasion });
  };
  return (
    <Dialog
      open={open}
      onClose={() => onClose(occasion)}
      title={t('pay.again')}
      footer={
        <Button className="w-full" busy={attempt.isPending} disabled={!method || !token} onClick={pay}>
          {attempt.isPending ? t('pay.sending') : t('pay.submit', { total: money(order.total) })}
        </Button>
      }
    >
      <div className="grid gap-5">
        <p>{t('pay.againText')}</p>
        {payment.tokens.length > 0 && (
          <TestCard tokens={payment.tokens} token={token} onToken={payment.setToken} />
        )}
        {attempt.error && (
          <Notice tone="bad" urgent>
            {explain(attempt.error)}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
