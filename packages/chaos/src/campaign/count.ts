import type { OrderStatus } from '@shopstack/contracts/order';
import { isSettled } from '../buyers/following.ts';
import type { Call, Event } from '../history.ts';

/** What the campaign has come to so far; follows the history. */
export function createCount() {
  const statuses = new Map<string, OrderStatus>();
  const running = new Map<number, string>();
  const settledAt = new Map<string, number>();
  const placedAt = new Map<string, number>();
  const refusals = new Map<string, number>();
  let refused = 0;
  let gaveUp = 0;
  let faultsDone = 0;
  let lastFaultEnd = 0;
  let unanswered = 0;
  const placingMs: number[] = [];
  const seeCall = (call: Call): void => {
    if (call.error === 'timeout') unanswered++;
    if (isPlacing(call) && call.status === 201) placingMs.push(call.endedAt - call.at);
  };
  const see = (event: Event): void => {
    switch (event.type) {
      case 'placed':
        if (!placedAt.has(event.order)) placedAt.set(event.order, event.at);
        return;
      case 'status':
        if (event.via === 'listening') break;
        statuses.set(event.order, event.status);
        if (isSettled(event.status)) settledAt.set(event.order, event.at);
        return;
      case 'refused':
        refused++;
        refusals.set(event.why, (refusals.get(event.why) ?? 0) + 1);
        return;
      case 'gave-up':
        gaveUp++;
        return;
      case 'fault-begin':
        running.set(event.number, `${event.name} ${event.target}`);
        return;
      case 'fault-end':
        running.delete(event.number);
        faultsDone++;
        lastFaultEnd = event.at;
        return;
      case 'call':
        seeCall(event);
        return;
      default:
    }
  };
  return {
    see,
    now: () => ({
      placed: placedAt.size,
      settled: settledAt.size,
      refused,
      gaveUp,
      faultsDone,
      unanswered,
      running: [...running.values()],
    }),
    ordersByStatus: () => tally([...statuses.values()]),
    refusals: () => [...refusals].toSorted((a, b) => b[1] - a[1]),
    placingMs: () => placingMs as readonly number[],
    /** How long after the last fault each order came to its end that had not before. */
    settleMs: () =>
      [...placedAt].flatMap(([order, placed]) => {
        const settled = settledAt.get(order);
        if (settled === undefined || settled < lastFaultEnd) return [];
        return [settled - Math.max(placed, lastFaultEnd)];
      }),
    lastFaultEnd: () => lastFaultEnd,
  };
}
const isPlacing = ({ method, path }: Call) => method === 'POST' && path === '/dispatch/orders';

export type Count = ReturnType<typeof createCount>;

function tally<T>(items: readonly T[]): [T, number][] {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1]);
}

/** The value that this share of the values does not exceed; undefined when there are none. */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}
