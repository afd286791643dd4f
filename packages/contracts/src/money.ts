import type { Money } from './primitives.ts';

/** Adds amounts of one currency; zero of `currency` for none. */
export const sumMoney = (amounts: readonly Money[], currency: string): Money => ({
  amountMinor: amounts.reduce((sum, it) => sum + it.amountMinor, 0),
  currency,
});

/** How much of a gross amount is tax, rounded half up; the rate is in basis points of the net amount. */
export const taxContained = (gross: Money, rateBp: number): Money => ({
  amountMinor: Math.floor((2 * gross.amountMinor * rateBp + 10_000 + rateBp) / (2 * (10_000 + rateBp))),
  currency: gross.currency,
});
