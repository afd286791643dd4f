import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchRating, fetchReviews, type ReviewSort } from '../api/ratings.ts';
import { Button } from '../ui/button.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { MyReview } from './my-review.tsx';
import { RatingHistogram } from './rating-histogram.tsx';
import { ReviewCard } from './review-card.tsx';

const sorts: readonly ReviewSort[] = ['newest', 'helpful', 'rating-desc', 'rating-asc'];

export function Reviews({ productId }: { productId: string }) {
  const { t } = useTranslation('shop');
  const rating = useQuery({
    queryKey: ['rating', productId],
    queryFn: ({ signal }) => fetchRating(productId, signal),
  });
  return (
    <section id="reviews" aria-labelledby="reviews-title" className="border-y border-line bg-sunken">
      <div className="wrap grid gap-10 py-14 lg:grid-cols-[20rem_1fr] lg:gap-16">
        <div className="grid content-start gap-6">
          <h2 id="reviews-title" className="text-3xl font-semibold">
            {t('reviews.title')}
          </h2>
          {rating.data && rating.data.count > 0 && <RatingHistogram rating={rating.data} />}
          <MyReview productId={productId} />
        </div>
        <ReviewList productId={productId} />
      </div>
    </section>
  );
}

function ReviewList({ productId }: { productId: string }) {
  const { t } = useTranslation('shop');
  const [sort, setSort] = useState<ReviewSort>('newest');
  const reviews = useInfiniteQuery({
    queryKey: ['reviews', productId, sort],
    queryFn: ({ pageParam }) => fetchReviews(productId, sort, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  if (reviews.isError && !reviews.data) {
    return (
      <LoadFailure title={t('reviews.title')} error={reviews.error} onRetry={() => void reviews.refetch()} />
    );
  }
  if (!reviews.data) return <Skeleton className="h-64" />;
  const items = reviews.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className="self-center text-muted">{t('reviews.none')}</p>;
  return (
    <div className="grid content-start gap-5">
      <label className="flex items-center gap-3 justify-self-end text-sm text-muted">
        {t('reviews.sort')}
        <select
          className="input w-auto! rounded-full! text-ink"
          value={sort}
          onChange={({ target }) => setSort(sorts.find((one) => one === target.value) ?? 'newest')}
        >
          {sorts.map((one) => (
            <option key={one} value={one}>
              {t(`reviews.sorts.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <ul className="grid gap-4">
        {items.map((review) => (
          <ReviewCard key={review.id} review={review} />
        ))}
      </ul>
      {reviews.hasNextPage && (
        <Button look="quiet" busy={reviews.isFetchingNextPage} onClick={() => void reviews.fetchNextPage()}>
          {t('reviews.more')}
        </Button>
      )}
    </div>
  );
}
