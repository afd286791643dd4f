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
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'PROTOCOL_CONNECTION_LOST',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'POOL_CLOSED',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoPoolClearedError',
  'PoolClearedOnNetworkError',
  'MongoPoolClosedError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MaxRetriesPerRequestError',
  'StoreAwayError',
]);
const CAUSES = 10;

/** Whether an error, or what caused it, means that a store is away rather than that we are wrong. */
export function isAway(error: unknown, causesLeft: number = CAUSES): boolean {
  if (!(error instanceof Error) || causesLeft === 0) return false;
  const code = 'code' in error ? String(error.code) : '';
  return away.has(code) || away.has(error.name) || isAway(error.cause, causesLeft - 1);
}

const parserFaults: ReadonlyMap<string, () => Problem> = new Map([
  ['entity.parse.failed', () => problem('malformed-json')],
  ['body.not-utf8', () => problem('malformed-json', 'The body is not UTF-8.')],
  ['entity.too.large', () => problem('body-too-large')],
  [
    'encoding.unsupported',
    () => problem('unsupported-media-type', 'Send the body without Content-Encoding.'),
  ],
  ['charset.unsupported', () => problem('unsupported-media-type', 'Send UTF-8.')],
  ['request.aborted', () => problem('request-timeout')],
  ['request.size.invalid', () => problem('malformed-json', 'Content-Length and the body differ.')],
]);

/** Anything thrown as a Problem. Unknown errors become `internal-error` and tell nothing about themselves. */
export function toProblem(error: unknown): Problem {
  if (isProblem(error)) return error;
  if (error instanceof Error && 'type' in error) {
    const known = parserFaults.get(String(error.type));
    if (known) return known();
  }
  if (error instanceof URIError) return problem('not-found');
  if (isAway(error))
    return problem('unavailable', 'A store does not answer.', { retryAfterSeconds: 2, cause: error });
  return problem('internal-error', undefined, { cause: error });
}

/** RFC 9457 problem details of this request as an answer. Members of the problem never replace the standard ones. */
export function problemAnswer(it: Problem, requestId: string) {
  const traceId = trace.getActiveSpan()?.spanContext().traceId;
  const wait = it.extra.retryAfterSeconds ?? (it.status === 503 || it.status === 429 ? 2 : undefined);
  const headers: Record<string, string> = { 'content-type': 'application/problem+json; charset=utf-8' };
  if (wait !== undefined) headers['retry-after'] = String(Math.ceil(wait));
  if (it.extra.location !== undefined) headers.location = it.extra.location;
  if (it.status === 401) headers['www-authenticate'] = 'Bearer';
  const body = {
    ...it.extra.members,
    type: `urn:shopstack:problem:${it.code}`,
    title: it.title,
    status: it.status,
    ...(it.detail === undefined ? {} : { detail: it.detail }),
    instance: requestId,
    ...(traceId === undefined ? {} : { traceId }),
    ...(it.extra.errors ? { errors: it.extra.errors } : {}),
  };
  return { status: it.status, headers, body };
}

function sendProblem(res: Response, it: Problem): void {
  const { status, headers, body } = problemAnswer(it, String(res.locals.requestId));
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.status(status).send(JSON.stringify(body));
}

/** The last middleware. What is our fault is logged with its cause; what is the caller's is a line at most. */
export const answerFaults =
  (log: Logger): ErrorRequestHandler =>
  (error, _req, res, _next) => {
    const it = toProblem(error);
    if (it.status >= 500) {
      const level = it.code === 'internal-error' ? 'error' : 'warn';
      log[level](
        { err: it.extra.cause ?? error, requestId: res.locals.requestId, code: it.code },
        'request failed',
      );
    }
    res.locals.problem = it.code;
    if (res.headersSent) res.destroy();
    else sendProblem(res, it);
  };
