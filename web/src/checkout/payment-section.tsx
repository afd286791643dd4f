import { useTranslation } from 'react-i18next';
import { useFailure } from '../app/use-failure.ts';
import { ChoiceCard } from '../ui/choice-card.tsx';
import { Notice } from '../ui/notice.tsx';
import { Section } from './section.tsx';
import { TestCard } from './test-card.tsx';
import type { PaymentChoice } from './use-payment-choice.ts';

export function PaymentSection({ payment }: { payment: PaymentChoice }) {
  const { t } = useTranslation('checkout');
  return (
    <Section number={4} title={t('payment.title')}>
      <Content {...payment} />
    </Section>
  );
}

function Content({ methods, items, method, tokens, token, setMethodId, setToken }: PaymentChoice) {
  const { t } = useTranslation('checkout');
  const explain = useFailure();
  if (methods.isError) return <Notice tone="bad">{explain(methods.error)}</Notice>;
  if (!methods.data) return <p className="text-muted">{t('payment.waiting')}</p>;
  if (!method) return <Notice tone="warn">{t('payment.none')}</Notice>;
  return (
    <div className="grid gap-5">
      {items.length > 1 && (
        <fieldset className="grid gap-2">
          <legend className="sr-only">{t('payment.method')}</legend>
          {items.map(({ id, name, kind }) => (
            <ChoiceCard
              key={id}
              name="payment-method"
              checked={id === method.id}
              onChange={() => setMethodId(id)}
              title={name}
              detail={t(`payment.kind.${kind}`)}
            />
          ))}
        </fieldset>
      )}
      {tokens.length > 0 && <TestCard tokens={tokens} token={token} onToken={setToken} />}
    </div>
  );
}
