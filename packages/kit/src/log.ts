import { context, trace } from '@opentelemetry/api';
import type { LogField } from '@shopstack/contracts/telemetry/log-fields';
import { type DestinationStream, pino } from 'pino';
import { redacted, scrub } from './redaction.ts';
import { knownNow } from './work.ts';

/** Only fields of the registry; any other makes the argument impossible. */
type Registered<F> = F & Readonly<Record<Exclude<keyof F, LogField>, never>>;
interface Write {
  (message: string): void;
  <F extends object>(fields: Registered<F>, message: string): void;
}
export interface Logger extends Record<'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal', Write> {
  level: string;
  child<F extends object>(fields: Registered<F>): Logger;
}

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
      return span ? { traceId: span.traceId, spanId: span.spanId, ...knownNow() } : { ...knownNow() };
    },
  };
  // Written at once: pino's own stdout is asynchronous, and the last words before an exit overtake or get lost.
  return withCleanChildren(pino(settings, destination ?? pino.destination({ dest: 1, sync: true })));
}

/** Pino forgets `formatters.bindings` in children. */
function withCleanChildren(log: pino.Logger): pino.Logger {
  const { child } = log;
  log.child = function (this: pino.Logger, bindings, options) {
    return Reflect.apply(child, this, [redacted(bindings), options]);
  };
  return log;
}
