import type { Money } from '@shopstack/contracts/primitives';

/** The reader's own variant of the language: en-GB writes days before months and 24 hours. */
export const regional = (
  language: string,
  preferred: readonly string[] = globalThis.navigator?.languages ?? [],
): string => preferred.find((tag) => tag.split('-')[0] === language) ?? language;

const moneyFormats = new Map<string, Intl.NumberFormat>();

function moneyFormat(language: string, currency: string): Intl.NumberFormat {
  const key = `${language} ${currency}`;
  const format = moneyFormats.get(key) ?? new Intl.NumberFormat(language, { style: 'currency', currency });
  moneyFormats.set(key, format);
  return format;
}

/** How many decimals a currency has: 2 for EUR, 0 for JPY. */
const decimalsOf = (currency: string): number =>
  moneyFormat('en', currency).resolvedOptions().maximumFractionDigits ?? 2;

export function formatMoney({ amountMinor, currency }: Money, language: string): string {
  return moneyFormat(language, currency).format(amountMinor / 10 ** decimalsOf(currency));
}

/** Whole units without decimals, for filters. */
export function formatRound(amountMinor: number, currency: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency, maximumFractionDigits: 0 }).format(
    amountMinor / 10 ** decimalsOf(currency),
  );
}

export const formatDate = (time: string, language: string): string =>
  new Intl.DateTimeFormat(regional(language), { dateStyle: 'long' }).format(new Date(time));
export const formatDateTime = (time: string, language: string): string =>
  new Intl.DateTimeFormat(regional(language), { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(time),
  );
export const formatTime = (time: string, language: string): string =>
  new Intl.DateTimeFormat(regional(language), { timeStyle: 'medium' }).format(new Date(time));
export const formatNumber = (value: number, language: string, digits = 0): string =>
  new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    value,
  );

/** The days on which a parcel sent today may come, as one range. */
export function formatArrival(days: { min: number; max: number }, from: Date, language: string): string {
  const format = new Intl.DateTimeFormat(regional(language), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  });
  const after = (count: number) => new Date(from.getFullYear(), from.getMonth(), from.getDate() + count);
  return format.formatRange(after(days.min), after(days.max));
}

export function countryName(code: string, language: string): string {
  return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
}
