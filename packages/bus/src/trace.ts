import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';

/** W3C traceparent of what runs now, if it is traced. */
export function activeTraceparent(): string | undefined {
  const span = trace.getSpanContext(context.active());
  if (!span) return undefined;
  const flags = span.traceFlags.toString(16).padStart(2, '0');
  return `00-${span.traceId}-${span.spanId}-${flags}`;
}

/** Runs `work` as part of the trace a message came with, unless an instrumentation has set one already. */
export function inTrace<T>(traceparent: string | undefined, work: () => T): T {
  const parts = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? '');
  const [, traceId, spanId, flags] = parts ?? [];
  if (!traceId || !spanId || !flags || trace.getSpanContext(context.active())) return work();
  const remote = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return context.with(trace.setSpanContext(ROOT_CONTEXT, remote), work);
}
