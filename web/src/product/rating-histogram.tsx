import { useTranslation } from 'react-i18next';
import { formatNumber } from '../i18n/format.ts';
import { StarRow } from '../ui/stars.tsx';

interface Rating {
  average: number;
  count: number;
  histogram: readonly number[];
}

const fiveToOne = [5, 4, 3, 2, 1];

export function RatingHistogram({ rating }: { rating: Rating }) {
  const { t, i18n } = useTranslation('shop');
  return (
    <div className="grid gap-4">
      <div className="flex items-center gap-4">
        <span className="font-display text-6xl font-semibold tabular-nums" aria-hidden="true">
          {formatNumber(rating.average, i18n.language, 1)}
        </span>
        <div>
          <StarRow value={rating.average} className="h-6" />
          <p className="text-sm text-muted">
            <span className="sr-only">
              {t('reviews.average', { value: formatNumber(rating.average, i18n.language, 1) })}.{' '}
            </span>
            {t('product.reviewsLink', { count: rating.count })}
          </p>
        </div>
      </div>
      <ul aria-label={t('reviews.histogram')} className="grid gap-1.5">
        {fiveToOne.map((stars) => {
          const count = rating.histogram[stars - 1] ?? 0;
          return (
            <li
              key={stars}
              className="grid grid-cols-[1.25rem_1fr_2.5rem] items-center gap-3 text-sm tabular-nums"
            >
              <span className="sr-only">{t('reviews.bar', { stars, count })}</span>
              <span aria-hidden="true">{stars}</span>
              <span aria-hidden="true" className="h-2.5 overflow-hidden rounded-full bg-line">
                <span
                  className="block h-full rounded-full bg-star"
                  style={{ width: `${rating.count > 0 ? (count / rating.count) * 100 : 0}%` }}
                />
              </span>
              <span aria-hidden="true" className="text-end text-muted">
                {count}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
