import type { Event, History } from '../history.ts';
import { createCartJudge } from './cart.ts';
import { createHonestJudge } from './honest.ts';
import { createIdempotentJudge } from './idempotent.ts';
import type { Judge, Violation } from './judge.ts';
import { createMonotoneJudge } from './monotone.ts';

/**
 * All judges of the history, listening. What they find is written into the history, where whoever else finds something
 * writes too; `violations` has both.
 */
export function openBench(history: History) {
  const judges: Judge[] = [
    createIdempotentJudge(),
    createCartJudge(),
    createMonotoneJudge(),
    createHonestJudge(),
  ];
  const violations: Violation[] = [];
  history.listen((event: Event) => {
    if (event.type === 'finding') {
      const { promise, id, detail } = event;
      violations.push({ promise, id, detail });
      return;
    }
    for (const found of judges.flatMap((judge) => judge.see(event))) {
      history.add({ type: 'finding', at: Date.now(), ...found });
    }
  });
  return {
    violations: violations as readonly Violation[],
    judged: () => judges.map(({ promise, title, checked }) => ({ promise, title, checked: checked() })),
  };
}
export type Bench = ReturnType<typeof openBench>;
