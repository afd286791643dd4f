import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decide } from '../../src/domain/saga/decide.ts';
import { type Effect, sagaStates } from '../../src/domain/saga/saga.ts';
import { brokenPromises } from './invariants.ts';
import { type Plan, TOTAL_MINOR } from './participants.ts';
import { createWorld, type Decide, type World } from './world.ts';

const plans: fc.Arbitrary<Plan> = fc.record({
  mobile: fc.boolean(),
  switchesMethod: fc.constantFrom(false, false, true),
  inStock: fc.constantFrom(true, true, true, false),
  holdsLost: fc.constantFrom(0, 0, 0, 1, 2),
  deliverable: fc.constantFrom(true, true, true, false),
  attempts: fc.array(fc.constantFrom('ok', 'ok', 'soft', 'final', 'action', 'pending', 'expired'), {
    minLength: 1,
    maxLength: 3,
  }),
  captureFails: fc.constantFrom(false, false, true),
  refundsRefused: fc.constantFrom(0, 0, 0, 1, 2),
  paysAfterVoid: fc.boolean(),
  cancelIn: fc.constantFrom(undefined, undefined, ...sagaStates),
  givesBackIn: fc.constantFrom(undefined, undefined, 'CONFIRMED', 'SHIPPED', 'COMPLETED'),
  resumes: fc.boolean(),
  restsAt: fc.constantFrom(undefined, undefined, 20),
});

type Sending = Extract<Effect, { kind: 'send' }>;
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
  (world, which) => which % 2 === 0 && world.giveBack(1 + (which % 4 === 0 ? 1 : 0), 0),
  (world, which) => which % 4 === 0 && world.giveBack(0, 1 + which * 45),
  (world, which) =>
    which % 3 === 0 && world.dispute((['opened', 'lost', 'won'] as const)[which % 7] ?? 'opened'),
  (world, which) => which % 4 === 0 && world.resume(),
];
const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.tuple(fc.nat({ max: acts.length - 1 }), fc.nat({ max: 60 })),
  { maxLength: 90, size: 'max' },
);

/** Lives through what happens and gives back every promise that was broken. */
function live(plan: Plan, story: readonly Happening[], how: Decide): string[] {
  const world = createWorld(plan, how);
  story.forEach(([what, which], nth) => {
    // Much happens only to orders that went well, and few do while everything goes wrong.
    if (nth === plan.restsAt) world.comeToRest();
    acts[what]?.(world, which);
    if (world.saga.state === plan.givesBackIn && which % 3 === 0) world.giveBack(which % 2, 1 + which * 20);
    if (world.saga.state === plan.cancelIn && which % 2 === 0) world.cancel();
  });
  world.comeToRest();
  world.arrive();
  return brokenPromises(world);
}
const promisesHold = (how: Decide) =>
  fc.property(plans, happenings, (plan, story) => {
    const broken = live(plan, story, how);
    if (broken.length > 0) throw new Error(broken.join(', '));
  });

test('whatever is lost, doubled, late or out of order, every order ends and nothing is lost', () => {
  fc.assert(promisesHold(decide), { numRuns: Number(process.env.SAGA_HISTORIES ?? 6000) });
});

describe('money that a bank took and gave back goes to the customer', () => {
  const plan: Plan = {
    mobile: true,
    switchesMethod: false,
    inStock: true,
    holdsLost: 2,
    deliverable: true,
    attempts: ['ok'],
    captureFails: false,
    refundsRefused: 0,
    paysAfterVoid: false,
    cancelIn: undefined,
    givesBackIn: undefined,
    resumes: false,
    restsAt: undefined,
  };
  const [obey, hear, travel, giveBack, dispute, resume] = [0, 2, 11, 14, 16, 17];
  const lost: Happening = [dispute, 15];
  const won: Happening = [dispute, 30];
  const untilPaid = Array.from({ length: 5 }, (): Happening[] => [
    [obey, 0],
    [hear, 0],
  ]).flat();

  test('of an order that was undone', () => {
    const story: Happening[] = [...untilPaid, lost, [obey, 0], [hear, 21], [obey, 0], won];
    expect(live(plan, story, decide)).toEqual([]);
  });

  const confirmed: Plan = { ...plan, mobile: false, holdsLost: 0, restsAt: 0 };
  const allComesBack: Happening[] = [[travel, 1], lost, [hear, 0], [hear, 0], [resume, 0], [giveBack, 0]];
  test.each([
    ['before its goods are back', []],
    ['after its goods are back', untilPaid],
  ])('of an order that was returned meanwhile, %s', (_when, between) => {
    expect(live(confirmed, [...allComesBack, ...between, won], decide)).toEqual([]);
  });
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
  const rewriting =
    (command: string, rewrite: (it: Sending) => Sending): Decide =>
    (saga, input, moment) => {
      const decision = decide(saga, input, moment);
      const effects = decision.effects.map((it) =>
        it.kind === 'send' && it.command === command ? rewrite(it) : it,
      );
      return { ...decision, effects };
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
    'money that came late and is kept': ignoring('payment.late-success.v1'),
    'a return that puts everything back into stock': rewriting('stock.restock', ({ part: _, ...it }) => it),
    'a refund of the whole after a part went back': rewriting('payment.refund', (it) =>
      it.part === undefined ? { ...it, amountMinor: TOTAL_MINOR } : it,
    ),
    'a refused refund that is asked for under the same id': rewriting('payment.refund', (it) => ({
      ...it,
      round: 1,
    })),
    'a part that is not asked for again': (saga, input, moment) => {
      const decision = decide(saga, input, moment);
      const effects = decision.effects.filter((it) => it.kind !== 'send' || !it.part || !it.again);
      return { ...decision, effects };
    },
    'goods that were lost after they were paid, and sent nevertheless': (saga, input, moment) => {
      const isLost = input.kind === 'message' && input.message.type === 'stock.commit-rejected.v1';
      if (!isLost || saga.undoing || saga.payment !== 'captured') return decide(saga, input, moment);
      const data = { orderId: saga.orderId, round: saga.stockRound ?? 1 };
      const message = { type: 'stock.committed.v1', data } as const;
      return decide(saga, { kind: 'message', message }, moment);
    },
    'a lost dispute that nobody is told of': (saga, input, moment) =>
      input.kind === 'message' && input.message.type === 'payment.disputed.v1'
        ? { saga, effects: [] }
        : decide(saga, input, moment),
    'a resumed order that stays where it was': (saga, input, moment) =>
      input.kind === 'resume' ? { saga, effects: [] } : decide(saga, input, moment),
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
    expect(fc.check(promisesHold(sabotage), { numRuns: 30_000, endOnFailure: true, seed: 7 }).failed).toBe(
      true,
    );
  });
});
