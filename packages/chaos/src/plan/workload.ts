import { createRandom, type Random } from './random.ts';

/** What one buyer will do, before it happens. */
export interface PlannedOrder {
  /** 1 is the first. */
  number: number;
  /** After the first order, in ms. */
  atMs: number;
  /** Which of the campaign's products; `scarce` is the one with too few units. */
  product: number | 'scarce';
  quantity: number;
  /** Number of the customer's account; a guest when absent. */
  customer?: number;
  paymentToken: string;
  /** Pays with this phone instead of the card, when the shop takes mobile money. */
  phone?: string;
  manner: Manner;
  /** Before a cancellation. */
  waitMs: number;
  /** What they answer when the bank asks. */
  confirms: 'approve' | 'fail' | 'never';
  /** Whether they try another card after a decline. */
  triesAgain: boolean;
  /** Follows the live stream instead of asking again and again. */
  listens: boolean;
}
export type Manner =
  | 'plain'
  | 'double-click'
  | 'two-tabs'
  | 'cancel'
  | 'cancel-racing-capture'
  /** The next two only in campaigns made to show one thing. */
  | 'cancel-when-paid'
  | 'adds-again'
  | 'impatient';

export interface WorkloadOptions {
  seed: number;
  orders: number;
  durationMs: number;
}

export const PRODUCTS = 12;
/** So many units of the scarce product that about a third of those who want it go away empty-handed. */
export const scarceUnits = (orders: number): number => Math.max(1, Math.round(orders * SCARCE_SHARE * 0.6));
export const customerCount = (orders: number): number => Math.min(20, Math.max(3, Math.ceil(orders / 12)));
const SCARCE_SHARE = 0.1;

const tokens: readonly (readonly [string, number])[] = [
  ['sim_ok', 56],
  ['sim_late_webhook', 8],
  ['sim_timeout_after_commit', 8],
  ['sim_declined', 6],
  ['sim_insufficient_funds', 6],
  ['sim_action_required', 8],
  ['sim_capture_fails', 8],
];
/** What each does is in the README of the simulators. */
const phones = ['254700000001', '254700000001', '254700000002', '254700000003', '254700000004'] as const;
const manners: readonly (readonly [Manner, number])[] = [
  ['plain', 52],
  ['double-click', 12],
  ['two-tabs', 8],
  ['cancel', 12],
  ['cancel-racing-capture', 10],
  ['impatient', 6],
];

/** Who buys what, when and how: evenly over the duration, in small crowds. The same options, the same answer. */
export function createWorkload(options: WorkloadOptions): PlannedOrder[] {
  const random = createRandom(options.seed, 'orders');
  const everyMs = options.durationMs / Math.max(1, options.orders);
  return Array.from({ length: options.orders }, (_, index) => ({
    number: index + 1,
    atMs: Math.round((index + random.fraction() * CROWD) * everyMs),
    ...goods(random),
    ...buyer(random, options.orders),
    manner: weighted(random, manners),
    waitMs: random.between(0, 4000),
    confirms: random.pick(['approve', 'approve', 'fail', 'never'] as const),
    triesAgain: random.chance(0.6),
    listens: random.chance(0.15),
  }));
}

const CROWD = 4;

function goods(random: Random): Pick<PlannedOrder, 'product' | 'quantity'> {
  if (random.chance(SCARCE_SHARE)) return { product: 'scarce', quantity: 1 };
  return { product: random.between(0, PRODUCTS - 1), quantity: random.between(1, 3) };
}

function buyer(random: Random, orders: number): Pick<PlannedOrder, 'customer' | 'paymentToken' | 'phone'> {
  return {
    ...(random.chance(0.4) ? { customer: random.between(0, customerCount(orders) - 1) } : {}),
    paymentToken: weighted(random, tokens),
    ...(random.chance(0.15) ? { phone: random.pick(phones) } : {}),
  };
}

function weighted<T>(random: Random, choices: readonly (readonly [T, number])[]): T {
  let left = random.fraction() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  return random.pick(choices)[0];
}
