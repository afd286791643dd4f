import { describe, expect, test } from '@jest/globals';
import { problems } from '@shopstack/contracts/problems';
import { isAway, problemAnswer, toProblem } from './faults.ts';
import { isProblem, problem } from './problem.ts';

describe('a problem', () => {
  test('has the status and title of its code', () => {
    const it = problem('out-of-stock', 'Only 2 are left.');
    expect([it.status, it.title]).toEqual(problems['out-of-stock']);
    expect(it.message).toBe('Only 2 are left.');
    expect(isProblem(it)).toBe(true);
    expect(isProblem(it, 'not-found', 'out-of-stock')).toBe(true);
    expect(isProblem(it, 'not-found')).toBe(false);
    expect(isProblem(new Error('x'))).toBe(false);
  });

  test('its members never replace what every problem has', () => {
    const members = { status: 200, type: 'mine', instance: 'mine', total: 5 };
    const { body } = problemAnswer(problem('price-changed', undefined, { members }), 'request-1');
    expect(body).toMatchObject({
      status: 409,
      type: 'urn:shopstack:problem:price-changed',
      instance: 'request-1',
      total: 5,
    });
  });

  test('429 and 503 say when to come back, in whole seconds', () => {
    const waits = (['too-many-requests', 'unavailable', 'not-found'] as const).map(
      (code) => problemAnswer(problem(code), 'r').headers['retry-after'],
    );
    expect(waits).toEqual(['2', '2', undefined]);
    const it = problem('too-many-requests', undefined, { retryAfterSeconds: 7.2 });
    expect(problemAnswer(it, 'r').headers['retry-after']).toBe('8');
  });
});

describe('an unknown error', () => {
  test.each([
    new Error('password=hunter2'),
    new TypeError('x is not a function'),
    'a string',
    undefined,
    null,
    { status: 404, message: 'trust me' },
    Object.assign(new Error('teapot'), { status: 418, expose: true }),
  ])('%p becomes a 500 that tells nothing', (error) => {
    const { status, body } = problemAnswer(toProblem(error), 'request-1');
    expect(status).toBe(500);
    expect(body).toEqual({
      type: 'urn:shopstack:problem:internal-error',
      title: 'Something broke on our side',
      status: 500,
      instance: 'request-1',
    });
  });

  test.each([
    ['ECONNREFUSED', undefined],
    ['EAI_AGAIN', undefined],
    ['PROTOCOL_CONNECTION_LOST', undefined],
    [undefined, 'MongoServerSelectionError'],
    [undefined, 'PoolClearedOnNetworkError'],
    [undefined, 'MaxRetriesPerRequestError'],
  ])('a store that is away (%s %s), at any depth of causes, is 503', (code, name) => {
    const root = Object.assign(new Error('secret host'), code ? { code } : {}, name ? { name } : {});
    const it = toProblem(new Error('query failed', { cause: new Error('driver', { cause: root }) }));
    expect(it.code).toBe('unavailable');
    expect(JSON.stringify(problemAnswer(it, 'r').body)).not.toContain('secret');
  });

  test('causes that go in a circle end', () => {
    const [a, b] = [new Error('a'), new Error('b')];
    a.cause = b;
    b.cause = a;
    expect(isAway(a)).toBe(false);
  });
});
