import type { Request, RequestHandler } from 'express';
import { register } from 'prom-client';
import type { Health } from './health.ts';
import type { Logger } from './log.ts';
import { histogram } from './metrics.ts';
import { uuidv7 } from './uuid.ts';

const seconds = histogram({
  name: 'shop_http_request_seconds',
  help: 'Requests answered, by route template',
  labels: ['method', 'route', 'status'],
});

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
    res.on('close', () => {
      const route: unknown = res.locals.route;
      const template = typeof route === 'string' ? route : 'unmatched';
      const durationMs = performance.now() - startedAt;
      const status = res.writableFinished ? res.statusCode : 499;
      seconds.observe({ method: req.method, route: template, status: String(status) }, durationMs / 1000);
      if (template === 'operations') return;
      const line = {
        requestId,
        method: req.method,
        route: template,
        status,
        durationMs: Math.round(durationMs),
      };
      log.info(res.locals.problem ? { ...line, problem: res.locals.problem } : line, 'request');
    });
    next();
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
    res.type(register.contentType).send(await register.metrics());
  };
  return [
    ['/health/live', live],
    ['/health/ready', ready],
    ['/health', report],
    ['/_health', report],
    ['/metrics', metrics],
  ];
}
