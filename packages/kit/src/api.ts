import type { Operation } from '@shopstack/contracts/operation';
import express, { type Express, type Request, type Response } from 'express';
import helmet from 'helmet';
import { type Authorisation, authorise } from './authorisation.ts';
import { openApi, serveDocuments } from './documents.ts';
import { answerFaults, toProblem } from './faults.ts';
import type { Health } from './health.ts';
import { type Answer, hashBody, type IdempotencyRef, type IdempotencyStore, isKept } from './idempotency.ts';
import { bodyParser, type Input, parseInput, run } from './input.ts';
import type { Logger } from './log.ts';
import { observe, operatorRoutes } from './observation.ts';
import type { Principal } from './principal.ts';
import { problem } from './problem.ts';

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
  app.use(observe(platform.log));
  app.use(helmet());
  for (const [path, handler] of operatorRoutes(platform.health)) app.get(path, handler);

  const operations: Operation[] = [];
  routes({
    on(operation, handler) {
      if (operations.some((it) => it.id === operation.id))
        throw new Error(`${operation.id} is mounted twice`);
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
    const allow = some.map((it) => it.method.toUpperCase()).join(', ');
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
  const answer = operation.idempotent ? await once(platform, operation, handler, call) : await handler(call);
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

async function once<T extends Operation>(
  platform: Platform,
  operation: T,
  handler: Handler<T>,
  call: Call<T>,
): Promise<Answer | typeof responded> {
  const store = platform.idempotency;
  if (!store) throw new Error(`${operation.id} is idempotent but the service has no store for keys`);
  const claim = await store.claim({
    scope: `${scopeOf(operation, call)} ${operation.method} ${call.req.path}`,
    key: readKey(call.req),
    bodyHash: hashBody(call.body),
  });
  if (claim.state === 'running')
    throw problem('idempotency-key-running', undefined, { retryAfterSeconds: 1 });
  if (claim.state === 'reused') throw problem('idempotency-key-reused');
  if (claim.state === 'answered') return replay(claim.answer);
  try {
    const answer = await handler({ ...call, idempotency: claim.ref });
    if (answer !== responded) await store.keep(claim.ref, answer);
    return answer;
  } catch (error) {
    await settle(store, claim.ref, error);
    throw error;
  }
}

/** A kept problem is thrown again, so that it leaves by the same door as the first time. */
function replay(answer: Answer): Answer {
  return answer.status < 400
    ? answer
    : { ...answer, headers: { ...answer.headers, 'content-type': 'application/problem+json' } };
}

async function settle(store: IdempotencyStore, ref: IdempotencyRef, error: unknown): Promise<void> {
  const it = toProblem(error);
  if (!isKept(it.status)) return store.release(ref).catch(() => undefined);
  const headers = it.extra.location === undefined ? {} : { location: it.extra.location };
  const body = {
    type: `urn:shopstack:problem:${it.code}`,
    title: it.title,
    status: it.status,
    ...(it.detail === undefined ? {} : { detail: it.detail }),
    ...(it.extra.errors ? { errors: it.extra.errors } : {}),
    ...it.extra.members,
  };
  await store.keep(ref, { status: it.status, body, headers });
}

function readKey(req: Request): string {
  const key = req.get('idempotency-key');
  if (key === undefined || key === '') throw problem('idempotency-key-missing');
  if (!/^[\x20-\x7e]{1,255}$/.test(key)) throw problem('idempotency-key-invalid');
  return key;
}

/** Guests have no identity of their own: their cart's cookie or the order they follow stands for them. */
function scopeOf<T extends Operation>(operation: T, call: Call<T>): string {
  if (call.principal.kind === 'user') return `user:${call.principal.id}`;
  if (call.principal.kind === 'partner') return `partner:${call.principal.name}`;
  const cart = call.req.get('cookie')?.match(/(?:^|;\s*)cart=([^;]+)/)?.[1];
  const shown = (operation.policy.kind === 'follower' ? call.followToken : cart) ?? '';
  return `guest:${hashBody(shown)}`;
}

function checkAnswer(operation: Operation, answer: Answer): void {
  const schema = operation.answers[answer.status];
  if (schema === undefined)
    throw new Error(`${operation.id} answered ${answer.status}, which its contract does not know`);
  if (schema === null || typeof schema === 'string') return;
  const result = schema.safeParse(JSON.parse(JSON.stringify(answer.body ?? null)));
  if (!result.success)
    throw new Error(`${operation.id} answered against its contract: ${result.error.message}`);
}
