import { beginSaga, decide } from '../../src/domain/saga/decide.ts';
import type { Input, Saga, Terms } from '../../src/domain/saga/saga.ts';
import { endOf } from '../../src/domain/saga/status.ts';
import { defaultTiming } from '../../src/domain/saga/timing.ts';

const moment = { at: '2026-11-22T09:30:00.000Z', timing: defaultTiming };
const orderId = '019aa000-0000-7000-8000-000000000001';

/** What tells two sagas apart as far as changes of state go: not how often, only whether something was asked anew. */
function keyOf(saga: Saga): string {
  const { state, undoing, stock, shipment, payment, once, stockRound, attention, dispute, view } = saga;
  const { terms, voidRound, parts = [] } = saga;
  const reason = attention?.from === 'CANCELLING' ? attention.reason : view.reason;
  const mayCancel = state === 'CANCELLING' || attention?.from === 'CANCELLING';
  return JSON.stringify([
    ...[state, undoing, stock, shipment, payment, once, stockRound, attention?.from, dispute?.state],
    payment === 'idle' && terms.plan,
    mayCancel && endOf(reason?.code),
    view.reason?.code === 'payment-disputed',
    voidRound !== undefined,
    parts.map(({ id, stock: goods, money }) => [id, goods, money]),
  ]);
}

/** Every change of state that any sequence of inputs can bring about, as `FROM --> TO`. */
export function reachableEdges(inputs: (saga: Saga) => Input[]): Set<string> {
  const plans: Terms['plan'][] = ['card', 'mobile-money'];
  const begun = plans.map(
    (plan) => beginSaga({ orderId, terms: { plan, totalMinor: 3, refundId: 'r' } }, moment).saga,
  );
  const seen = new Map(begun.map((saga) => [keyOf(saga), saga]));
  const edges = new Set<string>();
  for (const saga of seen.values())
    for (const input of inputs(saga)) {
      const next = decide(saga, input, moment).saga;
      if (next.state !== saga.state) edges.add(`${saga.state} --> ${next.state}`);
      const key = keyOf(next);
      // What was told before changes no decision, and copying it takes time.
      if (!seen.has(key)) seen.set(key, { ...next, view: { ...next.view, steps: [] } });
    }
  return edges;
}
