import { context, trace } from '@opentelemetry/api';
import { type DestinationStream, type Logger, pino } from 'pino';
import { redacted, scrub } from './redaction.ts';

export type { Logger } from 'pino';

/** JSON lines on stdout (or `destination`), each with the ids of the active trace, none with a secret. */
export function createLogger(
  options: { service: string; level?: string },
  destination?: DestinationStream,
): Logger {
  const settings: pino.LoggerOptions = {
    level: options.level ?? 'info',
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }), bindings: redacted, log: redacted },
    serializers: { err: (described: unknown) => described },
    hooks: {
      logMethod(args, method) {
        const [first, message, ...rest] = args;
        const told = message ?? (first instanceof Error ? first.message : undefined);
        const cleanFirst = typeof first === 'string' ? scrub(first) : first;
        method.call(this, cleanFirst, typeof told === 'string' ? scrub(told) : told, ...rest);
      },
    },
    messageKey: 'message',
    mixin: () => {
      const span = trace.getSpanContext(context.active());
      return span ? { traceId: span.traceId, spanId: span.spanId } : {};
    },
  };
  // Written at once: pino's own stdout is asynchronous, and the last words before an exit overtake or get lost.
  return withCleanChildren(pino(settings, destination ?? pino.destination({ dest: 1, sync: true })));
}

/** Pino forgets `formatters.bindings` in children. */
function withCleanChildren(log: Logger): Logger {
  const { child } = log;
  log.child = function (this: Logger, bindings, options) {
    return Reflect.apply(child, this, [redacted(bindings), options]);
  };
  return log;
}
