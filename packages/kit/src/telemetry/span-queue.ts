import type { SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace';
import { counter } from '../metrics.ts';
import { attributesOf, knownNow } from '../work.ts';
import { cleanSpan } from './clean-span.ts';
import { BatchSpanProcessor, OTLPTraceExporter } from './opentelemetry.ts';

const ended = counter('shop_spans_total');
const TAKEN = 0;

interface Limits {
  /** Ended spans that wait or are being sent; more are dropped. */
  mostWaiting?: number;
  /** How long the collector may take. */
  answerWithinMs?: number;
  sendEveryMs?: number;
}

/**
 * Hands ended spans to the collector of OTEL_EXPORTER_OTLP_ENDPOINT, in the background. Nothing waits for it: when it is
 * away or slow, spans are dropped and counted.
 */
export function openSpanQueue(limits: Limits = {}, exporter?: SpanExporter): SpanProcessor {
  const { mostWaiting = 4096, answerWithinMs = 5000, sendEveryMs = 2000 } = limits;
  const collector = exporter ?? new OTLPTraceExporter({ timeoutMillis: answerWithinMs });
  let waiting = 0;
  const counted: SpanExporter = {
    export: (spans, done) =>
      collector.export(spans.map(cleanSpan), (result) => {
        waiting -= spans.length;
        const outcome = result.code === TAKEN ? 'exported' : 'dropped-not-taken';
        ended.add(spans.length, { outcome });
        done(result);
      }),
    forceFlush: async () => collector.forceFlush?.(),
    shutdown: () => collector.shutdown(),
  };
  const batches = new BatchSpanProcessor({
    exporter: counted,
    maxQueueSize: mostWaiting,
    maxExportBatchSize: Math.min(512, mostWaiting),
    scheduledDelayMillis: sendEveryMs,
    exportTimeoutMillis: 2 * answerWithinMs,
  });
  return {
    onStart: (span) => {
      const known = knownNow();
      if (known.orderId !== undefined) span.setAttributes(attributesOf(known));
    },
    onEnd: (span) => {
      if (waiting >= mostWaiting) return ended.inc({ outcome: 'dropped-queue-full' });
      waiting += 1;
      batches.onEnd(span);
    },
    forceFlush: () => batches.forceFlush(),
    shutdown: () => batches.shutdown(),
  };
}
