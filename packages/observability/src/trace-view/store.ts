import type { Search } from './search.ts';
import type { Span } from './span.ts';
import { type Summary, summarise, type Trace } from './trace.ts';

export interface Bounds {
  mostTraces: number;
  mostSpans: number;
  mostSpansOfATrace: number;
}

const usual: Bounds = { mostTraces: 1000, mostSpans: 40_000, mostSpansOfATrace: 2000 };

interface Kept extends Trace {
  spans: Span[];
  kind: string;
}

/**
 * Traces in memory. When there are too many, the oldest of the kind that there is most of makes room: what services ask
 * each other every second does not drive out the orders.
 */
export function createTraceStore(bounds: Bounds = usual) {
  const traces = new Map<string, Kept>();
  let spans = 0;
  let forgotten = 0;

  function add(span: Span): void {
    const kind = `${span.service} ${span.name}`;
    const trace = traces.get(span.traceId) ?? { id: span.traceId, spans: [], dropped: 0, kind };
    traces.set(span.traceId, trace);
    if (span.parentSpanId === undefined) trace.kind = kind;
    if (trace.spans.length >= bounds.mostSpansOfATrace) trace.dropped += 1;
    else {
      trace.spans.push(span);
      spans += 1;
    }
  }

  function makeRoom(): void {
    if (traces.size <= bounds.mostTraces && spans <= bounds.mostSpans) return;
    const kinds = Map.groupBy(traces.values(), ({ kind }) => kind);
    while (traces.size > bounds.mostTraces || spans > bounds.mostSpans) {
      const [most] = [...kinds.values()].sort((a, b) => b.length - a.length);
      const oldest = most?.shift();
      if (!oldest) return;
      traces.delete(oldest.id);
      spans -= oldest.spans.length;
      forgotten += 1;
    }
  }

  return {
    add: (all: readonly Span[]) => {
      for (const span of all) add(span);
      makeRoom();
    },
    get: (id: string): Trace | undefined => traces.get(id),
    /** What fits, the newest first, at most `limit`. */
    find: ({ order, service, name, errors, minMs, limit }: Search): Summary[] =>
      [...traces.values()]
        .map(summarise)
        .filter(
          (it) =>
            (order === undefined || it.orders.includes(order)) &&
            (service === undefined || it.services.includes(service)) &&
            (name === undefined || it.name === name) &&
            (!errors || it.errors > 0) &&
            it.durationMs >= minMs,
        )
        .sort((a, b) => b.startMs - a.startMs)
        .slice(0, limit),
    services: (): string[] =>
      [...new Set([...traces.values()].flatMap((it) => it.spans.map(({ service }) => service)))].sort(),
    counts: () => ({ traces: traces.size, spans, forgotten }),
  };
}

export type TraceStore = ReturnType<typeof createTraceStore>;
