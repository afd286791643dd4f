import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { NextAnswer } from '@shopstack/simulators/card/behaviour';
import { Token } from '@shopstack/simulators/card/tokens';
import { eventually } from '@shopstack/testkit/eventually';
import fc from 'fast-check';
import { audit } from './audit.ts';
import { type Fixture, openFixture } from './fixture.ts';
import type { Order } from './orders.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterAll(async () => {
  await fixture.simulator.behave();
  await fixture.close();
});

const AMOUNT = 1000;
const token = fc.constantFrom(...Token.options, 'sim_ok', 'sim_ok', 'sim_ok');
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('authorise' as const), token }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('capture' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('void' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('refund' as const),
      amountMinor: fc.integer({ min: 1, max: AMOUNT + 1 }),
      id: fc.integer({ min: 0, max: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('attempt' as const), token }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('action' as const),
      outcome: fc.constantFrom('approve', 'fail'),
    }),
  },
);
const moves = fc.array(
  fc.record({ step, copies: fc.integer({ min: 1, max: 3 }), pauseMs: fc.constantFrom(0, 0, 20, 150) }),
  { minLength: 2, maxLength: 9 },
);
type Move = typeof moves extends fc.Arbitrary<infer T> ? (T extends (infer M)[] ? M : never) : never;

async function play(order: Order, played: readonly Move[], refundIds: readonly string[]): Promise<string[]> {
  const sentIds: string[] = [];
  for (const { step: it, copies, pauseMs } of played) {
    if (it.kind === 'attempt' || it.kind === 'action') {
      const headers = { ...fixture.as(order), ...fixture.key() };
      const body =
        it.kind === 'attempt' ? { paymentMethod: 'card', paymentToken: it.token } : { outcome: it.outcome };
      await eventually(async () => {
        const sent = fixture.api.post(`/payments/${order.paymentId}/${it.kind}s`).set(headers);
        const { status } = await sent.send(body);
        if (status !== 503) expect([202, 404, 409]).toContain(status);
        return status !== 503;
      });
    } else {
      const message =
        it.kind === 'authorise'
          ? order.authorise(it.token)
          : it.kind === 'refund'
            ? order.refund(it.amountMinor, refundIds[it.id])
            : order[it.kind]();
      sentIds.push(message.id);
      await order.send(...Array.from({ length: copies }, () => message));
    }
    await sleep(pauseMs);
  }
  return sentIds;
}

/** Every command has been handled. */
const handled = (ids: readonly string[]) =>
  eventually(async () => {
    const db = fixture.database.db.withTables<{ inbox: { message_id: string } }>();
    const rows = await db.selectFrom('inbox').select('message_id').where('message_id', 'in', ids).execute();
    return rows.length === new Set(ids).size;
  });

const tookMoney = (order: Order) => order.types().some((it) => it === 'captured' || it === 'void-failed');

test('whatever is asked, in whatever order and however the provider behaves, no money is made or lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(moves, { minLength: 12, maxLength: 16 }),
      fc.array(fc.constantFrom(...NextAnswer.options, 'normal' as const), { maxLength: 12 }),
      fc.constantFrom('normal', 'never', 'duplicate', 'reorder'),
      async (games, nextAnswers, webhook) => {
        await fixture.simulator.behave({ nextAnswers, webhook, decideAfterMs: 500 });
        const orders = games.map((played) => {
          const order = fixture.order({ amountMinor: AMOUNT });
          return { order, done: play(order, played, [uuidv7(), uuidv7(), uuidv7()]) };
        });
        const ids = await Promise.all(orders.map(({ done }) => done));
        await handled(ids.flat());
        await fixture.simulator.behave({ webhook, decideAfterMs: 500 });
        await fixture.quiet();
        await audit(fixture);
        for (const { order } of orders) {
          const kinds = await fixture.simulator.kinds(order.id);
          await eventually(() => !kinds.includes('captured') || tookMoney(order));
          if (tookMoney(order)) expect(kinds).toContain('captured');
        }
        const waiting = fixture.database.db.selectFrom('payments').selectAll();
        expect(await waiting.where('state', '=', 'authorising').execute()).toEqual([]);
      },
    ),
    { numRuns: 5, endOnFailure: true },
  );
}, 180_000);
