import type { Order } from '@shopstack/contracts/order';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createIntent } from '../api/idempotency.ts';
import { answerPaymentAction } from '../api/payment.ts';
import { useFailure } from '../app/use-failure.ts';
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
  /** The bank has the person's answer and will say what it makes of it. */
  onAnswered: (occasion: string) => void;
}

interface Answer {
  outcome: 'approve' | 'fail';
  occasion: string;
}

export function BankConfirmation({ order, followToken, open, occasion, onClose, onAnswered }: Props) {
  const { t } = useTranslation('order');
  const money = useMoney();
  const explain = useFailure();
  const [intent] = useState(() => createIntent());
  const answer = useMutation({
    // An answer that got lost on its way belongs to its occasion: the bank may ask again.
    mutationFn: ({ outcome, occasion: asked }: Answer) =>
      intent.run({ outcome, asked }, (idempotencyKey) =>
        answerPaymentAction({ paymentId: order.payment.id, followToken, idempotencyKey }, { outcome }),
      ),
    onSuccess: (_, { occasion: answered }) => onAnswered(answered),
  });
  return (
    <Dialog
      open={open}
      onClose={() => onClose(occasion)}
      title={t('pay.action')}
      footer={
        <div className="flex flex-wrap gap-3">
          <Button
            className="grow"
            busy={answer.isPending}
            onClick={() => answer.mutate({ outcome: 'approve', occasion })}
          >
            {answer.isPending ? t('pay.sending') : t('pay.approve')}
          </Button>
          <Button
            look="danger"
            disabled={answer.isPending}
            onClick={() => answer.mutate({ outcome: 'fail', occasion })}
          >
            {t('pay.fail')}
          </Button>
        </div>
      }
    >
      <div className="grid gap-4">
        <p>{t('pay.actionText', { total: money(order.total) })}</p>
        {answer.error && (
          <Notice tone="bad" urgent>
            {explain(answer.error)}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
