import { randomBytes } from 'node:crypto';
import type { Span } from './span.ts';

/** A span for tests: half a second at a fixed time, of a trace of its own unless told otherwise. */
export const spanOf = (told: Partial<Span> = {}): Span => ({
  traceId: randomBytes(16).toString('hex'),
  spanId: randomBytes(8).toString('hex'),
  parentSpanId: undefined,
  service: 'cart',
  name: 'GET /',
  kind: 'server',
  startMs: 1_700_000_000_000,
  endMs: 1_700_000_000_500,
  failed: false,
  attributes: {},
  links: [],
  ...told,
});

/** The same as a service sends it. */
export const exportOf = (...spans: Span[]) => ({
  resourceSpans: spans.map((span) => ({
    resource: { attributes: [{ key: 'service.name', value: { stringValue: span.service } }] },
    scopeSpans: [
      {
        spans: [
          {
            ...span,
            kind: 2,
            startTimeUnixNano: `${BigInt(Math.round(span.startMs * 1000)) * 1000n}`,
            endTimeUnixNano: `${BigInt(Math.round(span.endMs * 1000)) * 1000n}`,
            attributes: Object.entries(span.attributes).map(([key, value]) => ({
              key,
              value: { stringValue: value },
            })),
            status: { code: span.failed ? 2 : 0 },
          },
        ],
      },
    ],
  })),
});
