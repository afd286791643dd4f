import type { Case, Fault, Judge, Moment, OrderRow, StockRow, Units } from '../facts.ts';
import { hasEnded, isKept, isSettled, isUndone } from '../standing.ts';

/** I3 of one document: nothing appears or disappears. One document changes at once, so it is always true. */
export function judgeBalance({ sku, available, adjusted, sold, holds }: StockRow): Fault[] {
  const held = holds.reduce((sum, { quantity }) => sum + quantity, 0);
  const faults: Fault[] = [];
  if (adjusted !== available + held + sold) {
    faults.push({
      id: sku,
      detail: `${adjusted} came in, ${available} available + ${held} held + ${sold} sold`,
    });
  }
  for (const [name, amount] of Object.entries({ available, sold })) {
    if (amount < 0) faults.push({ id: sku, detail: `${amount} are ${name}` });
  }
  return faults;
}

/** I3 of one order: its goods are sold exactly when it is kept. */
export const judgeReservation: Judge = ({ id, order, reservation }) => {
  const state = reservation?.state ?? 'absent';
  const sold = ['COMMITTING', 'COMMITTED', 'RESTOCKING'].includes(state);
  if (!order) return sold ? [{ id, detail: `goods are sold to an order that does not exist` }] : undefined;
  if (isKept(order) && !sold && state !== 'RESTOCKED')
    return [{ id, detail: `is ${order.status} and its goods are not sold: ${state}` }];
  if (isUndone(order) && sold)
    return [{ id, detail: `is ${order.status} and its goods count as sold: ${state}` }];
  return hasEnded(order) ? [] : undefined;
};

/** I4: a hold belongs to an order that still wants it. `orders` are those that dispatch has. */
export function judgeHolds({ sku, holds }: StockRow, orders: ReadonlyMap<string, Case>, at: Moment): Fault[] {
  return holds.flatMap((hold) => {
    if (hold.at > at.settledBefore) return [];
    const it = orders.get(hold.orderId);
    if (!it?.order)
      return [{ id: hold.orderId, detail: `does not exist and holds ${hold.quantity} of ${sku}` }];
    if (!hasEnded(it.order) || !isSettled(it, at)) return [];
    return [{ id: hold.orderId, detail: `is ${it.order.status} and holds ${hold.quantity} of ${sku}` }];
  });
}

/** I9 of one document: an order holds a SKU once, and units come back once per key. */
export function judgeRepeats({ sku, holds, restocks }: StockRow): Fault[] {
  const twice = (ids: readonly string[]) => ids.filter((id, index) => ids.indexOf(id) !== index);
  return [
    ...twice(holds.map(({ orderId }) => orderId)).map((id) => ({ id, detail: `holds ${sku} twice` })),
    ...twice(restocks).map((key) => ({ id: sku, detail: `was restocked twice under ${key}` })),
  ];
}

/** How many units of a SKU may count as sold, by what orders say. */
export interface SoldRange {
  least: number;
  most: number;
}
export type SoldBySku = Map<string, SoldRange>;

/** Adds what an order sells. What still moves, or is a person's to decide, may count or not. */
export function addSold(sold: SoldBySku, it: Case, at: Moment): void {
  const { order } = it;
  if (!order || (isUndone(order) && isSettled(it, at))) return;
  const certain = isKept(order) && isSettled(it, at);
  const back = sumUnits(returnsOf(order, ['refunded']));
  const maybeBack = sumUnits(returnsOf(order, ['requested', 'failed']));
  for (const [sku, quantity] of sumUnits(order.lines)) {
    const range = sold.get(sku) ?? { least: 0, most: 0 };
    const most = certain ? quantity - (back.get(sku) ?? 0) : quantity;
    range.most += most;
    range.least += certain ? most - (maybeBack.get(sku) ?? 0) : 0;
    sold.set(sku, range);
  }
}

function returnsOf({ refunds }: OrderRow, states: readonly string[]): Units[] {
  return refunds
    .filter(({ kind, state }) => kind === 'return' && states.includes(state))
    .flatMap(({ lines }) => lines);
}

function sumUnits(lines: readonly Units[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0) + quantity);
  return sums;
}

/** I3 of all orders: what stock says was sold is what orders bought. */
export function judgeSold(counted: ReadonlyMap<string, number>, bought: SoldBySku): Fault[] {
  return [...counted].flatMap(([sku, sold]) => {
    const { least, most } = bought.get(sku) ?? { least: 0, most: 0 };
    if (sold >= least && sold <= most) return [];
    const wanted = least === most ? String(least) : `${least} to ${most}`;
    return [{ id: sku, detail: `${sold} are sold, orders bought ${wanted}` }];
  });
}
