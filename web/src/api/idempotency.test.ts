import { describe, expect, test } from '@jest/globals';
import { createIntent, randomKey } from './idempotency.ts';
import { ApiProblem, type FailureCode } from './problem.ts';

const numbered = () => {
  let count = 0;
  return () => `key-${++count}`;
};
const failing = (code: FailureCode, status: number) => () => Promise.reject(new ApiProblem({ code, status }));
const echo = async (key: string) => key;

describe('an intent', () => {
  test('keeps its key while nobody knows what became of it', async () => {
    const intent = createIntent(numbered());
    await expect(intent.run({ a: 1 }, failing('offline', 0))).rejects.toThrow();
    await expect(intent.run({ a: 1 }, failing('unavailable', 503))).rejects.toThrow();
    await expect(intent.run({ a: 1 }, failing('too-many-requests', 429))).rejects.toThrow();
    await expect(intent.run({ a: 1 }, failing('unauthenticated', 401))).rejects.toThrow();
    await expect(intent.run({ a: 1 }, failing('idempotency-key-running', 409))).rejects.toThrow();
    expect(await intent.run({ a: 1 }, echo)).toBe('key-1');
  });

  test('is another one when the body is another one', async () => {
    const intent = createIntent(numbered());
    await expect(intent.run({ total: 1 }, failing('offline', 0))).rejects.toThrow();
    expect(await intent.run({ total: 2 }, echo)).toBe('key-2');
  });

  test('ends with an answer, so the same body again is a new wish', async () => {
    const intent = createIntent(numbered());
    expect(await intent.run({}, echo)).toBe('key-1');
    expect(await intent.run({}, echo)).toBe('key-2');
  });

  test('ends with a business refusal, which the service would only repeat', async () => {
    const intent = createIntent(numbered());
    await expect(intent.run({}, failing('out-of-stock', 409))).rejects.toThrow();
    expect(await intent.run({}, echo)).toBe('key-2');
  });

  test('random keys are long and differ', () => {
    expect(randomKey()).toMatch(/^[0-9a-f]{32}$/);
    expect(randomKey()).not.toBe(randomKey());
  });
});
