import type { SkuQuantity } from '@shopstack/contracts/primitives';

/** The answer of the catalogue may go to another replica: then a promise is forgotten. */
const FORGET_MS = 3000;

type Line = Readonly<SkuQuantity>;
type Stock = Readonly<{ sku: string; available: number }>;

/**
 * Units that orders were promised and that the catalogue has neither held nor refused yet, as far as this process knows.
 * Without it everybody who comes in that moment is promised the same unit, and all but one are disappointed later.
 */
export function createPromised(now: () => number = Date.now) {
  /** By time: the oldest come first. */
  const orders = new Map<string, { lines: readonly Line[]; until: number }>();
  const open = new Map<string, number>();
  let settled = new Map<string, number>();
  let change = Promise.withResolvers<void>();

  const settle = (orderId: string): void => {
    const promise = orders.get(orderId);
    if (!promise || !orders.delete(orderId)) return;
    for (const { sku, quantity } of promise.lines) {
      add(settled, sku, quantity);
      add(open, sku, -quantity);
    }
    // Nobody looks: no sums of the past are needed.
    if (orders.size === 0) settled = new Map();
    if (promise.lines.every(({ sku }) => open.has(sku))) return;
    change.resolve();
    change = Promise.withResolvers();
  };
  const forgetOld = (): void => {
    for (const [orderId, { until }] of orders) {
      if (until > now()) return;
      settle(orderId);
    }
  };
  return {
    /**
     * Begins before the stock is read. What it returns, told the stock, promises the lines when there is enough beside
     * what others were promised; what was settled since it began may or may not be in that stock.
     */
    begin(orderId: string, lines: readonly Line[]): (stocks: readonly Stock[]) => boolean {
      const before = settled;
      const was = new Map(lines.map(({ sku }) => [sku, settled.get(sku) ?? 0]));
      return (stocks) => {
        forgetOld();
        const available = new Map(stocks.map((it) => [it.sku, it.available]));
        const taken = (sku: string) => (open.get(sku) ?? 0) + (before.get(sku) ?? 0) - (was.get(sku) ?? 0);
        const isFree = ({ sku, quantity }: Line) => (available.get(sku) ?? 0) - taken(sku) >= quantity;
        if (!lines.every(isFree)) return false;
        for (const { sku, quantity } of lines) add(open, sku, quantity);
        orders.set(orderId, { lines, until: now() + FORGET_MS });
        return true;
      };
    },
    /** The catalogue has answered for the order, or there is no order. */
    settle,
    /** Resolves when there is a product of which nothing is promised any more. */
    change: () => change.promise,
  };
}
export type Promised = ReturnType<typeof createPromised>;

function add(sums: Map<string, number>, sku: string, quantity: number): void {
  const sum = (sums.get(sku) ?? 0) + quantity;
  if (sum === 0) sums.delete(sku);
  else sums.set(sku, sum);
}
