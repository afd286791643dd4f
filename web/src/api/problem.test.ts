import { describe, expect, test } from '@jest/globals';
import { ApiProblem, codeOf, fieldErrors, isProblem, problemOf } from './problem.ts';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });

describe('problems', () => {
  test('the code is the last part of the type, whatever stands before it', () => {
    expect(codeOf({ type: 'https://shop.test/problems/out-of-stock' }, 409)).toBe('out-of-stock');
    expect(codeOf({ type: 'urn:problem:cart-empty' }, 409)).toBe('cart-empty');
    expect(codeOf({ type: 'price-changed' }, 409)).toBe('price-changed');
  });

  test('an answer that is no problem gets the code its status stands for', () => {
    expect(codeOf('<html>', 503)).toBe('unavailable');
    expect(codeOf(undefined, 404)).toBe('not-found');
    expect(codeOf({ type: 'about:blank' }, 500)).toBe('internal-error');
    expect(codeOf({}, 418)).toBe('unexpected');
  });

  test('Retry-After and Location travel along', async () => {
    const problem = await problemOf(
      answer(409, { type: 'cart-already-ordered' }, { 'retry-after': '7', location: '/orders/1' }),
    );
    expect(problem).toMatchObject({
      code: 'cart-already-ordered',
      retryAfterSeconds: 7,
      location: '/orders/1',
    });
  });

  test('a body that is not JSON does not hide the status', async () => {
    expect(await problemOf(answer(502, 'Bad gateway'))).toMatchObject({ code: 'unavailable', status: 502 });
  });

  test('isProblem asks for one of several codes', () => {
    const problem = new ApiProblem({ code: 'cart-empty', status: 409 });
    expect(isProblem(problem)).toBe(true);
    expect(isProblem(problem, 'cart-full', 'cart-empty')).toBe(true);
    expect(isProblem(problem, 'cart-full')).toBe(false);
    expect(isProblem(new Error('cart-empty'), 'cart-empty')).toBe(false);
  });

  test('pointers become names of fields', () => {
    const details = {
      type: 'validation-failed',
      title: '',
      status: 422,
      errors: [{ pointer: '/address/city', detail: 'too short' }],
    };
    expect(fieldErrors(new ApiProblem({ code: 'validation-failed', status: 422, details }))).toEqual({
      'address/city': 'too short',
    });
  });
});
