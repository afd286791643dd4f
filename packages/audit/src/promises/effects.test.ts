import { describe, expect, test } from '@jest/globals';
import { attempt, booked, confirmed, ended, entry, judged, now, shipment } from '../../test/hand-made.ts';
import type { Case } from '../facts.ts';
import { judgeEffects, judgeUnknowns } from './effects.ts';

describe('I9 no effect twice', () => {
  test('once is clean; nothing is not looked at', () => {
    expect(judged(judgeEffects, confirmed())).toEqual([]);
    expect(judgeEffects(ended('rejected'), now)).toBeUndefined();
  });
  test.each<[string, Partial<Case>, RegExp]>([
    [
      'the provider did it twice',
      { provider: [entry('captured'), entry('captured', { sequence: 2 })] },
      /did it 2 times: captured card a2/,
    ],
    ['booked twice', { bookings: [...booked('a2', 500), ...booked('a2', 500)] }, /booked 2 times: a2/],
    ['sent twice', { shipments: [shipment(), shipment('cancelled')] }, /2 shipments/],
  ])('%s is found', (_, more, told) => expect(judged(judgeEffects, confirmed(more)).join()).toMatch(told));
});

describe('I14 looked up first', () => {
  const first = attempt({ id: 'a1', number: 1, kind: 'authorise', createdAt: 1000, updatedAt: 9000 });
  const after = (more: Parameters<typeof attempt>[0]) => attempt({ createdAt: 9000, ...more });

  test.each<[string, Partial<Case>]>([
    ['one after the other', {}],
    ['a void after the answer', { attempts: [first, after({ kind: 'void' })] }],
    ['the clock of another replica', { attempts: [first, attempt({ kind: 'void', createdAt: 8900 })] }],
    [
      'refunds beside each other',
      { attempts: [attempt({ kind: 'refund', state: 'unknown' }), after({ kind: 'refund' })] },
    ],
    [
      'a charge that expired and came late',
      { attempts: [{ ...first, kind: 'charge' }, attempt({ kind: 'charge', createdAt: 5000 })] },
    ],
    [
      'authorised again after a decline',
      { provider: [entry('authorised'), entry('declined'), entry('authorised', { paymentId: 'pay_2' })] },
    ],
  ])('%s is clean', (_, more) => expect(judged(judgeUnknowns, confirmed(more))).toEqual([]));

  test.each<[string, Partial<Case>, RegExp]>([
    [
      'a void while nobody knows',
      { attempts: [{ ...first, state: 'unknown' }, after({ kind: 'void' })] },
      /void a2 began before authorise a1 was looked up/,
    ],
    [
      'a void before the answer',
      { attempts: [first, attempt({ kind: 'void', createdAt: 4000 })] },
      /began before/,
    ],
    [
      'a second capture while nobody knows',
      { attempts: [attempt({ state: 'intent' }), after({ id: 'a3', number: 3 })] },
      /capture a3 began before capture a2/,
    ],
    [
      'reserved twice',
      { provider: [entry('authorised'), entry('authorised', { paymentId: 'pay_2' })] },
      /pay_2 was authorised while pay_1 was/,
    ],
  ])('%s is found', (_, more, told) => expect(judged(judgeUnknowns, confirmed(more)).join()).toMatch(told));

  test('an order without a payment is not looked at', () => {
    expect(judgeUnknowns(ended('rejected'), now)).toBeUndefined();
  });
});
