import { describe, expect, test } from '@jest/globals';
import { spanOf } from './given-spans.ts';
import { readSearch } from './search.ts';
import { createTraceStore } from './store.ts';
import { createTimeScale } from './time-scale.ts';
import { rowsOf, runsOf, summarise } from './trace.ts';

const everything = readSearch(new URLSearchParams());
const traceId = 'a'.repeat(32);
const at = (startMs: number, endMs: number) => spanOf({ startMs, endMs });

describe('a trace', () => {
  test('is read as a tree, in the order of time; lost spans and circles stand at the top', () => {
    const root = spanOf({ traceId, name: 'root' });
    const below = { traceId, parentSpanId: root.spanId };
    const second = spanOf({ ...below, name: 'second', startMs: root.startMs + 2 });
    const first = spanOf({ ...below, name: 'first', startMs: root.startMs + 1 });
    const leaf = spanOf({ traceId, parentSpanId: first.spanId, name: 'leaf', startMs: root.startMs + 9 });
    const lost = spanOf({ traceId, parentSpanId: '0'.repeat(16), name: 'lost', startMs: root.startMs + 3 });
    const circle = spanOf({ traceId, name: 'circle' });
    circle.parentSpanId = circle.spanId;
    const rows = rowsOf([leaf, second, lost, circle, first, root]);
    expect(rows.map(({ span, depth }) => `${depth} ${span.name}`)).toEqual([
      '0 root',
      '1 first',
      '2 leaf',
      '1 second',
      '0 lost',
      '0 circle',
    ]);
  });

  test('is called by what everything is below of, also when that came from a browser', () => {
    const root = spanOf({ traceId, name: 'POST /orders', parentSpanId: 'b'.repeat(16) });
    const child = spanOf({ traceId, parentSpanId: root.spanId, startMs: root.startMs - 5 });
    expect(summarise({ id: traceId, spans: [child, root], dropped: 3 })).toMatchObject({
      name: 'POST /orders',
      durationMs: 505,
      spans: 5,
    });
  });

  test('that is like its neighbours stands behind one of them', () => {
    const one = (name: string, failed = false) => {
      const span = spanOf({ name, failed });
      return summarise({ id: span.traceId, spans: [span], dropped: 0 });
    };
    const runs = runsOf([one('poll'), one('poll'), one('poll', true), one('buy'), one('poll')]);
    expect(runs.map(({ first, more }) => `${first.name} ${more.length}`)).toEqual([
      'poll 1',
      'poll 0',
      'buy 0',
      'poll 0',
    ]);
  });
});

describe('the memory', () => {
  test('is bounded: the oldest of the most frequent kind goes, and what is rare stays', () => {
    const store = createTraceStore({ mostTraces: 10, mostSpans: 1000, mostSpansOfATrace: 50 });
    const order = spanOf({ name: 'POST /orders' });
    const polls = Array.from({ length: 100 }, (_, index) => spanOf({ name: 'poll', startMs: index }));
    store.add([order]);
    for (const poll of polls) store.add([poll]);
    expect(store.counts()).toEqual({ traces: 10, spans: 10, forgotten: 91 });
    expect(store.get(order.traceId)).toBeDefined();
    expect(store.get(polls[0]?.traceId ?? '')).toBeUndefined();
    expect(store.find({ ...everything, name: 'poll' })[0]?.id).toBe(polls.at(-1)?.traceId);
  });

  test('is bounded by spans too, of all traces and of one', () => {
    const store = createTraceStore({ mostTraces: 10, mostSpans: 20, mostSpansOfATrace: 8 });
    store.add(Array.from({ length: 12 }, () => spanOf({ traceId })));
    expect(store.get(traceId)).toMatchObject({ dropped: 4 });
    for (let count = 0; count < 30; count++) store.add([spanOf({ name: `kind ${count}` })]);
    expect(store.counts().spans).toBeLessThanOrEqual(20);
  });
});

describe('the time scale', () => {
  const busy = [at(1000, 1010), at(1005, 1100), at(9100, 9200)];

  test('draws a long wait short, and knows how long it was', () => {
    const { position, timeAt, folds } = createTimeScale(busy);
    expect([position(1000), position(9200)]).toEqual([0, 100]);
    expect(position(1050)).toBeCloseTo(24.5, 0);
    expect(folds).toEqual([expect.objectContaining({ ms: 8000 })]);
    for (const ms of [1000, 1077, 5000, 9123]) expect(timeAt(position(ms))).toBeCloseTo(ms, 5);
  });

  test('is true when nobody waits, and when it is asked to be', () => {
    expect(createTimeScale([at(0, 60), at(50, 100)]).folds).toEqual([]);
    const { position, folds } = createTimeScale(busy, false);
    expect(folds).toEqual([]);
    expect(position(5100)).toBeCloseTo(50, 5);
  });

  test('of a moment, and of nothing, is a place all the same', () => {
    expect(createTimeScale([at(5, 5)]).position(5)).toBe(0);
    expect(createTimeScale([]).position(5)).toBe(0);
  });
});
