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
    hooks: {
      logMethod(args, method) {
        const [first, message, ...rest] = args;
        if (typeof first === 'string') return method.call(this, scrub(first));
        method.call(this, first, typeof message === 'string' ? scrub(message) : message, ...rest);
      },
    },
    messageKey: 'message',
    mixin: () => {
      const span = trace.getSpanContext(context.active());
      return span ? { traceId: span.traceId, spanId: span.spanId } : {};
    },
  };
  return destination ? pino(settings, destination) : pino(settings);
}
