import type { Money } from '@shopstack/contracts/primitives';

/** How many per cent a price is below the one before, rounded down; 0 when it is not. */
export function percentOff(price: Money, before: Money | undefined): number {
  if (!before || before.amountMinor <= price.amountMinor) return 0;
  return Math.floor(((before.amountMinor - price.amountMinor) * 100) / before.amountMinor);
}
