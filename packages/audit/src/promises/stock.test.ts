import { describe, expect, test } from '@jest/globals';
import {
  confirmed,
  details,
  ended,
  judged,
  now,
  order,
  orphan,
  resting,
  stock,
} from '../../test/hand-made.ts';
import type { Case } from '../facts.ts';
import {
  addSold,
  judgeBalance,
  judgeHolds,
  judgeRepeats,
  judgeReservation,
  judgeSold,
  type SoldBySku,
} from './stock.ts';

const reserved = (state: string) => ({ reservation: { state, createdAt: 1000, updatedAt: 2000 } });

describe('I3 no oversell', () => {
  test('a balanced document is clean', () => expect(judgeBalance(stock())).toEqual([]));
  test.each([
    [stock({ available: 7 }), '10 came in, 7 available + 2 held + 2 sold'],
    [stock({ available: -1, adjusted: 3 }), '-1 are available'],
    [stock({ sold: -2, adjusted: 6 }), '-2 are sold'],
  ])('%j is found', (it, told) => expect(judgeBalance(it)).toEqual([{ id: 'MUG', detail: told }]));

  test.each<[string, Case]>([
    ['kept and sold', confirmed()],
    ['kept, a part came back', confirmed(reserved('RESTOCKED'))],
    ['undone and given back', ended('cancelled')],
    ['undone and never held', ended('rejected', reserved('REJECTED'))],
  ])('%s is clean', (_, it) => expect(judged(judgeReservation, it)).toEqual([]));
  test.each<[string, Case, RegExp]>([
    ['kept and not sold', confirmed(reserved('RELEASED')), /its goods are not sold: RELEASED/],
    ['undone and sold', ended('refunded', reserved('COMMITTED')), /count as sold/],
    ['sold to nobody', orphan(reserved('COMMITTED')), /does not exist/],
  ])('%s is found', (_, it, told) => expect(judged(judgeReservation, it).join()).toMatch(told));

  const sell = (...cases: Case[]): SoldBySku => {
    const sold: SoldBySku = new Map();
    for (const it of cases) addSold(sold, it, now);
    return sold;
  };
  const back = (state: string) =>
    confirmed({
      order: order({
        refunds: [{ kind: 'return', amountMinor: 1, lines: [{ sku: 'MUG', quantity: 1 }], state }],
      }),
    });

  test('what is sold is what kept orders bought, less what came back', () => {
    expect(sell(confirmed(), ended('cancelled')).get('MUG')).toEqual({ least: 2, most: 2 });
    expect(sell(confirmed(), back('refunded')).get('MUG')).toEqual({ least: 3, most: 3 });
    expect(sell(back('requested')).get('MUG')).toEqual({ least: 1, most: 2 });
  });
  test('what still moves may count or not', () => {
    const moving = { order: order({ updatedAt: now.settledBefore + 1 }) };
    expect(sell(confirmed(moving)).get('MUG')).toEqual({ least: 0, most: 2 });
    const cancelling = ended('cancelled', {
      order: order({ status: 'cancelled', updatedAt: now.settledBefore + 1 }),
    });
    expect(sell(cancelling).get('MUG')).toEqual({ least: 0, most: 2 });
    expect(sell(confirmed({ order: order({ status: 'attention-required' }) })).get('MUG')).toEqual({
      least: 0,
      most: 2,
    });
  });
  test('units sold to nobody, or not counted, are found', () => {
    expect(judgeSold(new Map([['MUG', 2]]), sell(confirmed()))).toEqual([]);
    expect(judgeSold(new Map([['MUG', 3]]), sell(confirmed()))).toEqual([
      { id: 'MUG', detail: '3 are sold, orders bought 2' },
    ]);
    expect(details(judgeSold(new Map([['MUG', 0]]), sell(confirmed())))).toEqual([
      '0 are sold, orders bought 2',
    ]);
    expect(details(judgeSold(new Map([['CUP', 1]]), sell(confirmed())))).toEqual([
      '1 are sold, orders bought 0',
    ]);
  });
});

describe('I4 no phantom hold', () => {
  const orders = (it: Case) => new Map([['order-2', it]]);

  test('an order under way may hold', () => {
    const alive = confirmed({ order: order({ status: 'stock-reserved' }) });
    expect(judgeHolds(stock(), orders(alive), now)).toEqual([]);
  });
  test('an order that ended this moment may, for a moment', () => {
    const fresh = confirmed({ order: order({ updatedAt: now.settledBefore + 1 }) });
    expect(judgeHolds(stock(), orders(fresh), now)).toEqual([]);
    expect(judgeHolds(stock(), orders(fresh), resting)).toHaveLength(1);
    const young = stock({ holds: [{ orderId: 'nobody', quantity: 1, at: now.settledBefore + 1 }] });
    expect(judgeHolds(young, new Map(), now)).toEqual([]);
  });
  test.each<[string, Map<string, Case>, string]>([
    ['a finished order', orders(ended('cancelled')), 'is cancelled and holds 2 of MUG'],
    ['a sold one', orders(confirmed()), 'is confirmed and holds 2 of MUG'],
    ['an unknown one', new Map(), 'does not exist and holds 2 of MUG'],
  ])('%s may not', (_, known, detail) =>
    expect(judgeHolds(stock(), known, now)).toEqual([{ id: 'order-2', detail }]),
  );
});

describe('I9 on a stock document', () => {
  test('once is clean, twice is found', () => {
    const hold = { orderId: 'order-2', quantity: 1, at: 1000 };
    expect(judgeRepeats(stock({ restocks: ['a', 'b'] }))).toEqual([]);
    expect(judgeRepeats(stock({ holds: [hold, hold], restocks: ['a', 'a'] }))).toEqual([
      { id: 'order-2', detail: 'holds MUG twice' },
      { id: 'MUG', detail: 'was restocked twice under a' },
    ]);
  });
});
