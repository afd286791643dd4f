import type { OrderStatus } from '@shopstack/contracts/order';
import { isSettled } from '../buyers/following.ts';
import type { Event, History } from '../history.ts';

export interface FaultBar {
  number: number;
  name: string;
  target: string;
  from: number;
  to: number;
  note?: string;
}
/** When a part did not serve. */
export interface Outage {
  part: string;
  from: number;
  to: number;
}
/** How many orders were in each state at one moment. */
export interface Moment {
  at: number;
  open: number;
  paid: number;
  ended: number;
}
/** What the plot of a campaign shows; times in ms since 1970. */
export interface Timeline {
  faults: FaultBar[];
  outages: Outage[];
  moments: Moment[];
  refusals: number[];
}

const paid: readonly OrderStatus[] = ['confirmed', 'shipped', 'completed'];

/** Follows a history; the answer grows while it is written. */
export function timelineOf(history: Pick<History, 'listen'>): Timeline {
  const timeline: Timeline = { faults: [], outages: [], moments: [], refusals: [] };
  const groups = new Map<string, Group>();
  const sizes: Record<Group, number> = { open: 0, paid: 0, ended: 0 };
  const down = new Map<string, Outage>();
  const served = new Set<string>();
  const part = ({ part, up, at }: Extract<Event, { type: 'part' }>) => {
    if (up) {
      const outage = down.get(part);
      if (outage) outage.to = at;
      down.delete(part);
      served.add(part);
    } else if (served.has(part) && !down.has(part)) {
      const outage = { part, from: at, to: at };
      down.set(part, outage);
      timeline.outages.push(outage);
    }
  };
  const move = (order: string, to: Group) => {
    const from = groups.get(order);
    if (from) sizes[from]--;
    sizes[to]++;
    groups.set(order, to);
  };
  const end = ({ number, at, note }: Extract<Event, { type: 'fault-end' }>) => {
    const bar = timeline.faults.find((it) => it.number === number);
    if (bar) Object.assign(bar, { to: at }, note === undefined ? {} : { note });
  };
  history.listen((event) => {
    switch (event.type) {
      case 'part':
        return part(event);
      case 'fault-begin':
        timeline.faults.push({ ...pick(event), from: event.at, to: event.at });
        return;
      case 'fault-end':
        return end(event);
      case 'placed':
      case 'status':
        if (event.type === 'status' && event.via === 'listening') return;
        move(
          event.order,
          event.type === 'placed' ? (groups.get(event.order) ?? 'open') : groupOf(event.status),
        );
        timeline.moments.push({ at: event.at, ...sizes });
        return;
      case 'call':
        if (event.status === 503 || event.status === undefined) timeline.refusals.push(event.endedAt);
        return;
      default:
    }
  });
  return timeline;
}

const pick = ({ number, name, target }: Extract<Event, { type: 'fault-begin' }>) => ({
  number,
  name,
  target,
});

type Group = 'open' | 'paid' | 'ended';
const groupOf = (status: OrderStatus): Group =>
  paid.includes(status) ? 'paid' : isSettled(status) ? 'ended' : 'open';
