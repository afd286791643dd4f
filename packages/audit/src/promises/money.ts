import type { BookingRow, Case, Judge, OrderRow, ProviderEntry } from '../facts.ts';
import { hasEnded, isKept, isOpen, isUndone, needsPerson, refundsOf } from '../standing.ts';

const RECEIVABLE = 'provider-receivable';
const taking = ['captured'];
const giving = ['refunded', 'dispute-lost'];
/** After these nothing of the customer's money is reserved any more. */
const releasing = ['captured', 'voided', 'declined'];
const takingAttempts = ['capture', 'charge'];

const sum = <T>(items: readonly T[], of: (item: T) => number) =>
  items.reduce((total, item) => total + of(item), 0);

/** I1: what we kept is what the order says, in our books and in the provider's. */
export const judgeMoney: Judge = (it, { atRest }) => {
  const { order } = it;
  const kept = sum(it.payments, (its) => its.capturedMinor - its.refundedMinor - its.lostMinor);
  const details = order ? orderFaults(order, kept, atRest) : orphanFaults(kept);
  return [
    ...details,
    ...bookFaults(it.bookings, kept),
    ...providerFaults(it, kept),
    ...reservedFaults(it),
  ].map((detail) => ({
    id: it.id,
    detail,
  }));
};

function orderFaults(order: OrderRow, kept: number, atRest: boolean): string[] {
  if (order.payment === 'disputed' || needsPerson(order)) return [];
  const { doneMinor, openMinor } = refundsOf(order);
  const most = isKept(order) ? order.totalMinor - doneMinor : 0;
  const least = atRest ? most : most - openMinor;
  if (!isKept(order) && !isUndone(order)) return [];
  if (kept <= most && kept >= least) return [];
  return [`is ${order.status} and ${kept} of it is kept instead of ${most}`];
}

const orphanFaults = (kept: number): string[] =>
  kept === 0 ? [] : [`${kept} is kept for an order that does not exist`];

/** Both columns of a booking are the same, and together they say what is kept. */
function bookFaults(bookings: readonly BookingRow[], kept: number): string[] {
  const faults: string[] = [];
  for (const [attemptId, sides] of Map.groupBy(bookings, ({ attemptId }) => attemptId)) {
    const debit = sum(sides, ({ debitMinor }) => debitMinor);
    const credit = sum(sides, ({ creditMinor }) => creditMinor);
    if (debit !== credit) faults.push(`booking ${attemptId}: debit ${debit}, credit ${credit}`);
  }
  const receivable = bookings.filter(({ account }) => account === RECEIVABLE);
  const booked = sum(receivable, ({ debitMinor, creditMinor }) => debitMinor - creditMinor);
  if (booked !== kept) faults.push(`the ledger says ${booked}, the payment ${kept}`);
  return faults;
}

function providerFaults({ provider }: Case, kept: number): string[] {
  const theirs = keptBy(provider);
  return theirs === kept ? [] : [`the provider kept ${theirs}, we ${kept}`];
}

const keptBy = (entries: readonly ProviderEntry[]): number =>
  sum(
    entries.filter(({ kind }) => taking.includes(kind)),
    ({ amountMinor }) => amountMinor,
  ) -
  sum(
    entries.filter(({ kind }) => giving.includes(kind)),
    ({ amountMinor }) => amountMinor,
  );

/** Money of an order that has ended is ours or the customer's; nothing stays reserved. */
function reservedFaults({ order, attempts, provider }: Case): string[] {
  if ((order && !hasEnded(order)) || attempts.some(isOpen)) return [];
  const payments = Map.groupBy(provider, ({ paymentId }) => paymentId);
  return [...payments].flatMap(([paymentId, entries]) => {
    const authorised = entries.find(({ kind }) => kind === 'authorised');
    if (!authorised || entries.some(({ kind }) => releasing.includes(kind))) return [];
    return [`the provider still reserves ${authorised.amountMinor} in ${paymentId}`];
  });
}

/** I2: charged once. A charge that came after all and went back at once is not a second one. */
export const judgeCharges: Judge = (it) => {
  const faults: string[] = [];
  const ours = it.attempts.filter(
    ({ kind, state }) => takingAttempts.includes(kind) && state === 'succeeded',
  );
  const refunded = sum(it.payments, ({ refundedMinor }) => refundedMinor);
  const oneCharge = Math.max(0, ...ours.map(({ amountMinor }) => amountMinor));
  const charged = sum(ours, ({ amountMinor }) => amountMinor);
  if (ours.length > 1 && charged - refunded > oneCharge) faults.push(`${ours.length} charges succeeded here`);
  const payments = Map.groupBy(it.provider, ({ provider, paymentId }) => `${provider} ${paymentId}`);
  const keeping = [...payments.values()].filter((entries) => keptBy(entries) > 0);
  if (keeping.length > 1) faults.push(`the provider keeps money of ${keeping.length} payments`);
  for (const [payment, entries] of payments) {
    const times = entries.filter(({ kind }) => taking.includes(kind)).length;
    if (times > 1) faults.push(`the provider took ${payment} ${times} times`);
  }
  return faults.map((detail) => ({ id: it.id, detail }));
};
