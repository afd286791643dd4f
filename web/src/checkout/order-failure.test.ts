import { describe, expect, test } from '@jest/globals';
import { ApiProblem, type FailureCode } from '../api/problem.ts';
import { reactionTo } from './order-failure.ts';

const refused = (code: FailureCode, status = 409, location?: string) =>
  reactionTo(new ApiProblem({ code, status, ...(location ? { location } : {}) }));

describe('when an order is refused', () => {
  test('what has changed is loaded again', () => {
    expect(refused('price-changed').reload).toEqual(['cart']);
    expect(refused('quote-expired').reload).toEqual(['quotes']);
    expect(refused('quote-mismatch').reload).toEqual(['cart', 'quotes']);
    expect(refused('payment-method-unavailable', 422).reload).toEqual(['payment-methods']);
    expect(refused('validation-failed', 422).reload).toEqual([]);
  });

  test('an order that exists already is named', () => {
    const id = '019a0000-0000-7000-8000-000000000001';
    expect(refused('cart-already-ordered', 409, `/api/v1/dispatch/orders/${id}`).orderId).toBe(id);
    expect(refused('cart-already-ordered').orderId).toBeUndefined();
  });

  test('a lost answer is not a refusal', () => {
    expect(refused('offline', 0).outcomeUnknown).toBe(true);
    expect(refused('unavailable', 503).outcomeUnknown).toBe(true);
    expect(refused('idempotency-key-running').outcomeUnknown).toBe(true);
    expect(refused('out-of-stock').outcomeUnknown).toBe(false);
    expect(reactionTo(new Error('other')).outcomeUnknown).toBe(false);
  });
});
