import { expect, test } from '@jest/globals';
import { createPlan } from '../plan/plan.ts';
import { sabotages } from '../planting/sabotages.ts';
import { tailoredTo } from './tailoring.ts';

const usual = createPlan({ seed: 1, orders: 28, faults: 0 });

test.each(sabotages.map((it) => [it.name, it] as const))(
  '%s gets its faults and buyers',
  (_name, sabotage) => {
    const plan = tailoredTo(sabotage)(usual);
    for (const { fault, target } of sabotage.faultsNeeded) {
      expect(plan.faults.filter((it) => it.name === fault && it.target === target)).toHaveLength(3);
    }
    expect(new Set(plan.faults.map(({ number }) => number)).size).toBe(plan.faults.length);
    expect(Math.max(...plan.orders.map(({ atMs }) => atMs))).toBeLessThanOrEqual(plan.durationMs);
  },
);

test('buyers of several kinds are in the same orders, or take turns', () => {
  const { orders } = tailoredTo({
    faultsNeeded: [],
    buyersNeeded: ['cancel', 'double-click', 'sim_declined'],
  })(usual);
  const changed = orders.filter((_, index) => index % 4 !== 3);
  expect(new Set(changed.map(({ manner }) => manner))).toEqual(new Set(['cancel', 'double-click']));
  expect(changed.every(({ paymentToken, phone }) => paymentToken === 'sim_declined' && !phone)).toBe(true);
});
