import { ORDER, type Span } from './span.ts';

/** The spans of one trace that have arrived. */
export interface Trace {
  id: string;
  spans: readonly Span[];
  /** Spans that were not kept because there were too many. */
  dropped: number;
}

/** A trace in one line. */
export interface Summary {
  id: string;
  /** The span that everything else is below of, or the first one when that has not arrived. */
  name: string;
  service: string;
  startMs: number;
  durationMs: number;
  spans: number;
  errors: number;
  services: readonly string[];
  orders: readonly string[];
}

export function summarise({ id, spans, dropped }: Trace): Summary {
  const root = rootOf(spans);
  const startMs = Math.min(...spans.map((it) => it.startMs));
  return {
    id,
    name: root?.name ?? '',
    service: root?.service ?? '',
    startMs,
    durationMs: Math.max(...spans.map((it) => it.endMs)) - startMs,
    spans: spans.length + dropped,
    errors: spans.filter(({ failed }) => failed).length,
    services: [...new Set(spans.map(({ service }) => service))].sort(),
    orders: [...new Set(spans.flatMap(({ attributes }) => attributes[ORDER] ?? []))].sort(),
  };
}

/** Neighbours of one kind: the first stands for all. */
export interface Run {
  first: Summary;
  more: readonly Summary[];
}

/** What a service asks again and again is one line, and does not hide what happens once. */
export function runsOf(traces: readonly Summary[]): Run[] {
  const kind = ({ service, name, errors, orders }: Summary) =>
    JSON.stringify([service, name, errors > 0, orders]);
  const runs: { first: Summary; more: Summary[] }[] = [];
  for (const trace of traces) {
    const last = runs.at(-1);
    if (last && kind(last.first) === kind(trace)) last.more.push(trace);
    else runs.push({ first: trace, more: [] });
  }
  return runs;
}

function rootOf(spans: readonly Span[]): Span | undefined {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const tops = spans.filter(({ parentSpanId }) => parentSpanId === undefined || !ids.has(parentSpanId));
  return (tops.length > 0 ? tops : spans).toSorted((a, b) => a.startMs - b.startMs)[0];
}

/** A span and how deep it lies below the top. */
export interface Row {
  span: Span;
  depth: number;
}

/** The spans as a tree read from top to bottom; what has lost its parent, or goes in a circle, stands at the top. */
export function rowsOf(spans: readonly Span[]): Row[] {
  const inTime = spans.toSorted((a, b) => a.startMs - b.startMs || b.endMs - a.endMs);
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const below = Map.groupBy(inTime, ({ parentSpanId }) => parentSpanId ?? '');
  const seen = new Set<Span>();
  const rows: Row[] = [];
  const visit = (top: Span) => {
    const waiting: Row[] = [{ span: top, depth: 0 }];
    for (let row = waiting.pop(); row; row = waiting.pop()) {
      if (seen.has(row.span)) continue;
      seen.add(row.span);
      rows.push(row);
      const depth = row.depth + 1;
      const children = below.get(row.span.spanId) ?? [];
      waiting.push(...children.toReversed().map((span) => ({ span, depth })));
    }
  };
  for (const span of inTime) if (span.parentSpanId === undefined || !ids.has(span.parentSpanId)) visit(span);
  for (const span of inTime) visit(span);
  return rows;
}
