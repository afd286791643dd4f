import { faultKinds } from '../plan/fault-kinds.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlannedFault } from '../plan/schedule.ts';
import type { PlannedOrder } from '../plan/workload.ts';
import type { NeededBuyers, Sabotage } from '../planting/sabotages.ts';

const DURATION_MS = 18_000;
/** Of the duration. */
const moments = [0.1, 0.4, 0.7];
/** A fault ends before it comes again. */
const LONGEST_MS = 5000;
/** One order in so many stays as it was. */
const USUAL_EVERY = 4;
/** Of the duration. */
const CROWD_AT = 0.2;

type Change = Partial<Omit<PlannedOrder, 'customer' | 'phone'>>;
const manner = (it: PlannedOrder['manner']): Change => ({ manner: it });
const token = (paymentToken: string): Change => ({ paymentToken, triesAgain: false });

/** What an order becomes so that its buyer does what is needed; in groups that do not exclude each other. */
const changes: readonly Partial<Record<NeededBuyers, Change>>[] = [
  {
    'double-click': manner('double-click'),
    'two-tabs': manner('two-tabs'),
    cancel: { ...manner('cancel'), waitMs: 1500 },
    'cancel-racing-capture': manner('cancel-racing-capture'),
    'cancel-when-paid': manner('cancel-when-paid'),
    'adds-again': manner('adds-again'),
    'repeats-after-no-answer': manner('plain'),
  },
  { 'scarce-product': { product: 'scarce', quantity: 1 } },
  { listens: { listens: true } },
  {
    'never-confirms': { ...token('sim_action_required'), confirms: 'never' },
    sim_declined: token('sim_declined'),
    sim_late_webhook: token('sim_late_webhook'),
    sim_timeout_after_commit: token('sim_timeout_after_commit'),
  },
];

/** A campaign in which one mistake must show: its faults three times each, its buyers in three orders of four. */
export const tailoredTo =
  ({ faultsNeeded, buyersNeeded }: Pick<Sabotage, 'faultsNeeded' | 'buyersNeeded'>) =>
  (plan: Plan): Plan => ({
    ...plan,
    durationMs: DURATION_MS,
    orders: plan.orders.map((order, index) => ({
      ...tailoredOrder(order, index, buyersNeeded),
      atMs: Math.round(momentOf(order.atMs / plan.durationMs, { index, buyersNeeded }) * DURATION_MS),
    })),
    faults: faultsNeeded.flatMap(({ fault: name, target }, which) =>
      moments.map(
        (moment, round): PlannedFault => ({
          number: which * moments.length + round + 1,
          name,
          target,
          atMs: Math.round(moment * DURATION_MS),
          lastsMs: Math.min(LONGEST_MS, faultKinds[name].lastsMs[1]),
        }),
      ),
    ),
  });

const staysUsual = (index: number): boolean => index % USUAL_EVERY === USUAL_EVERY - 1;

/** Those who want the scarce product come at once: whoever comes later sees that it is gone. */
function momentOf(
  share: number,
  { index, buyersNeeded }: { index: number; buyersNeeded: readonly NeededBuyers[] },
): number {
  return buyersNeeded.includes('scarce-product') && !staysUsual(index) ? CROWD_AT : share * 0.9;
}

function tailoredOrder(order: PlannedOrder, index: number, needed: readonly NeededBuyers[]): PlannedOrder {
  if (needed.length === 0 || staysUsual(index)) return order;
  const chosen = changes.flatMap((group) => {
    const fitting = needed.flatMap((it) => group[it] ?? []);
    return fitting.length === 0 ? [] : (fitting[index % fitting.length] ?? []);
  });
  const { phone: _card, customer, ...rest } = order;
  const changed: Omit<PlannedOrder, 'customer' | 'phone'> = Object.assign({}, rest, ...chosen);
  // A live stream is followed with a guest's token, and customers' carts have several writers.
  const isGuest = changed.listens || changed.manner === 'adds-again' || customer === undefined;
  return isGuest ? changed : { ...changed, customer };
}
