import type { OrderStatus } from '@shopstack/contracts/order';
import type { AttemptRow, Case, Moment, OrderRow } from './facts.ts';

const paid: readonly OrderStatus[] = ['confirmed', 'shipped', 'completed'];
const unpaid: readonly OrderStatus[] = ['rejected', 'cancelled', 'refunded'];

/** The order is kept: its money was taken and its goods are sold. */
export const isKept = ({ status }: Pick<OrderRow, 'status'>): boolean => paid.includes(status);
/** The order is over and nothing of it may remain. */
export const isUndone = ({ status }: Pick<OrderRow, 'status'>): boolean => unpaid.includes(status);
/** Nothing has to happen to it by itself any more. */
export const hasEnded = (it: Pick<OrderRow, 'status'>): boolean => isKept(it) || isUndone(it);
export const needsPerson = ({ status }: Pick<OrderRow, 'status'>): boolean => status === 'attention-required';

const open = ['intent', 'unknown', 'waiting'];
/** Nobody knows yet what the provider made of it. */
export const isOpen = ({ state }: Pick<AttemptRow, 'state'>): boolean => open.includes(state);

/** When anything about the order last changed, in whichever store. */
function changedAt(it: Case): number {
  const { order, saga, reservation, payments, attempts, shipments, provider } = it;
  // A charge that was given up is asked about for hours: its payment tells when there is news.
  const asked = attempts.filter(isOpen);
  const rows = [order, saga, reservation, ...payments, ...asked, ...shipments, ...provider];
  return Math.max(0, ...rows.map((it) => it?.updatedAt ?? 0));
}

export const isSettled = (it: Case, { settledBefore }: Moment): boolean => changedAt(it) <= settledBefore;

/** What was given back of the total, and what may be on its way. */
export function refundsOf({ refunds }: Pick<OrderRow, 'refunds'>): { doneMinor: number; openMinor: number } {
  const sum = (state: string) =>
    refunds.filter((it) => it.state === state).reduce((total, it) => total + it.amountMinor, 0);
  return { doneMinor: sum('refunded'), openMinor: sum('requested') };
}
