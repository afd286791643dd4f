import { OrderStatus } from '@shopstack/contracts/order';
import type { Case, EventRow, Judge, OrderRow } from '../facts.ts';
import { hasEnded, isKept, isUndone, needsPerson, refundsOf } from '../standing.ts';

const live = ({ shipments }: Case) => shipments.filter(({ state }) => state !== 'cancelled');
const wasConfirmed = ({ events }: Case) => events.some(isKept);

/** I5: what is paid is sent once; what never was is not sent at all. */
export const judgeShipment: Judge = (it) => {
  const { id, order } = it;
  const count = live(it).length;
  if (!order) {
    if (it.shipments.length === 0) return undefined;
    return count === 0 ? [] : [{ id, detail: 'has a shipment and does not exist' }];
  }
  if (isKept(order)) return count === 1 ? [] : [{ id, detail: `is ${order.status} with ${count} shipments` }];
  if (isUndone(order) && !wasConfirmed(it))
    return count === 0 ? [] : [{ id, detail: `is ${order.status} and has a shipment` }];
  return count <= 1 ? undefined : [{ id, detail: `has ${count} shipments` }];
};

/** I6: every order ends, or somebody is called and told why. */
export const judgeEnd: Judge = ({ id, order, saga, timerAt }, { settledBefore, atRest }) => {
  if (!order) return undefined;
  if (!saga) return [{ id, detail: `is ${order.status} and nothing drives it: it has no saga` }];
  if (needsPerson(order))
    return order.reason === null ? [{ id, detail: 'calls for a person and does not say why' }] : [];
  if (hasEnded(order)) return [];
  if (atRest) return [{ id, detail: `is still ${order.status} (${saga.state})` }];
  if (timerAt === undefined)
    return [{ id, detail: `is ${order.status} (${saga.state}) and nothing will wake it` }];
  if (timerAt > settledBefore) return [];
  return [{ id, detail: `is ${order.status} (${saga.state}) since its timer fell due` }];
};

/** I7 of one order: no other was made of the same cart. */
export const judgeTwins: Judge = ({ id, order, twins }) =>
  order && twins.map((twin) => ({ id, detail: `was made of the same cart as ${twin}` }));

/** What a cart remembers of the orders made of it. */
const REMEMBERED = 32;
const DAY_SECONDS = 86_400;

/**
 * I10: what was ordered left its cart. Versions begin at the time in seconds and a cart lives 30 days, so a version far
 * beyond the order's is another cart under the same id, and an order of an old cart tells nothing.
 */
export const judgeCart: Judge = ({ id, order, cart }) => {
  if (!order || !cart) return undefined;
  const placedAt = order.placedAt / 1000;
  const isSame = placedAt - order.cartVersion < 20 * DAY_SECONDS && cart.version < placedAt + 9 * DAY_SECONDS;
  if (!isSame) return undefined;
  const forgetful = cart.orders.length >= REMEMBERED && cart.version > order.cartVersion;
  if (forgetful || cart.orders.includes(id)) return [];
  return [{ id, detail: `its goods are still in cart ${order.cartId}` }];
};

/** The version of the last event that every follower heard: one that changed the status. */
function lastTold(events: readonly EventRow[]): number {
  const told = events.filter(({ status }, index) => status !== events[index - 1]?.status);
  return told.at(-1)?.version ?? 0;
}

/** What may be shown as refunded: a payment that went back after the order had ended changes no status and is not told. */
function refundsShown(order: OrderRow): number[] {
  const { doneMinor } = refundsOf(order);
  return order.payment === 'refunded' ? [doneMinor, order.totalMinor] : [doneMinor];
}

/** I11: the history of a user is what dispatch says. */
export const judgeHistory: Judge = ({ id, order, history, events }) => {
  if (!order) return history && [{ id, detail: 'is in a history and does not exist' }];
  if (order.userId === null) return history && [{ id, detail: "is a guest's and is in a history" }];
  if (!history) return [{ id, detail: 'is missing in the history of its user' }];
  const wanted = { user: order.userId, status: order.status, total: order.totalMinor };
  const found = { user: history.userId, status: history.status, total: history.totalMinor };
  const faults = Object.entries(wanted)
    .filter(([name, value]) => Reflect.get(found, name) !== value)
    .map(([name, value]) => `${name} is ${value}, its history says ${String(Reflect.get(found, name))}`);
  if (!refundsShown(order).includes(history.refundedMinor))
    faults.push(`its history says that ${history.refundedMinor} was refunded`);
  if (history.version < lastTold(events) || history.version > order.version)
    faults.push(`version is ${order.version}, its history says ${history.version}`);
  return faults.map((detail) => ({ id, detail }));
};

const rankOf = (status: OrderStatus): number => OrderStatus.options.indexOf(status);

/** I12 as it is written down: a status is followed by a later one; a call for a person is a pause, not a step. */
export const judgeStatuses: Judge = ({ id, order, events }) => {
  if (!order) return undefined;
  const last = events.at(-1);
  if (!last) return [{ id, detail: 'has no history of its own' }];
  const faults: string[] = [];
  let highest: OrderStatus = 'placed';
  for (const { status, version } of events.filter((it) => !needsPerson(it))) {
    if (rankOf(status) < rankOf(highest)) faults.push(`went back from ${highest} to ${status} (${version})`);
    else highest = status;
  }
  if (last.status !== order.status || last.version !== order.version)
    faults.push(
      `is ${order.status} (${order.version}), its last event says ${last.status} (${last.version})`,
    );
  return faults.map((detail) => ({ id, detail }));
};
