import type { Judge } from './facts.ts';
import { judgeEffects, judgeUnknowns } from './promises/effects.ts';
import { judgeCharges, judgeMoney } from './promises/money.ts';
import {
  judgeCart,
  judgeEnd,
  judgeHistory,
  judgeShipment,
  judgeStatuses,
  judgeTwins,
} from './promises/orders.ts';
import { judgeReservation } from './promises/stock.ts';

interface ShopPromise {
  id: string;
  title: string;
  /** Why nothing was looked at, when nothing was. */
  unseen?: string;
  /** What one order says about it. */
  judge?: Judge;
}
const byCampaign = 'stores cannot tell: judged by the fault campaign, from what its clients saw';

/** What the shop promises, as the design numbers it; stock, keys and messages are looked at by themselves. */
const promises = [
  { id: 'I1', title: 'money: order, payment, ledger and provider agree', judge: judgeMoney },
  { id: 'I2', title: 'one charge per order', judge: judgeCharges },
  { id: 'I3', title: 'no oversell: stock balances and is what orders bought', judge: judgeReservation },
  { id: 'I4', title: 'no hold without a living order' },
  { id: 'I5', title: 'one shipment per paid order, none for others', judge: judgeShipment },
  { id: 'I6', title: 'every order ends or calls a person', judge: judgeEnd },
  { id: 'I7', title: 'a key has one effect and its answer is true', judge: judgeTwins },
  { id: 'I8', title: 'no message waits, is stuck or died' },
  { id: 'I9', title: 'no effect happened twice', judge: judgeEffects },
  { id: 'I10', title: 'what was ordered left its cart', unseen: byCampaign, judge: judgeCart },
  { id: 'I11', title: "users' histories are dispatch's orders", judge: judgeHistory },
  { id: 'I12', title: 'no status went backwards', judge: judgeStatuses },
  { id: 'I13', title: 'honest answers under fault', unseen: byCampaign },
  { id: 'I14', title: 'unknown outcomes are looked up first', judge: judgeUnknowns },
  { id: 'I15', title: 'erased people are gone', unseen: 'there is no erasure yet' },
] as const satisfies readonly ShopPromise[];

export type PromiseId = (typeof promises)[number]['id'];

/** All of them in their order. */
export const shopPromises: readonly (ShopPromise & { id: PromiseId })[] = promises;
/** Those that are looked at order by order. */
export const ofOrders = shopPromises.flatMap(({ id, judge }) => (judge ? [{ id, judge }] : []));
