import { AsyncResource } from 'node:async_hooks';
import { fromBaggage } from '@shopstack/contracts/telemetry/carried';
import type { Request, RequestHandler } from 'express';
import type { Health } from './health.ts';
import type { Logger } from './log.ts';
import { contentType, exposition, histogram } from './metrics.ts';
import { inUnkeptTrace } from './trace.ts';
import { uuidv7 } from './uuid.ts';
import { inWork } from './work.ts';

const seconds = histogram('shop_http_request_seconds');

const probes = new Set(['/health', '/_health', '/health/live', '/health/ready']);
/** A health probe that asked to leave no trace; the gateway strips the header from outside. */
const isSynthetic = (req: Request): boolean => req.get('x-instana-synthetic') === '1' && probes.has(req.path);

/** One log line and one sample per request; sets `res.locals.requestId`. */
export function observe(log: Logger): RequestHandler {
  return (req, res, next) => {
    const requestId = req.get('x-request-id')?.match(/^[\w-]{8,64}$/)?.[0] ?? uuidv7();
    res.locals.requestId = requestId;
    res.setHeader('x-request-id', requestId);
    if (isSynthetic(req)) return next();
    const startedAt = performance.now();
    const tell = () => {
      const route: unknown = res.locals.route;
      const template = typeof route === 'string' ? route : 'unmatched';
      const durationMs = performance.now() - startedAt;
      const status = res.writableFinished ? res.statusCode : 499;
      seconds.observe(durationMs / 1000, {
        method: req.method,
        route: template,
        status: String(status),
      });
      if (template === 'operations') return;
      const line = {
        requestId,
        method: req.method,
        route: template,
        status,
        durationMs: Math.round(durationMs),
      };
      log.info(res.locals.problem ? { ...line, problem: res.locals.problem } : line, 'request');
    };
    const work = () =>
      inWork(fromBaggage(req.get('baggage')), () => {
        // The connection closes in a context of its own: the line belongs to the request's.
        res.on('close', AsyncResource.bind(tell));
        next();
      });
    inUnkeptTrace(req.get('traceparent'), work);
  };
}

/** The paths operators use; the gateway never forwards them. */
export function operatorRoutes(health: Health): [path: string, handler: RequestHandler][] {
  const ready: RequestHandler = async (_req, res) => {
    res.locals.route = 'operations';
    const ok = await health.ready();
    if (!ok) res.setHeader('retry-after', '2');
    res.status(ok ? 200 : 503).json({ status: ok ? 'ready' : 'not-ready' });
  };
  const report: RequestHandler = async (_req, res) => {
    res.locals.route = 'operations';
    const told = await health.report();
    const ok = told.status === 'up' || told.status === 'degraded';
    if (!ok) res.setHeader('retry-after', '2');
    res.status(ok ? 200 : 503).json(told);
  };
  const live: RequestHandler = (_req, res) => {
    res.locals.route = 'operations';
    res.json({ status: 'live' });
  };
  const metrics: RequestHandler = async (_req, res) => {
    res.locals.route = 'operations';
    res.setHeader('content-type', contentType);
    res.end(await exposition());
  };
  return [
    ['/health/live', live],
    ['/health/ready', ready],
    ['/health', report],
    ['/_health', report],
    ['/metrics', metrics],
  ];
}
