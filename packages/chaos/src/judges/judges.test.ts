import { describe, expect, test } from '@jest/globals';
import type { OrderStatus } from '@shopstack/contracts/order';
import type { Call, Event, History, SeenStatus } from '../history.ts';
import { openBench } from './bench.ts';

const call = (over: Partial<Call>): Call => ({
  type: 'call',
  at: 1,
  endedAt: 2,
  by: 'guest-1',
  method: 'POST',
  path: '/dispatch/orders',
  ...over,
});

/** What the judges say after these events, as promise and detail. */
function judged(...events: Event[]): string[] {
  const listeners: ((event: Event) => void)[] = [];
  const history: History = {
    add: (event) => {
      for (const listener of listeners) listener(event);
    },
    listen: (listener) => listeners.push(listener),
    close: async () => undefined,
  };
  const bench = openBench(history);
  for (const event of events) history.add(event);
  return bench.violations.map(({ promise }) => promise);
}

describe('I7, one answer per key', () => {
  const placing = (key: string): Event => ({ type: 'placing', at: 0, by: 'guest-1', key, cart: 'c@1' });
  test('the same order again is fine, another is not', () => {
    const first = call({ key: 'k', status: 201, id: 'a' });
    expect(judged(first, first)).toEqual([]);
    expect(judged(first, call({ key: 'k', status: 201, id: 'b' }))).toEqual(['I7']);
    expect(judged(first, call({ key: 'k', status: 409, problem: 'cart-already-ordered' }))).toEqual(['I7']);
  });
  test('no answer before, or while the first one runs, is none', () => {
    const running = call({ key: 'k', status: 409, problem: 'idempotency-key-running' });
    const away = call({ key: 'k', status: 503, retryAfter: '1' });
    expect(judged(away, running, call({ key: 'k', status: 201, id: 'a' }))).toEqual([]);
  });
  test('whoever made the order is given it', () => {
    const away = call({ key: 'k', status: 503, retryAfter: '1' });
    const ordered = (key: string) => call({ key, status: 409, problem: 'cart-already-ordered' });
    expect(judged(placing('k'), away, ordered('k'))).toEqual(['I7']);
    expect(judged(placing('k'), placing('l'), ordered('l'))).toEqual([]);
  });
  test('two tabs make one order', () => {
    const [one, two] = [call({ key: 'k', status: 201, id: 'a' }), call({ key: 'l', status: 201, id: 'b' })];
    expect(judged(placing('k'), placing('l'), one, two)).toEqual(['I7']);
    expect(judged(placing('k'), one, two)).toEqual([]);
  });
});

describe('I10, carts', () => {
  const cart = 'keeper';
  const write = (quantity: number): Event => ({ type: 'cart-write', at: 0, cart, quantity });
  const known = (quantity: number): Event => ({ type: 'cart-known', at: 0, cart, quantity });
  const read = (quantity: number): Event => ({ type: 'cart-read', at: 0, cart, quantity });
  test('what was acknowledged is there', () => {
    expect(judged(write(1), known(1), read(1))).toEqual([]);
    expect(judged(write(1), known(1), write(2), known(2), read(1))).toEqual(['I10']);
    expect(judged(write(1), known(1), read(0))).toEqual(['I10']);
  });
  test('a write without an answer may have had its effect, or not', () => {
    expect(judged(write(1), known(1), write(2), read(1), read(2))).toEqual([]);
    expect(judged(write(1), known(1), write(2), read(3))).toEqual(['I10']);
  });
  test('a damaged file may lose some', () => {
    expect(judged(write(1), known(1), { type: 'cart-loss-allowed', at: 0 }, read(0))).toEqual([]);
  });
});

describe('I12, a status never goes backwards', () => {
  const seen = (status: OrderStatus, version: number, via: SeenStatus['via'] = 'asking'): Event => ({
    type: 'status',
    at: 0,
    order: 'a',
    via,
    status,
    version,
  });
  test('forwards, also by leaps', () => {
    expect(judged(seen('placed', 1), seen('confirmed', 7))).toEqual([]);
  });
  test('backwards in rank or version', () => {
    expect(judged(seen('confirmed', 7), seen('placed', 8))).toEqual(['I12']);
    expect(judged(seen('confirmed', 7), seen('cancelling', 6))).toEqual(['I12']);
  });
  test('what one way shows later than another is not backwards, within each way it is', () => {
    const overtaken = [seen('stock-reserved', 2, 'listening'), seen('cancelling', 4)];
    expect(judged(...overtaken, seen('stock-reserved', 3, 'listening'))).toEqual([]);
    expect(judged(...overtaken, seen('placed', 1, 'listening'))).toEqual(['I12']);
  });
  test('back from a person who looked at it, but not to an older version', () => {
    expect(judged(seen('attention-required', 7), seen('shipped', 8))).toEqual([]);
    expect(judged(seen('attention-required', 7), seen('shipped', 6))).toEqual(['I12']);
  });
});

describe('I13, honest answers', () => {
  test.each([
    [{ status: 200 }, []],
    [{ status: 409, problem: 'out-of-stock' }, []],
    [{ status: 429 }, []],
    [{ status: 503, retryAfter: '2' }, []],
    [{ error: 'timeout' as const }, []],
    [{ status: 503 }, ['I13']],
    [{ status: 500, problem: 'internal-error' }, ['I13']],
    [{ status: 502 }, ['I13']],
    [{ status: 404 }, ['I13']],
    [{ error: 'connection' as const }, ['I13']],
    [{ status: 409, leak: 'at Object.<anonymous>' }, ['I13']],
  ])('%j', (answer, expected) => {
    expect(judged(call(answer))).toEqual(expected);
  });
});
