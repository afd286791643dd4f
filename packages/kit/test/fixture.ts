import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { operation } from '@shopstack/contracts/operation';
import {
  anyone,
  follower,
  internal,
  type Policy,
  roles,
  rolesOrPartner,
  shopper,
  signedIn,
  webhook,
} from '@shopstack/contracts/roles';
import { createTestIssuer } from '@shopstack/testkit/tokens';
import { z } from 'zod';
import { createServiceApp, ok, type Platform, responded } from '../src/api.ts';
import { createHealth } from '../src/health.ts';
import type { IdempotencyStore } from '../src/idempotency.ts';
import { createLogger } from '../src/log.ts';

export const PARTNER_KEY = 'carrier-key-0123456789';
const Told = z.object({ principal: z.looseObject({ kind: z.string() }), followToken: z.string().optional() });

const guarded = (id: string, policy: Policy) =>
  operation({
    id,
    method: 'get',
    path: `/guarded/${id}`,
    summary: id,
    policy,
    answers: { 200: Told },
  });
export const guardedOperations = [
  guarded('anyone', anyone),
  guarded('shopper', shopper),
  guarded('signedIn', signedIn),
  guarded('follower', follower),
  guarded('support', roles('support')),
  guarded('carrier', rolesOrPartner('carrier', 'support')),
  guarded('internal', internal),
  guarded('webhook', webhook),
];

const Tree = z.object({
  title: z.string(),
  get children() {
    return z.array(Tree);
  },
});
const Thing = z.strictObject({
  title: z.string().max(50),
  amountMinor: z.int().min(0),
  tags: z.array(z.string()).optional(),
});
const Made = z.object({ id: z.string(), title: z.string() });
const ThingId = z.strictObject({ id: z.string().regex(/^[\w.-]{1,64}$/) });

const listThings = operation({
  id: 'listThings',
  method: 'get',
  path: '/things',
  summary: 'Things',
  policy: anyone,
  query: z.strictObject({
    q: z.string().max(20).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(24),
  }),
  answers: { 200: z.object({ q: z.string().optional(), limit: z.int() }) },
});
const makeThing = operation({
  id: 'makeThing',
  method: 'post',
  path: '/things',
  summary: 'Make a thing',
  policy: signedIn,
  body: Thing,
  answers: { 201: Made },
  problems: ['out-of-stock'],
});
export const readThing = operation({
  id: 'readThing',
  method: 'get',
  path: '/things/{id}',
  summary: 'A thing',
  policy: anyone,
  params: ThingId,
  answers: { 200: Made },
});
const changeThing = operation({
  id: 'changeThing',
  method: 'put',
  path: '/things/{id}',
  summary: 'Change a thing',
  policy: signedIn,
  params: ThingId,
  body: Thing,
  ifMatch: 'required',
  answers: { 200: Made, 201: z.object({ created: z.literal(true) }) },
});
export const orderThing = operation({
  id: 'orderThing',
  method: 'post',
  path: '/things/{id}/orders',
  summary: 'Order a thing',
  policy: shopper,
  params: ThingId,
  body: z.strictObject({ quantity: z.int().min(1) }),
  idempotent: true,
  answers: { 201: Made },
});
const readTree = operation({
  id: 'readTree',
  method: 'get',
  path: '/tree',
  summary: 'Recursive',
  policy: anyone,
  answers: { 200: z.object({ roots: z.array(Tree) }) },
});
const upload = operation({
  id: 'upload',
  method: 'post',
  path: '/uploads',
  summary: 'Raw',
  policy: anyone,
  rawBody: { contentType: 'text/csv', maxBytes: 1000 },
  answers: { 200: z.object({ bytes: z.int() }) },
});
const download = operation({
  id: 'download',
  method: 'get',
  path: '/downloads',
  summary: 'A file',
  policy: anyone,
  answers: { 200: 'text/plain' },
});
const fail = operation({
  id: 'fail',
  method: 'get',
  path: '/fail',
  summary: 'Fails',
  policy: anyone,
  query: z.strictObject({ how: z.string() }),
  answers: { 200: Told },
});
const forget = operation({
  id: 'forget',
  method: 'delete',
  path: '/things/{id}',
  summary: 'Forget',
  policy: signedIn,
  params: ThingId,
  answers: { 204: null },
});

export interface Behaviour {
  /** What a download waits for in its middle. */
  secondHalf?: (res: ServerResponse) => Promise<unknown>;
  /** What ordering a thing does; set by each test. */
  order: (call: { id: string; quantity: number; who: string }) => Promise<{ id: string; title: string }>;
  failures: Record<string, () => unknown>;
}
/** The reached business, in order. */
export const reached: string[] = [];

/** A service of a tiny contract of its own, listening on a port of its own. */
export async function startService(
  options: { keys?: IdempotencyStore; behaviour?: Partial<Behaviour>; ready?: () => boolean } = {},
) {
  const issuer = createTestIssuer({ carrier: PARTNER_KEY });
  const lines: string[] = [];
  const log = createLogger({ service: 'things', level: 'debug' }, { write: (line) => void lines.push(line) });
  const check = async () => {
    if (options.ready?.() === false) throw new Error('refused');
  };
  const platform: Platform = {
    service: 'things',
    publicPath: '/api/v1/things',
    log,
    health: createHealth([{ name: 'mysql', own: true, check }], () => false),
    authorisation: issuer.authorisation,
    checkAnswers: true,
    ...(options.keys ? { idempotency: options.keys } : {}),
  };
  const behaviour: Behaviour = {
    order: async ({ id }) => ({ id, title: 'ordered' }),
    failures: {},
    ...options.behaviour,
  };
  const app = createServiceApp(platform, (api) => {
    for (const it of guardedOperations)
      api.on(it, async ({ principal, followToken }) =>
        ok({ principal, ...(followToken ? { followToken } : {}) }),
      );
    api.on(listThings, async ({ query }) => ok(query));
    api.on(makeThing, async ({ body }) => {
      reached.push('makeThing');
      return {
        status: 201,
        body: { id: 't1', title: body.title },
        headers: { location: '/api/v1/things/things/t1' },
      };
    });
    api.on(readThing, async ({ params }) => ok({ id: params.id, title: 'a thing' }, { etag: '"1"' }));
    api.on(changeThing, async ({ params, body }) => ok({ id: params.id, title: body.title }));
    api.on(readTree, async () => ok({ roots: [{ title: 'a', children: [{ title: 'b', children: [] }] }] }));
    api.on(upload, async ({ req }) => {
      const body: unknown = req.body;
      return ok({ bytes: Buffer.isBuffer(body) ? body.length : 0 });
    });
    api.on(download, async ({ res }) => {
      res.type('text/plain').write('first half');
      await (behaviour.secondHalf?.(res) ?? sleep(20));
      if (behaviour.failures.download) throw behaviour.failures.download();
      res.end(', second half');
      return responded;
    });
    api.on(fail, async ({ query }) => {
      throw behaviour.failures[query.how]?.();
    });
    api.on(forget, async () => ({ status: 204 }));
    if (options.keys)
      api.on(orderThing, async ({ params, body, principal }) => {
        const who = principal.kind === 'user' ? principal.id : principal.kind;
        const made = await behaviour.order({ id: params.id, quantity: body.quantity, who });
        return { status: 201, body: made, headers: { location: `/things/${made.id}`, etag: '"1"' } };
      });
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const logged = (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line));
  return {
    app,
    behaviour,
    issuer,
    lines,
    logged,
    platform,
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
export type Service = Awaited<ReturnType<typeof startService>>;
