import { formatRound } from '../i18n/format.ts';

type Words = (
  key: 'list.below' | 'list.above' | 'list.between',
  values: { from: string; to: string },
) => string;

/** "up to €20", "€20 to €50", "€100 and more". */
export function priceWords(
  range: { min: number | undefined; max: number | undefined; currency: string; language: string },
  words: Words,
): string {
  const round = (minor: number | undefined) =>
    minor === undefined ? '' : formatRound(minor, range.currency, range.language);
  const values = { from: round(range.min), to: round(range.max) };
  if (range.max === undefined) return words('list.above', values);
  return words(range.min ? 'list.between' : 'list.below', values);
}
