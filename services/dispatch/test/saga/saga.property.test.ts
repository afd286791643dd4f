import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decide } from '../../src/domain/saga/decide.ts';
import { sagaStates } from '../../src/domain/saga/saga.ts';
import { brokenPromises } from './invariants.ts';
import type { Plan } from './participants.ts';
import { createWorld, type Decide, type World } from './world.ts';

const plans: fc.Arbitrary<Plan> = fc.record({
  inStock: fc.constantFrom(true, true, true, false),
  deliverable: fc.constantFrom(true, true, true, false),
  attempts: fc.array(fc.constantFrom('ok', 'ok', 'soft', 'final', 'action', 'pending'), {
    minLength: 1,
    maxLength: 3,
  }),
  captureFails: fc.constantFrom(false, false, true),
  refundFails: fc.constantFrom(false, false, false, true),
  authorisesAfterVoid: fc.boolean(),
  cancelIn: fc.constantFrom(undefined, undefined, ...sagaStates),
});

type Happening = [what: number, which: number];
const acts: readonly ((world: World, which: number) => unknown)[] = [
  (world, which) => world.obey(which, false),
  (world, which) => world.obey(which, false),
  (world, which) => world.hear(which, false),
  (world, which) => world.hear(which, false),
  (world, which) => world.obey(which, true),
  (world, which) => world.hear(which, true),
  (world, which) => which % 3 === 0 && world.lose(which),
  (world) => world.fire('resend'),
  (world) => world.fire('resend'),
  (world, which) => which % 20 === 0 && world.fire('deadline'),
  (world, which) => which % 20 === 0 && world.cancel(),
  (world, which) => world.travel(which % 5 === 0),
  (world) => world.progress(),
  (world) => world.expireLease(),
];
const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.tuple(fc.nat({ max: acts.length - 1 }), fc.nat({ max: 60 })),
  { maxLength: 90, size: 'max' },
);

/** Lives through what happens and gives back every promise that was broken. */
function live(plan: Plan, story: readonly Happening[], how: Decide): string[] {
  const world = createWorld(plan, how);
  for (const [what, which] of story) {
    acts[what]?.(world, which);
    if (world.saga.state === plan.cancelIn && which % 2 === 0) world.cancel();
  }
  world.comeToRest();
  return brokenPromises(world);
}
const promisesHold = (how: Decide) =>
  fc.property(plans, happenings, (plan, story) => {
    expect(live(plan, story, how)).toEqual([]);
  });

test('whatever is lost, doubled, late or out of order, every order ends and nothing is lost', () => {
  fc.assert(promisesHold(decide), { numRuns: 6000 });
});

describe('the property notices', () => {
  const ignoring =
    (type: string): Decide =>
    (saga, input, moment) =>
      saga.undoing && input.kind === 'message' && input.message.type === type
        ? { saga, effects: [] }
        : decide(saga, input, moment);
  const skipping =
    (command: string, forget: Partial<Parameters<Decide>[0]>): Decide =>
    (saga, input, moment) => {
      const decision = decide(saga, input, moment);
      const effects = decision.effects.filter((it) => it.kind !== 'send' || it.command !== command);
      const sent = effects.length < decision.effects.length;
      return sent ? { saga: { ...decision.saga, ...forget }, effects } : decision;
    };
  const sabotages: Record<string, Decide> = {
    'an authorisation that is ignored because the order was cancelled': ignoring('payment.authorised.v1'),
    'a capture that is ignored because the order was cancelled': ignoring('payment.captured.v1'),
    'a late commit that is not restocked': ignoring('stock.committed.v1'),
    'a hold that is never released': skipping('stock.release', { stock: 'clean' }),
    'sold goods that never come back': skipping('stock.restock', { stock: 'clean' }),
    'a shipment that is never cancelled': skipping('shipment.cancel', { shipment: 'clean' }),
    'money that is never given back': skipping('payment.refund', { payment: 'clean' }),
    'a release of what may have been sold': (saga, input, moment) => {
      const blind = input.kind === 'cancel' && saga.stock === 'committing';
      return decide(blind ? { ...saga, stock: 'held' } : saga, input, moment);
    },
    'an unanswered command that is not sent again': (saga, input, moment) => {
      const decision = decide(saga, input, moment);
      if (input.kind !== 'timer' || input.timer !== 'resend') return decision;
      return { ...decision, effects: decision.effects.filter((it) => it.kind !== 'send') };
    },
    'a status that goes backwards': (saga, input, moment) => {
      const decision = decide(saga, input, moment);
      if (saga.state === 'AWAITING_CUSTOMER' && decision.saga.state === 'COMMITTING')
        decision.saga.view.status = 'stock-reserved';
      return decision;
    },
  };
  test.each(Object.entries(sabotages))('%s', (_name, sabotage) => {
    expect(fc.check(promisesHold(sabotage), { numRuns: 6000, endOnFailure: true, seed: 7 }).failed).toBe(
      true,
    );
  });
});
