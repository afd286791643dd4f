import type { Order } from '@shopstack/contracts/order';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatTime } from '../i18n/format.ts';
import { CloseIcon } from '../ui/icons.tsx';
import { CheckIcon } from '../ui/more-icons.tsx';
import { wordsFor } from './phone-words.ts';
import { type StepState, type TimelineEntry, timelineOf } from './timeline.ts';

const dots: Readonly<Record<StepState, string>> = {
  done: 'bg-brand text-on-brand',
  current: 'animate-pulse-ring border-2 border-brand bg-surface',
  waiting: 'border-2 border-line bg-surface',
  trouble: 'bg-bad text-surface',
};

export function Timeline({ order }: { order: Order }) {
  const { t } = useTranslation('order');
  return (
    <section aria-labelledby="timeline" className="card p-5 md:p-7">
      <h2 id="timeline" className="mb-5 text-2xl font-semibold">
        {t('timeline')}
      </h2>
      <ol className="grid">
        {timelineOf(order).map((entry, index, all) => (
          <Step
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever appended, and may repeat
            key={`${index} ${entry.step}`}
            entry={entry}
            order={order}
            last={index === all.length - 1}
          />
        ))}
      </ol>
    </section>
  );
}

function Step({ entry, order, last }: { entry: TimelineEntry; order: Order; last: boolean }) {
  const { t, i18n } = useTranslation('order');
  const { step, state, at } = entry;
  const sameDay = at?.slice(0, 10) === order.placedAt.slice(0, 10);
  return (
    <li className="relative grid grid-cols-[2rem_1fr_auto] items-start gap-4 pb-6 last:pb-0">
      {!last && (
        <span
          aria-hidden="true"
          className={`absolute start-[0.9375rem] top-8 bottom-0 w-0.5 ${state === 'done' ? 'bg-brand' : 'bg-line'}`}
        />
      )}
      <span
        aria-hidden="true"
        className={`grid size-8 place-items-center rounded-full ${dots[state]} ${state === 'done' ? 'animate-rise' : ''}`}
      >
        {state === 'done' && <CheckIcon />}
        {state === 'trouble' && <CloseIcon className="size-5" />}
      </span>
      <span className={`pt-1 leading-snug ${state === 'waiting' ? 'text-muted' : 'font-semibold'}`}>
        {t(`step.${step}`, wordsFor(order))}
        <span className="sr-only"> ({t(`stepState.${state}`)})</span>
      </span>
      {at && (
        <time dateTime={at} className="pt-1 text-sm text-muted tabular-nums">
          {sameDay ? formatTime(at, i18n.language) : formatDateTime(at, i18n.language)}
        </time>
      )}
    </li>
  );
}
