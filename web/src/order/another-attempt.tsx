import type { Order } from '@shopstack/contracts/order';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createIntent } from '../api/idempotency.ts';
import { attemptPaymentAgain } from '../api/payment.ts';
import { useFailure } from '../app/use-failure.ts';
import { rememberPayer } from '../checkout/phone-number.ts';
import { PhonePayment } from '../checkout/phone-payment.tsx';
import { TestCard } from '../checkout/test-card.tsx';
import { usePaymentChoice } from '../checkout/use-payment-choice.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { useMoney } from '../ui/price.tsx';
import { wordsFor } from './phone-words.ts';

interface Props {
  order: Order;
  followToken: string | undefined;
  open: boolean;
  /** What is asked for now. The order's next event may overtake our answer: only this occasion is closed by it. */
  occasion: string;
  onClose: (occasion: string) => void;
  /** The bank or the phone is being asked. */
  onAsked: (occasion: string) => void;
}

interface Try {
  body: { paymentMethod: string; paymentToken: string };
  occasion: string;
}

/** Pays again the way that was chosen: with another card, or on the phone once more. */
export function AnotherAttempt({ order, followToken, open, occasion, onClose, onAsked }: Props) {
  const { t } = useTranslation('order');
  const money = useMoney();
  const explain = useFailure();
  const words = wordsFor(order);
  const payment = usePaymentChoice(order.address.country, order.total.currency, order.payment.method);
  const [intent] = useState(() => createIntent());
  const [wasPressed, setWasPressed] = useState(false);
  const numberField = useRef<HTMLInputElement>(null);
  const attempt = useMutation({
    // A try whose answer got lost belongs to its occasion: the same card may be tried at the next.
    mutationFn: ({ body, occasion: asked }: Try) =>
      intent.run({ ...body, asked }, (idempotencyKey) =>
        attemptPaymentAgain({ paymentId: order.payment.id, followToken, idempotencyKey }, body),
      ),
    onSuccess: (_, { body, occasion: answered }) => {
      if (payment.byPhone) rememberPayer(sessionStorage, order.id, body.paymentToken);
      onAsked(answered);
    },
  });
  const { method, token } = payment;
  const pay = () => {
    setWasPressed(true);
    if (method && token)
      attempt.mutate({ body: { paymentMethod: method.id, paymentToken: token }, occasion });
    else numberField.current?.focus();
  };
  return (
    <Dialog
      open={open}
      onClose={() => onClose(occasion)}
      title={t('pay.again', words)}
      footer={
        <Button
          className="w-full"
          busy={attempt.isPending}
          disabled={!method || (!token && !payment.byPhone)}
          onClick={pay}
        >
          {attempt.isPending ? t('pay.sending', words) : t('pay.submit', { total: money(order.total) })}
        </Button>
      }
    >
      <div className="grid gap-5">
        <p>{t('pay.againText', words)}</p>
        {payment.byPhone && (
          <PhonePayment
            tokens={payment.tokens}
            number={payment.number}
            onNumber={payment.setNumber}
            asked={wasPressed}
            field={numberField}
          />
        )}
        {!payment.byPhone && payment.tokens.length > 0 && (
          <TestCard tokens={payment.tokens} token={token} onToken={payment.setCard} />
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
