import { streamOrder } from '@shopstack/contracts/dispatch';
import { kibanaDashboard } from './dashboard.ts';
import { barsOverTime, count, dataTable, metric, percentile, terms } from './lens.ts';
import { dataView, type SavedObject } from './saved-object.ts';
import { savedSearch } from './search.ts';

const red = '#cc5642';
const amber = '#d6a32f';
const blue = '#6092c0';

/** What a person has to look at: an error of ours, or a request that ended with one. */
const errors = 'level: (error or fatal) or status: 5*';
const requests = 'durationMs: *';
/** An answer slower than this was noticed; a live order stream lasts as long as its page is open. */
const slow = `${requests} and durationMs >= 1000 and not route: "${streamOrder.path}"`;
const refusals = 'problem: *';
const lines = count('Lines');

const errorLines = savedSearch({
  id: 'shopstack-errors',
  title: 'ShopStack: errors by service',
  why: 'Lines of level error or fatal, and requests that were answered with 5xx. Group by `service`, then follow `traceId` or `orderId`.',
  kql: errors,
  columns: [
    'service',
    'level',
    'message',
    'route',
    'status',
    'problem',
    'code',
    'reason',
    'orderId',
    'traceId',
  ],
});
const slowLines = savedSearch({
  id: 'shopstack-slow-requests',
  title: 'ShopStack: slow requests',
  why: 'Requests that took a second or longer, the slowest first. `traceId` leads to where the time went.',
  kql: slow,
  columns: ['service', 'method', 'route', 'status', 'durationMs', 'requestId', 'orderId', 'traceId'],
  sort: { field: 'durationMs', order: 'desc' },
});
const trail = savedSearch({
  id: 'shopstack-order-trail',
  title: 'ShopStack: log trail of one order',
  why: 'Add the order: `and orderId: "…"`. Its lines of all services from the first on: requests, messages, changes of state and what was asked of providers.',
  kql: 'orderId: *',
  columns: [
    ...(['service', 'message', 'from', 'to', 'status', 'cause', 'type', 'queue', 'attempt'] as const),
    ...(['outcome', 'reason', 'orderId', 'traceId'] as const),
  ],
  sort: { field: '@timestamp', order: 'asc' },
});
const deadLines = savedSearch({
  id: 'shopstack-dead-letters',
  title: 'ShopStack: messages given up',
  why: 'Messages that became dead letters and those put aside to be tried again, with what failed.',
  kql: 'message: ("message became a dead letter" or "dead letter kept" or "message will be tried again")',
  columns: ['service', 'message', 'queue', 'type', 'attempt', 'reason', 'detail', 'orderId', 'messageId'],
});

const errorCount = metric({
  id: 'shopstack-error-count',
  title: 'Errors',
  why: 'Lines of level error or fatal and answers with 5xx in the time shown.',
  kql: errors,
  value: count('Errors'),
  color: red,
});
const slowCount = metric({
  id: 'shopstack-slow-count',
  title: 'Slow requests',
  why: 'Requests that took a second or longer.',
  kql: slow,
  value: count('Slow requests'),
  color: amber,
});
const refusalCount = metric({
  id: 'shopstack-refusal-count',
  title: 'Refusals',
  why: 'Requests that were answered with a problem, whoever’s fault it is.',
  kql: refusals,
  value: count('Refusals'),
  color: blue,
});
const requestCount = metric({
  id: 'shopstack-request-count',
  title: 'Requests',
  why: 'Lines of requests: without them the others mean nothing.',
  kql: requests,
  value: count('Requests'),
  color: blue,
});
const errorsOverTime = barsOverTime({
  id: 'shopstack-errors-over-time',
  title: 'Errors by service over time',
  why: 'When it began, and where.',
  kql: errors,
  split: terms('service', 'Service', 10, lines),
  value: lines,
});
const levelsOverTime = barsOverTime({
  id: 'shopstack-warnings-over-time',
  title: 'Warnings by service over time',
  why: 'Retries, lost connections and open questions: what heals by itself, if it does.',
  kql: 'level: warn',
  split: terms('service', 'Service', 10, lines),
  value: lines,
});
const p95 = percentile('durationMs', 95, 'p95, ms');
const slowestRoutes = dataTable({
  id: 'shopstack-slowest-routes',
  title: 'Slowest routes',
  why: 'Routes by the time within which 95 % of their requests were answered.',
  kql: requests,
  columns: [
    terms('route', 'Route', 20, p95),
    terms('service', 'Service', 3, p95),
    p95,
    percentile('durationMs', 50, 'p50, ms'),
    count('Requests'),
  ],
});
const problems = dataTable({
  id: 'shopstack-refusals-by-problem',
  title: 'Refusals by problem',
  why: 'What customers and callers were refused, and where.',
  kql: refusals,
  columns: [
    terms('problem', 'Problem', 20, lines),
    terms('service', 'Service', 5, lines),
    terms('route', 'Route', 5, lines),
    lines,
  ],
});
const failures = dataTable({
  id: 'shopstack-failures-by-message',
  title: 'What went wrong',
  why: 'Errors by service and what was said; the list beside it has the lines.',
  kql: errors,
  columns: [terms('service', 'Service', 10, lines), terms('message.keyword', 'Message', 10, lines), lines],
});

const overview = kibanaDashboard({
  id: 'shopstack-logs',
  title: 'ShopStack: logs',
  why: 'Errors by service, slow routes, refusals by problem, and the lines behind them.',
  tiles: [
    ...[requestCount, errorCount, slowCount, refusalCount].map((of) => ({ of, width: 12, height: 7 })),
    { of: errorsOverTime, width: 24, height: 14 },
    { of: levelsOverTime, width: 24, height: 14 },
    { of: slowestRoutes, width: 24, height: 16 },
    { of: problems, width: 24, height: 16 },
    { of: failures, width: 16, height: 18 },
    { of: errorLines, width: 32, height: 18 },
  ],
});

/** Everything that Kibana imports, each after what it refers to. */
export const logObjects: readonly SavedObject[] = [
  dataView,
  ...[errorLines, slowLines, trail, deadLines],
  ...[requestCount, errorCount, slowCount, refusalCount],
  ...[errorsOverTime, levelsOverTime, slowestRoutes, problems, failures],
  overview,
];
