import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailure } from '../app/use-failure.ts';
import { ChoiceCard } from '../ui/choice-card.tsx';
import { Notice } from '../ui/notice.tsx';
import { PhonePayment } from './phone-payment.tsx';
import { Section } from './section.tsx';
import { TestCard } from './test-card.tsx';
import type { PaymentChoice } from './use-payment-choice.ts';

interface Props {
  payment: PaymentChoice;
  /** Somebody wanted to order: what is missing is said. */
  asked: boolean;
  numberField: Ref<HTMLInputElement>;
}

export function PaymentSection(props: Props) {
  const { t } = useTranslation('checkout');
  return (
    <Section number={4} title={t('payment.title')}>
      <Content {...props} />
    </Section>
  );
}

function Content({ payment, asked, numberField }: Props) {
  const { t } = useTranslation('checkout');
  const explain = useFailure();
  const { methods, method, tokens } = payment;
  if (methods.isError) return <Notice tone="bad">{explain(methods.error)}</Notice>;
  if (!methods.data) return <p className="text-muted">{t('payment.waiting')}</p>;
  if (!method) return <Notice tone="warn">{t('payment.none')}</Notice>;
  return (
    <div className="grid gap-5">
      {payment.items.length > 1 && <Methods {...payment} />}
      {payment.byPhone && (
        <PhonePayment
          tokens={tokens}
          number={payment.number}
          onNumber={payment.setNumber}
          asked={asked}
          field={numberField}
        />
      )}
      {!payment.byPhone && tokens.length > 0 && (
        <TestCard tokens={tokens} token={payment.token} onToken={payment.setCard} />
      )}
    </div>
  );
}

function Methods({ items, method, setMethodId }: PaymentChoice) {
  const { t } = useTranslation('checkout');
  return (
    <fieldset className="grid gap-2">
      <legend className="sr-only">{t('payment.method')}</legend>
      {items.map(({ id, name, kind }) => (
        <ChoiceCard
          key={id}
          name="payment-method"
          checked={id === method?.id}
          onChange={() => setMethodId(id)}
          title={name}
          detail={t(`payment.kind.${kind}`)}
        />
      ))}
    </fieldset>
  );
}
