import { readCases } from '../cases.ts';
import type { Case, Fault, Moment } from '../facts.ts';
import { addSold, type SoldBySku } from '../promises/stock.ts';
import { ofOrders, type PromiseId } from '../promises.ts';
import { isSettled } from '../standing.ts';
import type { Range } from '../stores/range.ts';
import type { Audit } from '../undertaking.ts';

interface Verdict {
  checked: number;
  faults: Fault[];
}
type Verdicts = Map<PromiseId, Verdict>;

/** Long enough for a change under way to be written in every store. */
const SECOND_LOOK_MS = 500;

/** Reads all orders, the newest first, page by page, and adds what they sell to `bought`. */
export async function lookAtOrders(audit: Audit, bought: SoldBySku) {
  const { stores, tally, moment, pageSize, stopAt } = audit;
  let orders = 0;
  let moving = 0;
  let before: string | undefined;
  do {
    if (Date.now() > stopAt) return { orders, moving, isComplete: false };
    const range = await stores.dispatch.nextRange(before, pageSize);
    const cases = await readCases(stores, range);
    for (const it of cases.values()) {
      addSold(bought, it, moment);
      if (it.order) orders += 1;
      if (it.order && !isSettled(it, moment)) moving += 1;
    }
    for (const [promise, { checked, faults }] of await judgeTwice(audit, cases, range))
      tally.add(promise, checked, faults);
    before = range.from;
  } while (before !== undefined);
  return { orders, moving, isComplete: true };
}

/** What is broken at the second look too: the stores are not read at the same instant. */
async function judgeTwice(
  { stores, moment }: Audit,
  cases: ReadonlyMap<string, Case>,
  range: Range,
): Promise<Verdicts> {
  const first = judge(cases, moment);
  if ([...first.values()].every(({ faults }) => faults.length === 0)) return first;
  await stores.wait(SECOND_LOOK_MS);
  const second = judge(await readCases(stores, range), moment);
  for (const [promise, verdict] of first) {
    const still = new Set(second.get(promise)?.faults.map(({ id }) => id));
    verdict.faults = verdict.faults.filter(({ id }) => still.has(id));
  }
  return first;
}

function judge(cases: ReadonlyMap<string, Case>, moment: Moment): Verdicts {
  const settled = [...cases.values()].filter((it) => isSettled(it, moment));
  return new Map(
    ofOrders.map(({ id, judge }) => {
      const verdicts = settled.map((it) => judge(it, moment)).filter((it) => it !== undefined);
      return [id, { checked: verdicts.length, faults: verdicts.flat() }];
    }),
  );
}
