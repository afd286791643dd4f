import {
  type Context,
  context,
  createContextKey,
  ROOT_CONTEXT,
  type SpanContext,
  trace,
} from '@opentelemetry/api';
import { randomSpanId, randomTraceId } from './telemetry/ids.ts';

const KEPT = 1;
/** The key by which OpenTelemetry's own libraries know that there is nothing to do; a test compares it with theirs. */
const suppressed = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** W3C traceparent of what runs now, if somebody traces at all. */
export function activeTraceparent(): string | undefined {
  const span = trace.getSpanContext(context.active());
  if (!span) return undefined;
  const flags = span.traceFlags.toString(16).padStart(2, '0');
  return `00-${span.traceId}-${span.spanId}-${flags}`;
}

/** Runs `work` as part of the trace a message came with, unless an instrumentation has set one already. */
export function inTrace<T>(traceparent: string | undefined, work: () => T): T {
  const active = trace.getSpanContext(context.active());
  const span = active ?? readTraceparent(traceparent);
  if (!span) return work();
  if (active && isKept(active)) return work();
  return context.with(contextOf(active ? context.active() : ROOT_CONTEXT, span), work);
}

/**
 * Runs `work` for a request whose trace nobody keeps: it has an id for the logs and for those we ask, and no spans.
 * When the request is kept, or nobody traces, it only runs it.
 */
export function inUnkeptTrace<T>(traceparent: string | undefined, work: () => T): T {
  if (!isUnkept()) return work();
  const given = readTraceparent(traceparent);
  const span = {
    traceId: given?.traceId ?? randomTraceId(),
    spanId: given?.spanId ?? randomSpanId(),
    traceFlags: 0,
  };
  return context.with(trace.setSpanContext(context.active(), span), work);
}

/** Whether it was decided that nobody keeps what runs now; instrumentations then tell nobody, so we do. */
export const isUnkept = (): boolean => context.active().getValue(suppressed) === true;

/** Undefined when it is none. */
export function readTraceparent(traceparent: string | undefined): SpanContext | undefined {
  const parts = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? '');
  const [, traceId, spanId, flags] = parts ?? [];
  if (!traceId || !spanId || !flags) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
}

export const isKept = ({ traceFlags }: SpanContext): boolean => (traceFlags & KEPT) === KEPT;

const contextOf = (around: Context, span: SpanContext): Context => {
  const inside = trace.setSpanContext(around, span);
  return isKept(span) ? inside : inside.setValue(suppressed, true);
};
