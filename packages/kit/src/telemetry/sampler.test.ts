import { describe, expect, test } from '@jest/globals';
import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { createSampler, ratioOf } from './sampler.ts';

const spanId = 'b7ad6b7169203331';
const kept = '00000000000000000000000000000001';
const left = 'ffffffff000000000000000000000000';
const under = (parent?: { traceFlags: number; isRemote: boolean }, traceId = kept) =>
  parent ? trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, ...parent }) : ROOT_CONTEXT;
const isKept = (
  ratio: number,
  kind: SpanKind,
  parent?: { traceFlags: number; isRemote: boolean },
  traceId = kept,
) =>
  createSampler(ratio).shouldSample(under(parent, traceId), traceId, 'x', kind, {}, []).decision ===
  SamplingDecision.RECORD_AND_SAMPLED;

describe('a trace', () => {
  test('begins with a request or a message, never in a loop that looks into a store', () => {
    for (const kind of [SpanKind.SERVER, SpanKind.CONSUMER, SpanKind.PRODUCER])
      expect(isKept(1, kind)).toBe(true);
    for (const kind of [SpanKind.CLIENT, SpanKind.INTERNAL]) expect(isKept(1, kind)).toBe(false);
  });

  test('is kept by its id, here as in every other service', () => {
    expect(isKept(0.5, SpanKind.SERVER, undefined, kept)).toBe(true);
    expect(isKept(0.5, SpanKind.SERVER, undefined, left)).toBe(false);
    expect(isKept(0, SpanKind.SERVER)).toBe(false);
  });

  test('follows its parent; a remote one that wants to be kept does not get more than the ratio', () => {
    for (const kind of [SpanKind.SERVER, SpanKind.CLIENT]) {
      expect(isKept(0.5, kind, { traceFlags: 0, isRemote: false })).toBe(false);
      expect(isKept(0.5, kind, { traceFlags: 0, isRemote: true })).toBe(false);
      expect(isKept(0.5, kind, { traceFlags: 1, isRemote: true })).toBe(true);
      expect(isKept(0.5, kind, { traceFlags: 1, isRemote: true }, left)).toBe(false);
      expect(isKept(0.5, kind, { traceFlags: 1, isRemote: false }, left)).toBe(true);
    }
  });
});

test('a ratio that is none keeps a tenth', () => {
  expect(['0.25', ' 0 ', '1'].map(ratioOf)).toEqual([0.25, 0, 1]);
  for (const text of [undefined, '', 'much', '-1', '2']) expect(ratioOf(text)).toBe(0.1);
});
