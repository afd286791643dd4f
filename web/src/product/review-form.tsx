import type { Review } from '@shopstack/contracts/ratings';
import { RadioGroup } from 'radix-ui';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewInput } from '../api/ratings.ts';
import { useFailure } from '../app/use-failure.ts';
import { Button } from '../ui/button.tsx';
import { Field, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';

interface Props {
  review: Review | undefined;
  author: string;
  busy: boolean;
  error: unknown;
  onSave: (input: ReviewInput) => void;
  onRemove: (() => void) | undefined;
}

const oneToFive = [1, 2, 3, 4, 5];

export function ReviewForm({ review, author, busy, error, onSave, onRemove }: Props) {
  const { t } = useTranslation('shop');
  const explain = useFailure();
  const [rating, setRating] = useState(review?.rating ?? 0);
  const [problem, setProblem] = useState<string>();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    if (rating === 0) return setProblem(t('reviews.chooseStars'));
    if (!text('author')) return setProblem(t('reviews.needName'));
    setProblem(undefined);
    onSave({ rating, title: text('title'), body: text('body'), author: text('author') });
  };
  return (
    <form className="grid gap-5" onSubmit={submit} noValidate>
      <div className="grid gap-1.5">
        <p id="review-stars" className="text-sm font-semibold">
          {t('reviews.rating')}
        </p>
        <RadioGroup.Root
          aria-labelledby="review-stars"
          className="flex flex-wrap gap-2"
          value={String(rating)}
          onValueChange={(value) => setRating(Number(value))}
        >
          {oneToFive.map((value) => (
            <RadioGroup.Item
              key={value}
              value={String(value)}
              aria-label={t('reviews.stars', { count: value })}
              className="grid size-12 place-items-center rounded-xl border border-edge data-[state=checked]:border-brand data-[state=checked]:bg-brand-soft"
            >
              <svg viewBox="0 0 24 24" className="size-7" aria-hidden="true">
                <path
                  d="M12 2.6l2.9 6.1 6.7.9-4.9 4.6 1.2 6.6L12 17.6l-5.9 3.2 1.2-6.6L2.4 9.6l6.7-.9Z"
                  fill={value <= rating ? 'var(--star)' : 'var(--edge)'}
                />
              </svg>
            </RadioGroup.Item>
          ))}
        </RadioGroup.Root>
      </div>
      <TextField label={t('reviews.heading')} name="title" maxLength={120} defaultValue={review?.title} />
      <Field label={t('reviews.body')}>
        {(wiring) => (
          <textarea
            {...wiring}
            name="body"
            rows={5}
            maxLength={4000}
            defaultValue={review?.body}
            className="input"
          />
        )}
      </Field>
      <TextField label={t('reviews.author')} name="author" maxLength={60} defaultValue={author} required />
      {(problem !== undefined || error !== null) && (
        <Notice tone="bad" urgent>
          {problem ?? explain(error)}
        </Notice>
      )}
      <div className="flex flex-wrap justify-between gap-3">
        <Button type="submit" busy={busy}>
          {busy ? t('reviews.saving') : t('reviews.save')}
        </Button>
        {onRemove && (
          <Button look="danger" disabled={busy} onClick={onRemove}>
            {t('reviews.remove')}
          </Button>
        )}
      </div>
    </form>
  );
}
