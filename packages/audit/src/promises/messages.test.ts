import { describe, expect, test } from '@jest/globals';
import { concernsOrder, judgeAnswers, type KeptAnswer } from './keys.ts';
import { judgeDeadLetters, judgeQueue, judgeWaiting } from './messages.ts';

describe('I8 no lost message', () => {
  test('an outbox row waits no longer than the grace', () => {
    const row = { place: 'dispatch.outbox', id: 'm1', type: 'order.placed.v1', createdAt: 5000 };
    expect(judgeWaiting([row], 4999)).toEqual([]);
    expect(judgeWaiting([row], 5000)).toEqual([
      { id: 'm1', detail: 'order.placed.v1 waits in dispatch.outbox since 1970-01-01T00:00:05.000Z' },
    ]);
  });
  test('a dead letter is told until somebody deals with it', () => {
    const letter = {
      id: 'd1',
      queue: 'user.orders',
      type: 'order.placed.v1',
      messageId: 'm1',
      reason: 'malformed',
    };
    expect(judgeDeadLetters([letter])).toEqual([
      { id: 'd1', detail: 'order.placed.v1 died in user.orders: malformed' },
    ]);
  });

  const rules = { allowed: 20, written: new Set(['user.orders']) };
  const judge = (queue: string, ...messages: (number | undefined)[]) =>
    judgeQueue({ queue, messages }, rules).map(({ detail }) => detail);
  test('queues get shorter', () => {
    expect(judge('user.orders', 0)).toEqual([]);
    expect(judge('user.orders', 300, 0, 300)).toEqual([]);
    expect(judge('user.orders', 300, 200)).toEqual([]);
    expect(judge('user.orders', 20, 20)).toEqual([]);
    expect(judge('user.orders', 21, 21)).toEqual(['21 messages, and they do not get fewer']);
  });
  test('dead letters are written down', () => {
    expect(judge('user.orders.dlq', 3, 3)).toEqual([]);
    expect(judge('cart.events.dlq', 0, 3)).toEqual([]);
    expect(judge('cart.events.dlq', 3, 3)).toEqual(['3 dead letters that nobody wrote down']);
  });
  test('a queue that is missing is found', () => {
    expect(judge('user.orders', 0, undefined)).toEqual(['there is no such queue']);
  });
});

describe('I7 answers', () => {
  const answer: KeptAnswer = { scope: 'user:u post /orders', key: 'k', status: 201, orderId: 'order-1' };
  test('an answer about an order is about one that exists', () => {
    expect(judgeAnswers([answer], new Set(['order-1']))).toEqual([]);
    expect(judgeAnswers([answer], new Set())).toEqual([
      { id: 'order-1', detail: 'key k answers with it and it does not exist' },
    ]);
  });
  test.each<[Partial<KeptAnswer>, boolean]>([
    [{}, true],
    [{ scope: 'user:u post /orders/x/cancellations' }, true],
    [{ scope: 'user:u post /dead-letters/x/replays' }, false],
    [{ status: 409 }, false],
    [{ status: null, orderId: null }, false],
  ])('%j concerns an order: %s', (more, concerns) =>
    expect(concernsOrder({ ...answer, ...more })).toBe(concerns),
  );
});
