import { beginSaga, decide } from '../../src/domain/saga/decide.ts';
import type { Input, Saga } from '../../src/domain/saga/saga.ts';
import { defaultTiming } from '../../src/domain/saga/timing.ts';

const moment = { at: '2026-11-22T09:30:00.000Z', timing: defaultTiming };

/** What tells two sagas apart as far as decisions go: not how often, only whether it was voided again. */
const keyOf = ({ view, resends: _, voidRound, ...rest }: Saga): string =>
  JSON.stringify({ ...rest, again: voidRound !== undefined, reason: view.reason?.code, status: view.status });

/** Every change of state that any sequence of inputs can bring about, as `FROM --> TO`. */
export function reachableEdges(inputs: (saga: Saga) => Input[]): Set<string> {
  const first = beginSaga('019aa000-0000-7000-8000-000000000001', moment).saga;
  const seen = new Map([[keyOf(first), first]]);
  const edges = new Set<string>();
  for (const saga of seen.values())
    for (const input of inputs(saga)) {
      const next = decide(saga, input, moment).saga;
      if (next.state !== saga.state) edges.add(`${saga.state} --> ${next.state}`);
      const key = keyOf(next);
      if (!seen.has(key)) seen.set(key, next);
    }
  return edges;
}
