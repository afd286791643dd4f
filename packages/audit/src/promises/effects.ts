import type { Case, Judge, ProviderEntry } from '../facts.ts';
import { isOpen } from '../standing.ts';

const once = ['authorised', 'captured', 'voided', 'refunded'];
/** Refunds do not wait for each other, and a dispute is only looked up. */
const oneByOne = ['authorise', 'confirm', 'capture', 'void', 'charge'];

/** I9: one effect per attempt at the provider and in our books, one shipment per order. */
export const judgeEffects: Judge = (it) => {
  const faults: string[] = [];
  const effects = it.provider.filter(({ key, kind }) => key !== null && once.includes(kind));
  for (const [effect, entries] of Map.groupBy(
    effects,
    ({ provider, key, kind }) => `${kind} ${provider} ${key}`,
  ))
    if (entries.length > 1) faults.push(`the provider did it ${entries.length} times: ${effect}`);
  for (const [side, rows] of Map.groupBy(it.bookings, (row) => `${row.attemptId} ${row.account}`))
    if (rows.length > 1) faults.push(`booked ${rows.length} times: ${side}`);
  if (it.shipments.length > 1) faults.push(`${it.shipments.length} shipments were made`);
  const isKnown = it.provider.length + it.bookings.length + it.shipments.length > 0;
  return isKnown ? faults.map((detail) => ({ id: it.id, detail })) : undefined;
};

/** Clocks of two replicas differ. */
const SKEW_MS = 250;

/** I14: nothing is asked of a provider while nobody knows what became of the question before. */
export const judgeUnknowns: Judge = (it) => {
  if (it.attempts.length === 0) return undefined;
  return [...attemptFaults(it), ...authorisationFaults(it.provider)].map((detail) => ({ id: it.id, detail }));
};

function attemptFaults({ attempts }: Case): string[] {
  const steps = attempts.filter(({ kind }) => oneByOne.includes(kind));
  return steps.flatMap((next, index) => {
    const before = steps[index - 1];
    if (!before || before.paymentId !== next.paymentId) return [];
    const told = `${next.kind} ${next.id} began before ${before.kind} ${before.id} was looked up`;
    if (isOpen(before)) return [told];
    // A charge that expired was looked up; its late success is written down long after.
    return before.kind !== 'charge' && next.createdAt + SKEW_MS < before.updatedAt ? [told] : [];
  });
}

/** Money reserved twice at the same time: the first was not looked up before the second was asked for. */
function authorisationFaults(provider: readonly ProviderEntry[]): string[] {
  const open = new Set<string>();
  const faults: string[] = [];
  for (const { kind, paymentId } of provider) {
    if (kind !== 'authorised') {
      if (['voided', 'captured', 'declined'].includes(kind)) open.delete(paymentId);
      continue;
    }
    for (const other of open)
      if (other !== paymentId) faults.push(`${paymentId} was authorised while ${other} was`);
    open.add(paymentId);
  }
  return faults;
}
