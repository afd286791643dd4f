import { describe, expect, test } from '@jest/globals';
import { faultKinds, faultNames } from './fault-kinds.ts';
import { createPlan } from './plan.ts';
import type { PlannedFault } from './schedule.ts';

const options = { seed: 7, orders: 200, faults: 60 };
const endOf = (it: PlannedFault) => it.atMs + it.lastsMs + faultKinds[it.name].restsMs;

describe('a plan', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(createPlan(options)).toEqual(createPlan(options));
    expect(createPlan({ ...options, seed: 8 })).not.toEqual(createPlan(options));
  });

  test('does not change its orders because there are other kinds of faults', () => {
    const only = createPlan({ ...options, only: ['kill-service'] });
    expect(only.orders).toEqual(createPlan(options).orders);
    expect(new Set(only.faults.map(({ name }) => name))).toEqual(new Set(['kill-service']));
  });

  test.each([1, 2, 3, 4, 5])('never hits one part twice at once, nor more than three (seed %i)', (seed) => {
    const { faults } = createPlan({ ...options, seed });
    const hitBy = ({ name, target }: PlannedFault) => faultKinds[name].hits(target);
    for (const fault of faults) {
      const during = faults.filter((it) => it !== fault && it.atMs < endOf(fault) && fault.atMs < endOf(it));
      expect(during.map(hitBy)).not.toContain(hitBy(fault));
    }
    for (const { atMs } of faults) {
      expect(faults.filter((it) => it.atMs <= atMs && atMs < endOf(it)).length).toBeLessThanOrEqual(3);
    }
  });

  test('has every kind once it is long enough, save those that are asked for by name', () => {
    const { faults } = createPlan({ seed: 3, orders: 500, faults: 240 });
    const usual = faultNames.filter((name) => faultKinds[name].onRequest !== true);
    expect(new Set(faults.map(({ name }) => name))).toEqual(new Set(usual));
  });

  test('leaves partitions of 30 s to long campaigns', () => {
    const { faults } = createPlan({ seed: 3, orders: 20, faults: 40 });
    expect(createPlan({ seed: 3, orders: 20, faults: 20 }).durationMs).toBeLessThan(180_000);
    expect(
      createPlan({ seed: 3, orders: 20, faults: 20 }).faults.some(({ name }) => name === 'long-partition'),
    ).toBe(false);
    expect(faults).toHaveLength(40);
  });

  test('spreads 500 orders and 40 faults over less than five minutes', () => {
    const { durationMs, orders, faults } = createPlan({ seed: 1, orders: 500, faults: 40 });
    expect(durationMs).toBeLessThan(300_000);
    expect(Math.max(...orders.map(({ atMs }) => atMs))).toBeLessThanOrEqual(durationMs * 1.02);
    expect(Math.max(...faults.map(({ atMs }) => atMs))).toBeLessThanOrEqual(durationMs * 1.1);
  });

  test('has buyers of every manner and every token of the provider', () => {
    const { orders } = createPlan({ seed: 2, orders: 300, faults: 0 });
    expect(new Set(orders.map(({ manner }) => manner)).size).toBe(6);
    expect(new Set(orders.map(({ paymentToken }) => paymentToken)).size).toBe(7);
    expect(orders.some(({ customer }) => customer === undefined)).toBe(true);
    expect(orders.some(({ customer }) => customer !== undefined)).toBe(true);
    expect(orders.some(({ product }) => product === 'scarce')).toBe(true);
    expect(orders.some(({ phone }) => phone !== undefined)).toBe(true);
  });
});
