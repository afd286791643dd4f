import type { AuditReport } from '@shopstack/contracts/operations-desk';
import type { AuditAccess } from './access.ts';
import type { Fault } from './facts.ts';
import { lookAtKeys } from './looks/keys.ts';
import { lookAtMessages, type MessageLooks } from './looks/messages.ts';
import { lookAtOrders } from './looks/orders.ts';
import { lookAtStock } from './looks/stock.ts';
import { judgeSold, type SoldBySku } from './promises/stock.ts';
import { ofOrders } from './promises.ts';
import { openStores } from './stores/stores.ts';
import { createTally } from './tally.ts';
import type { Audit, AuditOptions } from './undertaking.ts';

/**
 * Compares all stores with each other and counts which promises are broken. Reads only, by pages and without locks, so
 * a running shop does not notice; what looks broken is read a second time before it is told.
 * @throws Error naming the store that does not answer.
 */
export async function runAudit(access: AuditAccess, options: AuditOptions = {}): Promise<AuditReport> {
  const { graceSeconds = 60, atRest = false, budgetSeconds = 600, pageSize = 1000 } = options;
  const startedAt = Date.now();
  const stores = await openStores(access);
  const tally = createTally();
  const settledBefore = atRest ? Number.MAX_SAFE_INTEGER : startedAt - graceSeconds * 1000;
  const stopAt = startedAt + budgetSeconds * 1000;
  const audit: Audit = { stores, tally, moment: { settledBefore, atRest }, pageSize, stopAt, options };
  try {
    const { moving } = await lookAtEverything(audit);
    const findings = tally.findings();
    return {
      at: new Date(startedAt).toISOString(),
      tookMs: Date.now() - startedAt,
      findings,
      violations: findings.reduce((sum, { violations }) => sum + violations, 0),
      moving,
    };
  } finally {
    await stores.close();
  }
}

/** Stock is counted before orders are read: what is bought meanwhile counts as still moving. */
async function lookAtEverything(audit: Audit): Promise<{ moving: number }> {
  const { stores, stopAt } = audit;
  const messages: MessageLooks = [await stores.queues()];
  await stores.ledgers.copy(stopAt);
  const counted = await lookAtStock(audit);
  const bought: SoldBySku = new Map();
  const { orders, moving, isComplete } = await lookAtOrders(audit, bought);
  if (isComplete) lookAtRemains(audit, judgeSold(counted, bought));
  else tellIncomplete(audit, orders);
  await lookAtKeys(audit);
  await lookAtMessages(audit, messages, moving);
  return { moving };
}

/** What only shows when every order was read. */
function lookAtRemains({ stores, tally, moment }: Audit, oversold: readonly Fault[]): void {
  tally.add('I3', 0, oversold);
  const unclaimed = stores.ledgers.unclaimed(moment.settledBefore);
  const detail = (kept: number) => `a provider keeps ${kept} for an order that does not exist`;
  const faults = unclaimed.map(({ reference, kept }) => ({ id: reference, detail: detail(kept) }));
  tally.add('I1', faults.length, faults);
}

function tellIncomplete({ tally }: Audit, orders: number): void {
  const reason = `the time was up after the newest ${orders} orders`;
  for (const { id } of ofOrders) tally.leaveOut(id, reason);
}
