import { describe, expect, test } from '@jest/globals';
import {
  attempt,
  booked,
  confirmed,
  ended,
  entry,
  givenBack,
  judged,
  order,
  orphan,
  payment,
  resting,
} from '../../test/hand-made.ts';
import type { Case } from '../facts.ts';
import { judgeCharges, judgeMoney } from './money.ts';

const refund = (state: string, amountMinor = 200) => ({ kind: 'refund', amountMinor, lines: [], state });
/** 200 of 500 went back everywhere. */
const partly = (state: string, more: Partial<Case> = {}) =>
  confirmed({
    order: order({ refunds: [refund(state)] }),
    payments: [payment({ refundedMinor: 200 })],
    bookings: [...booked('a2', 500), ...givenBack('a3', 200)],
    provider: [entry('captured'), entry('refunded', { amountMinor: 200, key: 'a3' })],
    ...more,
  });

describe('I1 money', () => {
  test.each<[string, Case]>([
    ['a confirmed order', confirmed()],
    ['a cancelled one', ended('cancelled')],
    ['one that is partly refunded', partly('refunded')],
    ['a refund that is asked for and done already', partly('requested')],
    [
      'one that lost a dispute',
      confirmed({
        order: order({ payment: 'disputed' }),
        payments: [payment({ lostMinor: 500 })],
        bookings: [...booked('a2', 500), ...givenBack('a4', 500)],
        provider: [entry('captured'), entry('dispute-lost')],
      }),
    ],
    [
      'one that was let go after it was authorised',
      ended('cancelled', { provider: [entry('authorised'), entry('voided')] }),
    ],
    [
      'one whose money is still being asked for',
      ended('cancelled', { provider: [entry('authorised')], attempts: [attempt({ state: 'unknown' })] }),
    ],
    ['one that a person looks at', confirmed({ order: order({ status: 'attention-required' }) })],
    ['nothing at all', orphan({ history: confirmed().history ?? never() })],
  ])('%s is clean', (_, it) => expect(judged(judgeMoney, it)).toEqual([]));

  test.each<[string, Case, RegExp]>([
    [
      'captured less',
      confirmed({ payments: [payment({ capturedMinor: 499 })] }),
      /499 of it is kept instead of 500/,
    ],
    ['cancelled and paid', ended('cancelled', { payments: [payment()] }), /500 of it is kept instead of 0/],
    [
      'refunded, not back',
      confirmed({ order: order({ status: 'refunded' }) }),
      /500 of it is kept instead of 0/,
    ],
    ['a refund we know of and the order not', partly('failed'), /300 of it is kept instead of 500/],
    [
      'a refund that is told and not made',
      confirmed({ order: order({ refunds: [refund('refunded')] }) }),
      /500 of it is kept instead of 300/,
    ],
    [
      'the provider took more',
      confirmed({ provider: [entry('captured', { amountMinor: 600 })] }),
      /provider kept 600, we 500/,
    ],
    ['the provider knows nothing', confirmed({ provider: [] }), /provider kept 0, we 500/],
    ['a booking that is missing', confirmed({ bookings: [] }), /ledger says 0, the payment 500/],
    ['a booking of one side', confirmed({ bookings: booked('a2', 500).slice(0, 1) }), /debit 500, credit 0/],
    ['money of no order', orphan({ payments: [payment()] }), /an order that does not exist/],
    [
      'cancelled and still reserved',
      ended('cancelled', { provider: [entry('authorised')] }),
      /still reserves 500 in pay_1/,
    ],
    [
      'reserved a second time',
      confirmed({
        provider: [entry('authorised'), entry('captured'), entry('authorised', { paymentId: 'pay_2' })],
      }),
      /still reserves 500 in pay_2/,
    ],
    ['reserved for no order', orphan({ provider: [entry('authorised')] }), /still reserves 500/],
    ['money at the provider of no order', orphan({ provider: [entry('captured')] }), /provider kept 500/],
  ])('%s is found', (_, it, told) => {
    const found = judgeMoney(it, resting);
    expect(found?.map(({ id }) => id)).toContain('order-1');
    expect(found?.map(({ detail }) => detail).join('; ')).toMatch(told);
  });

  test('at rest a refund has an end', () => {
    const asked = confirmed({ order: order({ refunds: [refund('requested')] }) });
    expect(judged(judgeMoney, asked)).toEqual([]);
    expect(judged(judgeMoney, partly('requested'), resting)).toHaveLength(1);
  });
});

describe('I2 one charge', () => {
  const late = attempt({ id: 'a9', number: 9, kind: 'charge' });

  test.each<[string, Case]>([
    ['one capture', confirmed()],
    ['none', ended('rejected')],
    [
      'a late charge that went back',
      confirmed({
        attempts: [attempt({ kind: 'charge' }), late],
        payments: [payment({ capturedMinor: 1000, refundedMinor: 500 })],
        provider: [
          entry('captured'),
          entry('captured', { paymentId: 'pay_2' }),
          entry('refunded', { paymentId: 'pay_2' }),
        ],
      }),
    ],
  ])('%s is clean', (_, it) => expect(judged(judgeCharges, it)).toEqual([]));

  test.each<[string, Case, string]>([
    [
      'two captures of ours',
      confirmed({ attempts: [attempt(), attempt({ id: 'a3', number: 3 })] }),
      '2 charges succeeded here',
    ],
    [
      'two payments there',
      confirmed({ provider: [entry('captured'), entry('captured', { paymentId: 'pay_2' })] }),
      'the provider keeps money of 2 payments',
    ],
    [
      'one payment taken twice',
      confirmed({ provider: [entry('captured'), entry('captured')] }),
      'the provider took card pay_1 2 times',
    ],
  ])('%s are found', (_, it, told) => expect(judged(judgeCharges, it)).toEqual([told]));
});

function never(): never {
  throw new Error('the hand-made order has a history');
}
