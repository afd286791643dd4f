import { useTranslation } from 'react-i18next';
import { formatNumber } from '../i18n/format.ts';

const star = 'M12 2.6l2.9 6.1 6.7.9-4.9 4.6 1.2 6.6L12 17.6l-5.9 3.2 1.2-6.6L2.4 9.6l6.7-.9Z';
const five = [0, 1, 2, 3, 4];

/** The drawing only; whoever uses it says the value in words. */
export function StarRow({ value, className = 'h-4' }: { value: number; className?: string }) {
  const { width, step } = { width: 120, step: 24 };
  return (
    <svg viewBox={`0 0 ${width} 24`} className={`${className} w-auto shrink-0`} aria-hidden="true">
      {five.map((index) => (
        <path key={index} d={star} transform={`translate(${index * step})`} fill="var(--line)" />
      ))}
      <svg width={(Math.max(0, Math.min(5, value)) / 5) * width} height="24" aria-hidden="true">
        {five.map((index) => (
          <path key={index} d={star} transform={`translate(${index * step})`} fill="var(--star)" />
        ))}
      </svg>
    </svg>
  );
}

export function Stars({ average, count }: { average: number; count: number }) {
  const { t, i18n } = useTranslation('shop');
  if (count === 0) return <span className="text-sm text-muted">{t('rating.none')}</span>;
  const value = formatNumber(average, i18n.language, 1);
  return (
    <span className="inline-flex items-center gap-1.5 text-sm text-muted tabular-nums">
      <StarRow value={average} />
      <span aria-hidden="true">
        {value} ({count})
      </span>
      <span className="sr-only">{t('rating.stars', { value, count })}</span>
    </span>
  );
}
