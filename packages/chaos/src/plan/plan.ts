import type { FaultName } from './fault-kinds.ts';
import { createSchedule, type PlannedFault } from './schedule.ts';
import { createWorkload, type PlannedOrder } from './workload.ts';

export interface Plan {
  seed: number;
  /** Over which orders and faults are spread. */
  durationMs: number;
  orders: PlannedOrder[];
  faults: PlannedFault[];
}

export interface PlanOptions {
  seed: number;
  orders: number;
  faults: number;
  only?: readonly FaultName[];
}

/** What two cores carry beside the faults. */
const ORDERS_PER_SECOND = 2.5;
const MS_PER_FAULT = 4000;

/** Everything that a campaign will do. The same options, the same plan: a seed replays. */
export function createPlan({ seed, orders, faults, only }: PlanOptions): Plan {
  const durationMs = Math.max(10_000, (orders / ORDERS_PER_SECOND) * 1000, faults * MS_PER_FAULT);
  return {
    seed,
    durationMs,
    orders: createWorkload({ seed, orders, durationMs }),
    faults: createSchedule({ seed, faults, durationMs, ...(only ? { only } : {}) }),
  };
}
