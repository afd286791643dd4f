import { expect, test } from '@jest/globals';
import { ROOT_CONTEXT } from '@opentelemetry/api';
import { SamplingDecision, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace';
import { createIdGenerator, randomTraceId } from './ids.ts';

test.each([0, 0.1, 1])(
  'ids have the length that W3C wants and do not repeat, also across supplies (%d)',
  (ratio) => {
    const ids = createIdGenerator(ratio);
    const traces = Array.from({ length: 1500 }, () => ids.generateTraceId());
    const spans = Array.from({ length: 3000 }, () => ids.generateSpanId());
    for (const it of traces) expect(it).toMatch(/^[0-9a-f]{32}$/);
    for (const it of spans) expect(it).toMatch(/^[0-9a-f]{16}$/);
    expect(new Set(traces).size).toBe(traces.length);
    expect(new Set(spans).size).toBe(spans.length);
  },
);

test.each([0.0001, 0.1, 0.5, 1])(
  'a trace that begins here is kept by every service that keeps %d',
  (ratio) => {
    const sampler = new TraceIdRatioBasedSampler(ratio);
    const isKept = (id: string) =>
      sampler.shouldSample(ROOT_CONTEXT, id).decision === SamplingDecision.RECORD_AND_SAMPLED;
    const ids = createIdGenerator(ratio);
    expect(Array.from({ length: 1000 }, () => ids.generateTraceId()).every(isKept)).toBe(true);
    expect(Array.from({ length: 1000 }, randomTraceId).every(isKept)).toBe(ratio === 1);
  },
);
