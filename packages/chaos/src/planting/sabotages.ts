import { messaging } from './mistakes/messaging.ts';
import { money } from './mistakes/money.ts';
import { orders } from './mistakes/orders.ts';
import { requests } from './mistakes/requests.ts';
import { stock } from './mistakes/stock.ts';
import type { Sabotage } from './sabotage.ts';

export type { NeededBuyers, Sabotage } from './sabotage.ts';

/** Every sabotage. `sabotages.test.ts` checks them against the sources. */
export const sabotages: readonly Sabotage[] = [...messaging, ...money, ...stock, ...orders, ...requests];

/** @throws TypeError when there is none of this name. */
export function sabotageNamed(name: string): Sabotage {
  const found = sabotages.find((it) => it.name === name);
  if (!found) throw new TypeError(`there is no sabotage ${name}`);
  return found;
}
