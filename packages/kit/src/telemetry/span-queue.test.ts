import { describe, expect, test } from '@jest/globals';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { type ReadableSpan, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { exposition } from '../metrics.ts';
import { inWork } from '../work.ts';
import { openSpanQueue } from './span-queue.ts';

type Done = Parameters<SpanExporter['export']>[1];
function collector(answer: (done: Done) => void) {
  const taken: ReadableSpan[] = [];
  const exporter: SpanExporter = {
    export: (spans, done) => {
      taken.push(...spans);
      answer(done);
    },
    shutdown: async () => undefined,
  };
  return { taken, exporter };
}
const tracerOf = (exporter: SpanExporter, mostWaiting: number) => {
  const queue = openSpanQueue({ mostWaiting, answerWithinMs: 50, sendEveryMs: 1 }, exporter);
  return { queue, tracer: new TracerProvider({ spanProcessors: [queue] }).getTracer('test') };
};
const counted = async (outcome: string): Promise<number> =>
  Number(new RegExp(`shop_spans_total\\{outcome="${outcome}"\\} (\\d+)`).exec(await exposition())?.[1] ?? 0);

describe('the queue of spans', () => {
  test('hands them over without anything that is not registered', async () => {
    const { taken, exporter } = collector((done) => done({ code: 0 }));
    const { queue, tracer } = tracerOf(exporter, 10);
    const span = inWork({ orderId: 'o-1' }, () =>
      tracer.startSpan('GET', {
        kind: SpanKind.SERVER,
        attributes: { 'http.route': '/x', 'url.full': '/x?token=c4n4ry', 'server.address': 'c4n4ry' },
        links: [
          {
            context: { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 },
            attributes: { a: 'c4n4ry' },
          },
        ],
      }),
    );
    span.recordException(new Error('c4n4ry'));
    span.setStatus({ code: SpanStatusCode.ERROR, message: 'c4n4ry' });
    span.end();
    const before = await counted('exported');
    await queue.forceFlush();
    expect(taken).toHaveLength(1);
    const [{ attributes, events, links, status, name, duration } = span as never] = taken;
    expect(attributes).toEqual({ 'http.route': '/x', 'shop.order.id': 'o-1' });
    expect(JSON.stringify([events, links, status, name])).not.toContain('c4n4ry');
    expect(status).toEqual({ code: SpanStatusCode.ERROR });
    expect(duration).toHaveLength(2);
    expect(await counted('exported')).toBe(before + 1);
  });

  test('drops and counts what is too much while the collector hangs, and never waits', async () => {
    const { taken, exporter } = collector(() => undefined);
    const { tracer } = tracerOf(exporter, 20);
    const before = await counted('dropped-queue-full');
    for (let at = 0; at < 1000; at++) tracer.startSpan('GET').end();
    expect(await counted('dropped-queue-full')).toBe(before + 980);
    expect(taken.length).toBeLessThanOrEqual(20);
  });

  test('counts what the collector did not take, and takes new ones', async () => {
    const { exporter } = collector((done) => done({ code: 1, error: new Error('refused') }));
    const { queue, tracer } = tracerOf(exporter, 5);
    const before = [await counted('dropped-not-taken'), await counted('dropped-queue-full')];
    for (let round = 0; round < 3; round++) {
      for (let at = 0; at < 5; at++) tracer.startSpan('GET').end();
      await queue.forceFlush().catch(() => undefined);
    }
    expect([await counted('dropped-not-taken'), await counted('dropped-queue-full')]).toEqual([
      (before[0] ?? 0) + 15,
      before[1],
    ]);
  });
});
