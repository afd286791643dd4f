import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/problem.ts';
import { useFailure } from '../app/use-failure.ts';
import { formatArrival } from '../i18n/format.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceCard } from '../ui/choice-card.tsx';
import { Notice } from '../ui/notice.tsx';
import { useMoney } from '../ui/price.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Section } from './section.tsx';
import type { Delivery } from './use-delivery.ts';

export function DeliverySection({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('checkout');
  return (
    <Section number={3} title={t('delivery.title')}>
      <div aria-live="polite">
        <Content {...delivery} />
      </div>
    </Section>
  );
}

function Content({ quotes, options, chosen, setMethod }: Delivery) {
  const { t, i18n } = useTranslation(['checkout', 'shell']);
  const explain = useFailure();
  const money = useMoney();
  if (quotes.isError && options.length === 0) {
    return (
      <Notice tone="bad">
        <p>{explain(quotes.error)}</p>
        {!isProblem(quotes.error, 'destination-unreachable', 'unknown-country') && (
          <Button look="plain" onClick={() => void quotes.refetch()}>
            {t('shell:retry')}
          </Button>
        )}
      </Notice>
    );
  }
  if (quotes.fetchStatus === 'fetching' && options.length === 0) {
    return (
      <div className="grid gap-2">
        <span className="sr-only">{t('delivery.loading')}</span>
        <Skeleton className="h-18 rounded-2xl" />
        <Skeleton className="h-18 rounded-2xl" />
      </div>
    );
  }
  if (options.length === 0) return <p className="text-muted">{t('delivery.waiting')}</p>;
  return (
    <fieldset className="grid gap-2">
      <legend className="sr-only">{t('delivery.choose')}</legend>
      {options.map(({ method, price, days }) => (
        <ChoiceCard
          key={method}
          name="delivery"
          checked={method === chosen?.method}
          onChange={() => setMethod(method)}
          title={t(`delivery.method.${method}`)}
          detail={[
            t('delivery.days', {
              count: days.max,
              range: days.min === days.max ? days.max : `${days.min}–${days.max}`,
            }),
            t('delivery.arrives', { range: formatArrival(days, new Date(), i18n.language) }),
          ].join(' · ')}
          aside={price.amountMinor === 0 ? t('delivery.free') : money(price)}
        />
      ))}
    </fieldset>
  );
}
