import { describe, expect, test } from '@jest/globals';
import { afterCharge, whileWaiting } from './charge.ts';
import { mayTryAgain, nextAction, onVoid, type PaymentFacts, standing } from './payment.ts';

const payment = (over: Partial<PaymentFacts> = {}): PaymentFacts => ({
  kind: 'mobile-money',
  state: 'action-required',
  voidRequested: false,
  tries: 1,
  maxTries: 3,
  amountMinor: 1000,
  capturedMinor: 0,
  refundedMinor: 0,
  lostMinor: 0,
  late: false,
  ...over,
});
const cancelled = { kind: 'declined', final: false, reason: 'cancelled-by-customer' } as const;
const expired = { kind: 'expired', reason: 'not-confirmed-in-time', watch: true } as const;
const done = { kind: 'done' } as const;

test('the customer is asked once, and not for money nobody wants', () => {
  expect(whileWaiting(payment({ state: 'authorising' })).reply).toMatchObject({
    nextAction: { kind: 'confirm-on-phone' },
  });
  expect(whileWaiting(payment())).toEqual({ state: 'action-required' });
  expect(whileWaiting(payment({ state: 'captured' }))).toEqual({ state: 'captured' });
  expect(whileWaiting(payment({ state: 'authorising', voidRequested: true }))).toEqual({
    state: 'action-required',
  });
});

describe('money', () => {
  test('that comes in time is captured', () => {
    expect(afterCharge(payment(), 1000, done)).toEqual({ state: 'captured', reply: { type: 'captured' } });
  });
  test('that comes while a void waits makes the void fail', () => {
    expect(afterCharge(payment({ voidRequested: true }), 1000, done).reply).toEqual({ type: 'void-failed' });
  });
  test.each(['captured', 'refunded', 'disputed'] as const)(
    'that comes a second time goes back by itself when the payment is %s',
    (state) => expect(afterCharge(payment({ state }), 1000, done)).toEqual({ state, start: 'refund' }),
  );
  test.each(['expired', 'declined', 'voided'] as const)(
    'that comes when the payment is %s must go back',
    (state) => {
      const late = { state: 'captured', reply: { type: 'late-success', amountMinor: 1000 } };
      expect(afterCharge(payment({ state }), 1000, done)).toEqual(late);
    },
  );
  test('that came late is told again as late', () => {
    const late = payment({ state: 'captured', late: true, capturedMinor: 1000 });
    expect(standing(late, null)).toEqual({ type: 'late-success', amountMinor: 1000 });
  });
});

describe('no money', () => {
  test('a customer who said no may try again while tries are left', () => {
    expect(afterCharge(payment(), 1000, cancelled).reply).toMatchObject({ type: 'declined', final: false });
    expect(afterCharge(payment({ tries: 3 }), 1000, cancelled).reply).toMatchObject({ final: true });
  });
  test('a payment that expired may be tried again while tries are left, and is declined for good after', () => {
    expect(afterCharge(payment(), 1000, expired)).toMatchObject({
      state: 'expired',
      reply: { type: 'expired' },
    });
    expect(mayTryAgain(payment({ state: 'expired' }))).toBe(true);
    expect(nextAction(payment({ state: 'expired' }))).toMatchObject({ kind: 'choose-another-method' });
    expect(afterCharge(payment({ tries: 3 }), 1000, expired).reply).toMatchObject({
      type: 'declined',
      final: true,
    });
  });
  test('is what a void waits for', () => {
    for (const outcome of [cancelled, expired])
      expect(afterCharge(payment({ voidRequested: true }), 1000, outcome)).toEqual({
        state: 'voided',
        reply: { type: 'voided' },
      });
    expect(onVoid(payment(), true)).toEqual({ state: 'action-required' });
    expect(onVoid(payment({ state: 'expired' }), false).state).toBe('voided');
  });
  test('from one try does not undo what another brought', () => {
    for (const outcome of [cancelled, expired])
      expect(afterCharge(payment({ state: 'captured' }), 1000, outcome)).toEqual({ state: 'captured' });
  });
});
