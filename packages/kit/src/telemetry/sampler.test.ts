import { describe, expect, test } from '@jest/globals';
import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { createLot, createSampler, ratioOf } from './sampler.ts';

const spanId = 'b7ad6b7169203331';
const kept = '00000000000000000000000000000001';
const left = 'ffffffff000000000000000000000000';
const lucky = () => 0;
const unlucky = () => 0.99;

describe('a request', () => {
  test('that begins a trace is kept by lot', () => {
    expect(createLot(0.5, lucky).keeps(undefined)).toBe(true);
    expect(createLot(0.5, unlucky).keeps(undefined)).toBe(false);
    expect(createLot(0.5, lucky).keeps('nonsense')).toBe(true);
    expect(createLot(0, lucky).keeps(undefined)).toBe(false);
    expect(createLot(1, unlucky).keeps(undefined)).toBe(true);
  });

  test('of a caller that decided is kept as there; asking for it does not get more than the ratio', () => {
    const keeps = (traceId: string, flags: string) =>
      createLot(0.5, unlucky).keeps(`00-${traceId}-${spanId}-${flags}`);
    expect(keeps(kept, '01')).toBe(true);
    expect(keeps(left, '01')).toBe(false);
    expect(createLot(0.5, lucky).keeps(`00-${kept}-${spanId}-00`)).toBe(false);
  });
});

const under = (parent?: { traceFlags: number; isRemote: boolean }, traceId = kept) =>
  parent ? trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, ...parent }) : ROOT_CONTEXT;
const isKept = (
  draw: () => number,
  kind: SpanKind,
  parent?: { traceFlags: number; isRemote: boolean },
  traceId = kept,
) =>
  createSampler(createLot(0.5, draw)).shouldSample(under(parent, traceId), traceId, 'x', kind, {}, [])
    .decision === SamplingDecision.RECORD_AND_SAMPLED;

describe('a span', () => {
  test('begins a trace for a request that was let through or a message, never in a loop that looks into a store', () => {
    expect(isKept(unlucky, SpanKind.SERVER)).toBe(true);
    for (const kind of [SpanKind.CONSUMER, SpanKind.PRODUCER])
      expect([isKept(lucky, kind), isKept(unlucky, kind)]).toEqual([true, false]);
    for (const kind of [SpanKind.CLIENT, SpanKind.INTERNAL]) expect(isKept(lucky, kind)).toBe(false);
  });

  test('follows its parent; a remote one that wants to be kept does not get more than the ratio', () => {
    for (const kind of [SpanKind.SERVER, SpanKind.CLIENT]) {
      expect(isKept(lucky, kind, { traceFlags: 0, isRemote: false })).toBe(false);
      expect(isKept(lucky, kind, { traceFlags: 0, isRemote: true })).toBe(false);
      expect(isKept(unlucky, kind, { traceFlags: 1, isRemote: true })).toBe(true);
      expect(isKept(lucky, kind, { traceFlags: 1, isRemote: true }, left)).toBe(false);
      expect(isKept(unlucky, kind, { traceFlags: 1, isRemote: false }, left)).toBe(true);
    }
  });
});

test('a ratio that is none keeps a tenth', () => {
  expect(['0.25', ' 0 ', '1'].map(ratioOf)).toEqual([0.25, 0, 1]);
  for (const text of [undefined, '', 'much', '-1', '2']) expect(ratioOf(text)).toBe(0.1);
});
