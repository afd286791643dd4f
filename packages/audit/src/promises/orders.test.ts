import { describe, expect, test } from '@jest/globals';
import { confirmed, ended, judged, order, orphan, resting, shipment } from '../../test/hand-made.ts';
import type { Case, Judge } from '../facts.ts';
import { judgeCart, judgeEnd, judgeHistory, judgeShipment, judgeStatuses, judgeTwins } from './orders.ts';

/** Rows: what it is, the facts, what is told about them; nothing for clean ones. */
type Row = [string, Case, (string | RegExp)?];
function judging(judge: Judge, rows: Row[]): void {
  for (const [name, it, told] of rows)
    test(name, () => {
      const found = judged(judge, it);
      if (told === undefined) expect(found).toEqual([]);
      else expect(found.join('; ')).toMatch(told);
    });
}
const placed = order({ status: 'placed', version: 1 });
const history = { userId: 'user', version: 7, status: 'confirmed', totalMinor: 500, refundedMinor: 0 };
const events = (...statuses: Case['events'][number]['status'][]) =>
  statuses.map((status, index) => ({ status, version: index + 1 }));

describe('I5 one shipment', () => {
  judging(judgeShipment, [
    ['one for a kept order is clean', confirmed()],
    ['a cancelled one beside it is clean', confirmed({ shipments: [shipment('cancelled'), shipment()] })],
    ['none for a rejected order is clean', ended('rejected')],
    [
      'a parcel of an order that was returned is clean',
      ended('refunded', {
        events: events('placed', 'confirmed', 'refunded'),
        shipments: [shipment('delivered')],
      }),
    ],
    ['an order under way may have one', confirmed({ order: placed })],
    ['none for a kept order', confirmed({ shipments: [] }), 'is confirmed with 0 shipments'],
    ['two for a kept order', confirmed({ shipments: [shipment(), shipment()] }), 'with 2 shipments'],
    [
      'one for a cancelled order',
      ended('cancelled', { shipments: [shipment('held')] }),
      'is cancelled and has a shipment',
    ],
    ['one for no order', orphan({ shipments: [shipment()] }), 'does not exist'],
    [
      'two for an order under way',
      confirmed({ order: placed, shipments: [shipment(), shipment()] }),
      'has 2 shipments',
    ],
  ]);
});

describe('I6 every order ends', () => {
  const reserving = { order: placed, saga: { state: 'RESERVING', updatedAt: 2000 } };
  judging(judgeEnd, [
    ['an end is clean', ended('cancelled')],
    ['waiting for the carrier is clean', confirmed()],
    ['waiting for a timer is clean', confirmed({ ...reserving, timerAt: 2_000_000_000 })],
    [
      'a call for a person with a reason is clean',
      confirmed({ order: order({ status: 'attention-required', reason: 'needs-support' }) }),
    ],
    [
      'a call without a reason',
      confirmed({ order: order({ status: 'attention-required' }) }),
      'does not say why',
    ],
    ['no timer', confirmed(reserving), 'is placed (RESERVING) and nothing will wake it'],
    ['a timer that nobody heard', confirmed({ ...reserving, timerAt: 5000 }), 'since its timer fell due'],
    ['no saga', { ...orphan({ order: order() }) }, 'it has no saga'],
  ]);
  test('at rest nothing waits', () => {
    expect(judged(judgeEnd, confirmed({ ...reserving, timerAt: 2_000_000_000 }), resting)).toHaveLength(1);
    expect(judged(judgeEnd, confirmed(), resting)).toEqual([]);
  });
});

describe('I7 one order per cart', () => {
  judging(judgeTwins, [
    ['one is clean', confirmed()],
    ['two of the same cart', confirmed({ twins: ['order-2'] }), 'was made of the same cart as order-2'],
  ]);
});

describe('I10 ordered goods leave the cart', () => {
  const at = 1_795_000_000;
  const recent = order({ placedAt: at * 1000, cartVersion: at - 60 });
  const cart = (version: number, ...orders: string[]) => ({ order: recent, cart: { version, orders } });
  const full = Array.from({ length: 32 }, (_, number) => `other-${number}`);
  judging(judgeCart, [
    ['taken out is clean', confirmed(cart(at - 59, 'order-1'))],
    ['a cart that forgot is clean', confirmed(cart(at + 500, ...full))],
    ['another cart under the same id is clean', confirmed(cart(at + 40 * 86_400))],
    ['still in it', confirmed(cart(at - 60)), 'its goods are still in cart cart'],
    ['changed and still in it', confirmed(cart(at - 50, 'order-2')), 'still in cart'],
  ]);
});

describe('I11 the history', () => {
  const without = (it: Case): Case => {
    const { history: _, ...rest } = it;
    return rest;
  };
  const told = (more: Partial<typeof history>) => confirmed({ history: { ...history, ...more } });
  const refunded = order({ refunds: [{ kind: 'refund', amountMinor: 200, lines: [], state: 'refunded' }] });
  judging(judgeHistory, [
    ['the same is clean', confirmed()],
    [
      'a step that changed no status is clean',
      confirmed({
        order: order({ version: 8 }),
        events: [...confirmed().events, { status: 'confirmed', version: 8 }],
      }),
    ],
    ["a guest's is nowhere", without(confirmed({ order: order({ userId: null }) }))],
    ['what went back is told', confirmed({ order: refunded, history: { ...history, refundedMinor: 200 } })],
    ['missing', without(confirmed()), 'is missing in the history'],
    [
      'an old status',
      told({ status: 'placed', version: 1 }),
      /status is confirmed, its history says placed; version/,
    ],
    ['another total', told({ totalMinor: 1 }), 'total is 500, its history says 1'],
    ['another user', told({ userId: 'other' }), 'user is user'],
    ['a version from the future', told({ version: 8 }), 'version is 7, its history says 8'],
    ['a refund that is not told', confirmed({ order: refunded }), 'says that 0 was refunded'],
    ['an order that does not exist', orphan({ history }), 'does not exist'],
    ["a guest's in a history", confirmed({ order: order({ userId: null }) }), "is a guest's"],
  ]);
});

describe('I12 statuses', () => {
  const order6 = order({ version: 6, status: 'confirmed' });
  judging(judgeStatuses, [
    ['forward is clean', confirmed()],
    [
      'a pause for a person is clean',
      confirmed({
        order: order({ version: 3 }),
        events: events('placed', 'attention-required', 'confirmed'),
      }),
    ],
    [
      'backwards',
      confirmed({ order: order({ version: 3 }), events: events('placed', 'cancelling', 'confirmed') }),
      'went back from cancelling to confirmed',
    ],
    [
      'backwards after a pause',
      confirmed({
        order: order({ version: 4, status: 'placed' }),
        events: events('placed', 'confirmed', 'attention-required', 'placed'),
      }),
      'went back from confirmed to placed',
    ],
    ['a row that is not its last event', confirmed({ order: order6 }), 'its last event says confirmed'],
    ['no events', confirmed({ events: [] }), 'has no history of its own'],
  ]);
});
