import type { Review } from '@shopstack/contracts/ratings';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { voteForReview } from '../api/ratings.ts';
import { notify } from '../app/toasts.ts';
import { useFailure } from '../app/use-failure.ts';
import { useSession } from '../app/use-session.ts';
import { formatDate, formatNumber } from '../i18n/format.ts';
import { CheckIcon, ThumbIcon } from '../ui/more-icons.tsx';
import { StarRow } from '../ui/stars.tsx';

export function ReviewCard({ review }: { review: Review }) {
  const { t, i18n } = useTranslation('shop');
  const explain = useFailure();
  const session = useSession();
  const vote = useMutation({
    mutationFn: (helpful: boolean) => voteForReview(review.id, helpful),
    onError: (error) => notify(explain(error), 'bad'),
  });
  const helpful = vote.data?.helpful ?? review.helpful;
  return (
    <li className="card grid gap-2 p-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StarRow value={review.rating} />
        <span className="sr-only">
          {t('reviews.average', { value: formatNumber(review.rating, i18n.language) })}
        </span>
        {review.title && (
          <h3 className="font-sans text-base font-semibold tracking-normal">{review.title}</h3>
        )}
      </div>
      <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
        <span className="font-medium text-ink">{review.author}</span>
        <time dateTime={review.createdAt}>{formatDate(review.createdAt, i18n.language)}</time>
        {review.verified && (
          <span className="inline-flex items-center gap-1 text-good">
            <CheckIcon className="size-4" />
            {t('reviews.verified')}
          </span>
        )}
      </p>
      {review.body && <p className="max-w-prose whitespace-pre-line">{review.body}</p>}
      {session.status === 'signed-in' ? (
        <button
          type="button"
          aria-pressed={vote.variables === true && vote.isSuccess}
          className="inline-flex min-h-10 w-fit items-center gap-2 rounded-full border border-line px-4 text-sm text-muted hover:bg-sunken aria-pressed:border-brand aria-pressed:text-brand"
          onClick={() => vote.mutate(!(vote.variables === true && vote.isSuccess))}
        >
          <ThumbIcon className="size-4" />
          {t('reviews.helpful', { count: helpful })}
        </button>
      ) : (
        helpful > 0 && (
          <p className="inline-flex items-center gap-2 text-sm text-muted">
            <ThumbIcon className="size-4" />
            {t('reviews.helpful', { count: helpful })}
          </p>
        )
      )}
    </li>
  );
}
