import { trace } from '@opentelemetry/api';
import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from './log.ts';
import { isProblem, type Problem, problem } from './problem.ts';

/** How the drivers we use say that their server is away. */
const away = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'PROTOCOL_CONNECTION_LOST',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'POOL_CLOSED',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoPoolClearedError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MaxRetriesPerRequestError',
  'StoreAwayError',
]);

/** Whether an error, or what caused it, means that a store is away rather than that we are wrong. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return away.has(code) || away.has(error.name) || isAway(error.cause);
}

const parserCodes: Readonly<Record<string, () => Problem>> = {
  'entity.parse.failed': () => problem('malformed-json'),
  'entity.too.large': () => problem('body-too-large'),
  'encoding.unsupported': () => problem('unsupported-media-type'),
  'charset.unsupported': () => problem('unsupported-media-type', 'Send UTF-8.'),
  'request.aborted': () => problem('request-timeout'),
  'request.size.invalid': () => problem('malformed-json', 'Content-Length and the body differ.'),
};

/** Anything thrown as a Problem. Unknown errors become `internal-error` and tell nothing about themselves. */
export function toProblem(error: unknown): Problem {
  if (isProblem(error)) return error;
  if (error instanceof Error && 'type' in error) {
    const known = parserCodes[String(error.type)];
    if (known) return known();
  }
  if (error instanceof URIError) return problem('not-found');
  if (isAway(error))
    return problem('unavailable', 'A store does not answer.', { retryAfterSeconds: 2, cause: error });
  return problem('internal-error', undefined, { cause: error });
}

/** Sends RFC 9457 problem+json. */
export function sendProblem(res: Response, it: Problem): void {
  const traceId = trace.getActiveSpan()?.spanContext().traceId;
  const wait = it.extra.retryAfterSeconds ?? (it.status === 503 || it.status === 429 ? 2 : undefined);
  if (wait !== undefined) res.setHeader('retry-after', String(Math.ceil(wait)));
  if (it.extra.location !== undefined) res.location(it.extra.location);
  if (it.status === 401) res.setHeader('www-authenticate', 'Bearer');
  res
    .status(it.status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:shopstack:problem:${it.code}`,
        title: it.title,
        status: it.status,
        ...(it.detail === undefined ? {} : { detail: it.detail }),
        instance: res.locals.requestId,
        ...(traceId === undefined ? {} : { traceId }),
        ...(it.extra.errors ? { errors: it.extra.errors } : {}),
        ...it.extra.members,
      }),
    );
}

/** The last middleware. What is our fault is logged with its cause; what is the caller's is a line at most. */
export const answerFaults =
  (log: Logger): ErrorRequestHandler =>
  (error, _req, res, next) => {
    const it = toProblem(error);
    if (it.status >= 500) {
      const level = it.code === 'internal-error' ? 'error' : 'warn';
      log[level](
        { err: it.extra.cause ?? error, requestId: res.locals.requestId, code: it.code },
        'request failed',
      );
    }
    res.locals.problem = it.code;
    if (res.headersSent) next(error);
    else sendProblem(res, it);
  };
