import { describe, expect, test } from '@jest/globals';
import { captureEntries, refundEntries } from './ledger.ts';
import {
  afterAuthorisation,
  afterCapture,
  afterRefund,
  afterVoid,
  mayTryAgain,
  onCapture,
  onVoid,
  type PaymentFacts,
  refundFault,
  standing,
} from './payment.ts';

const payment = (over: Partial<PaymentFacts> = {}): PaymentFacts => ({
  kind: 'card',
  state: 'authorising',
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

describe('an authorisation', () => {
  test('that nobody wants any more is let go as soon as it is known', () => {
    const late = afterAuthorisation(payment({ voidRequested: true }), {
      kind: 'authorised',
      providerId: 'p',
    });
    expect(late).toEqual({ state: 'authorised', start: 'void' });
  });
  test('a soft decline allows another try until they are used up', () => {
    const soft = { kind: 'declined', final: false, reason: 'insufficient-funds' } as const;
    expect(afterAuthorisation(payment(), soft).reply).toMatchObject({ type: 'declined', final: false });
    expect(afterAuthorisation(payment({ tries: 3 }), soft).reply).toMatchObject({ final: true });
    expect(mayTryAgain(payment({ state: 'declined' }))).toBe(true);
    expect(mayTryAgain(payment({ state: 'declined', voidRequested: true }))).toBe(false);
  });
  test('a decline after a void request is a void', () => {
    const declined = { kind: 'declined', final: true, reason: 'no' } as const;
    expect(afterAuthorisation(payment({ voidRequested: true }), declined)).toEqual({
      state: 'voided',
      reply: { type: 'voided' },
    });
  });
});

describe('a void', () => {
  test('waits while an outcome is unknown', () => {
    expect(onVoid(payment(), true)).toEqual({ state: 'authorising' });
  });
  test('of captured money fails and says so', () => {
    expect(onVoid(payment({ state: 'captured', capturedMinor: 1000 }), false).reply).toEqual({
      type: 'void-failed',
    });
    expect(afterVoid({ kind: 'refused', reason: 'captured' })).toEqual({
      state: 'captured',
      reply: { type: 'void-failed' },
    });
  });
  test('of a declined payment needs nobody', () => {
    expect(onVoid(payment({ state: 'declined' }), false)).toEqual({
      state: 'voided',
      reply: { type: 'voided' },
    });
  });
  test('that the capture overtook fails and says so', () => {
    expect(
      afterCapture(payment({ state: 'authorised', voidRequested: true }), { kind: 'done' }).reply,
    ).toEqual({ type: 'void-failed' });
  });
});

describe('a capture', () => {
  test('is started once', () => {
    expect(onCapture(payment({ state: 'authorised' }), { open: false, lastReason: null })).toEqual({
      state: 'authorised',
      start: 'capture',
    });
    expect(onCapture(payment({ state: 'authorised' }), { open: true, lastReason: null })).toEqual({
      state: 'authorised',
    });
  });
  test('of a payment that was let go fails', () => {
    const late = onCapture(payment({ state: 'voided' }), { open: false, lastReason: null });
    expect(late.reply).toMatchObject({ type: 'capture-failed' });
  });
  test('that failed is answered with its reason again', () => {
    const again = onCapture(payment({ state: 'failed' }), { open: false, lastReason: 'capture-failed' });
    expect(again.reply).toEqual({ type: 'capture-failed', reason: 'capture-failed' });
  });
});

describe('a refund', () => {
  const captured = payment({ state: 'captured', capturedMinor: 1000, refundedMinor: 400 });
  test('is at most what is left, counting refunds under way', () => {
    expect(refundFault(captured, 600, 0)).toBeUndefined();
    expect(refundFault(captured, 601, 0)).toBeDefined();
    expect(refundFault(captured, 500, 200)).toBeDefined();
  });
  test('of the rest makes the payment refunded', () => {
    expect(afterRefund(captured, 600, { kind: 'done' }).state).toBe('refunded');
    expect(afterRefund(captured, 100, { kind: 'done' }).state).toBe('captured');
  });
});

test('a repeated command finds the answer that stands, or none while it is worked out', () => {
  expect(standing(payment(), null)).toBeUndefined();
  expect(standing(payment({ state: 'voided' }), null)).toEqual({ type: 'voided' });
});

test('debits and credits are equal', () => {
  const entries = [...captureEntries(1000), ...refundEntries(300)];
  const sum = (side: 'debitMinor' | 'creditMinor') => entries.reduce((total, it) => total + it[side], 0);
  expect(sum('debitMinor')).toBe(sum('creditMinor'));
});
