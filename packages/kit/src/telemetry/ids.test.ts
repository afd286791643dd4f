import { expect, test } from '@jest/globals';
import { createIdGenerator } from './ids.ts';

test('ids have the length that W3C wants and do not repeat, also across supplies', () => {
  const ids = createIdGenerator();
  const traces = Array.from({ length: 1500 }, () => ids.generateTraceId());
  const spans = Array.from({ length: 3000 }, () => ids.generateSpanId());
  for (const it of traces) expect(it).toMatch(/^[0-9a-f]{32}$/);
  for (const it of spans) expect(it).toMatch(/^[0-9a-f]{16}$/);
  expect(new Set(traces).size).toBe(traces.length);
  expect(new Set(spans).size).toBe(spans.length);
});
