import type { Operation } from '@shopstack/contracts/operation';
import express, { type Express, type Request, type Response } from 'express';
import helmet from 'helmet';
import { type Authorisation, authorise } from './authorisation.ts';
import { openApi, serveDocuments } from './documents.ts';
import { answerFaults } from './faults.ts';
import type { Health } from './health.ts';
import { type Answer, hashBody, type IdempotencyRef, type IdempotencyStore } from './idempotency.ts';
import { bodyParser, type Input, parseInput, run } from './input.ts';
import type { Logger } from './log.ts';
import { observe, operatorRoutes } from './observation.ts';
import type { Principal } from './principal.ts';
import { problem } from './problem.ts';
import { answerOnce, readKey, scopeOf } from './replay.ts';

/** One request, checked: who calls and what they sent. */
export interface Call<T extends Operation> extends Input<T> {
  principal: Principal;
  /** What a guest shows to follow an order. */
  followToken: string | undefined;
  ifMatch: string | undefined;
  /** Set on idempotent operations: write the answer with it inside the business transaction. */
  idempotency: IdempotencyRef | undefined;
  requestId: string;
  req: Request;
  res: Response;
}
/** Returned by a handler that has written the response itself (streams, files). */
export const responded = Symbol('responded');
export type Handler<T extends Operation> = (call: Call<T>) => Promise<Answer | typeof responded>;
export interface Api {
  on<T extends Operation>(operation: T, handler: Handler<T>): void;
}

export interface Platform {
  service: string;
  publicPath: string;
  log: Logger;
  health: Health;
  authorisation: Authorisation;
  idempotency?: IdempotencyStore;
  /** Checks our own answers against the contract; tests switch it on. */
  checkAnswers?: boolean;
}

export const ok = (body: unknown, headers?: Record<string, string>): Answer => ({
  status: 200,
  body,
  ...(headers ? { headers } : {}),
});
export const created = (location: string, body: unknown, headers?: Record<string, string>): Answer => ({
  status: 201,
  body,
  headers: { location, ...headers },
});
export const noContent: Answer = { status: 204 };

/** The Express app of a service: everything that shapes a response, in the order it happens. */
export function createServiceApp(platform: Platform, routes: (api: Api) => void): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('case sensitive routing', true);
  app.use(observe(platform.log));
  app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));
  for (const [path, handler] of operatorRoutes(platform.health)) app.get(path, handler);

  const operations: Operation[] = [];
  routes({
    on(operation, handler) {
      if (operations.some((it) => it.id === operation.id))
        throw new Error(`${operation.id} is mounted twice`);
      if (operation.idempotent && !platform.idempotency)
        throw new Error(`${operation.id} is idempotent but the service has no store for keys`);
      operations.push(operation);
      const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1');
      app[operation.method](path, async (req, res) => {
        res.locals.route = operation.path;
        await serve(platform, operation, handler, { req, res });
      });
    },
  });
  serveDocuments(app, platform.publicPath, () => openApi(platform.service, platform.publicPath, operations));
  refuseOtherMethods(app, operations);
  app.use(() => {
    throw problem('not-found');
  });
  app.use(answerFaults(platform.log));
  return app;
}

function refuseOtherMethods(app: Express, operations: readonly Operation[]): void {
  const byPath = Map.groupBy(operations, (it) => it.path);
  for (const [path, some] of byPath) {
    const methods = some.map((it) => it.method.toUpperCase());
    const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', ');
    app.all(path.replaceAll(/\{(\w+)\}/g, ':$1'), (_req, res) => {
      res.locals.route = path;
      res.setHeader('allow', allow);
      throw problem('method-not-allowed', `Allowed: ${allow}.`);
    });
  }
}

/** Token → shape → key → business, in this order. */
async function serve<T extends Operation>(
  platform: Platform,
  operation: T,
  handler: Handler<T>,
  { req, res }: { req: Request; res: Response },
): Promise<void> {
  const principal = await authorise(req, operation.policy, platform.authorisation);
  const parser = bodyParser(operation);
  if (parser) await run(parser, req, res);
  const input = parseInput(operation, req);
  if (operation.ifMatch === 'required' && req.get('if-match') === undefined)
    throw problem('if-match-missing');
  const call: Call<T> = {
    ...input,
    principal,
    req,
    res,
    followToken: req.get('follow-token'),
    ifMatch: req.get('if-match'),
    requestId: String(res.locals.requestId),
    idempotency: undefined,
  };
  const answer =
    operation.idempotent && platform.idempotency
      ? await once(platform.idempotency, operation, handler, call)
      : await handler(call);
  if (answer === responded) return;
  if (platform.checkAnswers && answer.status < 400) checkAnswer(operation, answer);
  send(res, answer);
}

function send(res: Response, answer: Answer): void {
  res.status(answer.status);
  for (const [name, value] of Object.entries(answer.headers ?? {})) res.setHeader(name, value);
  if (answer.body === undefined) res.end();
  else {
    if (!res.hasHeader('content-type')) res.type('application/json');
    res.send(JSON.stringify(answer.body));
  }
}

const once = <T extends Operation>(
  store: IdempotencyStore,
  operation: T,
  handler: Handler<T>,
  call: Call<T>,
): Promise<Answer | typeof responded> =>
  answerOnce(
    store,
    {
      scope: scopeOf(operation, call.req, call.principal),
      key: readKey(call.req),
      bodyHash: hashBody(call.body),
      requestId: call.requestId,
    },
    (idempotency) => handler({ ...call, idempotency }),
  );

function checkAnswer(operation: Operation, answer: Answer): void {
  const schema = operation.answers[answer.status];
  if (schema === undefined)
    throw new Error(`${operation.id} answered ${answer.status}, which its contract does not know`);
  if (schema === null || typeof schema === 'string') return;
  const result = schema.safeParse(JSON.parse(JSON.stringify(answer.body ?? null)));
  if (!result.success)
    throw new Error(`${operation.id} answered against its contract: ${result.error.message}`);
}
