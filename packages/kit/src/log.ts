import { context, trace } from '@opentelemetry/api';
import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Fields that must never be written, whoever logs them: the net below the rule "log ids, not contents". */
const secrets = [
  'password',
  'currentPassword',
  'newPassword',
  'token',
  'accessToken',
  'refreshToken',
  'paymentToken',
  'followToken',
  'authorization',
  'cookie',
  'email',
  'phone',
  'address',
  'name',
  'line1',
  'line2',
  'postcode',
  'secret',
];
const redact = {
  paths: secrets.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
  censor: '[redacted]',
};

/** JSON lines on stdout (or `destination`), each with the ids of the active trace. */
export function createLogger(
  options: { service: string; level?: string },
  destination?: DestinationStream,
): Logger {
  const settings = {
    level: options.level ?? 'info',
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
    messageKey: 'message',
    redact,
    mixin: () => {
      const span = trace.getSpanContext(context.active());
      return span ? { traceId: span.traceId, spanId: span.spanId } : {};
    },
  };
  return destination ? pino(settings, destination) : pino(settings);
}
