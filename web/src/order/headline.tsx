import type { Order } from '@shopstack/contracts/order';
import { useTranslation } from 'react-i18next';
import { CheckIcon, InfoIcon, WarningIcon } from '../ui/more-icons.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { wordsFor } from './phone-words.ts';
import { isMoving, type Mood, moodOf } from './timeline.ts';

const tones: Readonly<Record<Mood, string>> = {
  good: 'bg-good-soft text-good',
  busy: 'bg-brand-soft text-brand',
  you: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
};

interface Props {
  order: Order;
  /** Between the person's answer and the bank's: its word comes with the order's next event. */
  isAsked: boolean;
}

/** Where the order stands and what that means, in words; announced when it changes. */
export function Headline({ order, isAsked }: Props) {
  const { t } = useTranslation('order');
  const mood = isAsked ? 'busy' : moodOf(order.status);
  const words = wordsFor(order);
  const told = isAsked ? 'asking' : order.status;
  const explanation = order.reason ? t(`reason.${order.reason.code}`, words) : t(`explain.${told}`, words);
  return (
    <div className={`flex items-start gap-5 rounded-[1.75rem] p-6 md:items-center md:p-8 ${tones[mood]}`}>
      <span aria-hidden="true" className="grid size-14 shrink-0 place-items-center rounded-full bg-surface">
        <MoodIcon mood={mood} moving={isAsked || isMoving(order)} />
      </span>
      <div role="status" className="grid gap-1">
        <h1 className="text-3xl font-semibold text-ink md:text-4xl">{t(`headline.${told}`, words)}</h1>
        <p className="max-w-prose text-ink">{explanation}</p>
      </div>
    </div>
  );
}

function MoodIcon({ mood, moving }: { mood: Mood; moving: boolean }) {
  if (moving) return <Spinner />;
  if (mood === 'good') return <CheckIcon className="size-7" />;
  if (mood === 'busy') return <InfoIcon className="size-7" />;
  return <WarningIcon className="size-7" />;
}
