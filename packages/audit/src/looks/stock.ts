import type { Case, Fault, StockRow } from '../facts.ts';
import { judgeBalance, judgeHolds, judgeRepeats } from '../promises/stock.ts';
import type { Audit } from '../undertaking.ts';

/** Reads the stock of every SKU and resolves to the units that count as sold. */
export async function lookAtStock(audit: Audit): Promise<Map<string, number>> {
  const { stores, tally, pageSize } = audit;
  const sold = new Map<string, number>();
  for (let after = ''; ; ) {
    const page = await stores.catalogue.stock(after, pageSize);
    const last = page.at(-1);
    if (!last) return sold;
    after = last.sku;
    for (const it of page) sold.set(it.sku, it.sold);
    tally.add('I3', page.length, page.flatMap(judgeBalance));
    tally.add('I9', page.length, page.flatMap(judgeRepeats));
    const holds = page.reduce((sum, it) => sum + it.holds.length, 0);
    tally.add('I4', holds, await phantoms(audit, page));
  }
}

async function phantoms(audit: Audit, page: readonly StockRow[]): Promise<Fault[]> {
  const { stores, moment } = audit;
  const ids = new Set(page.flatMap(({ holds }) => holds.map(({ orderId }) => orderId)));
  const orders = await stores.dispatch.ordersById([...ids]);
  const cases = new Map([...orders].map(([id, order]) => [id, bare(id, order)]));
  const faults = page.flatMap((it) => judgeHolds(it, cases, moment));
  return faults;
}

/** An order by itself is enough to know whether it wants its goods. */
const bare = (id: string, order: NonNullable<Case['order']>): Case => ({
  id,
  order,
  ...{ events: [], payments: [], attempts: [], bookings: [], provider: [], shipments: [], twins: [] },
});
