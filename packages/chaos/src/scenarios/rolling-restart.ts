import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@shopstack/stack/free-ports';
import { answersOk, until } from '@shopstack/stack/probes';
import { type ServiceName, serviceNames } from '@shopstack/stack/services';
import mysql from 'mysql2/promise';
import { type Arena, openArena } from '../arena/arena.ts';
import { newProduct } from '../buyers/products.ts';
import { recordingFetch } from '../buyers/recorder.ts';
import { percentile } from '../campaign/count.ts';
import { audit, combine } from '../campaign/findings.ts';
import { isAtRest, untilAtRest } from '../campaign/rest.ts';
import { nothingPlanted } from '../faults/planted.ts';
import type { Call, History } from '../history.ts';
import { merchandiserOf } from './merchandiser.ts';
import { createRate } from './rate.ts';
import { startReplica } from './replica.ts';
import type { Scenario, ScenarioResult } from './scenario.ts';
import { visit } from './visitor.ts';

const REQUESTS_PER_SECOND = 30;
const VISITORS = 40;
const UNITS = 100_000;
const DRAIN_SECONDS = '2';
const REST_WITHIN_MS = 90_000;
const BACK_WITHIN_MS = 60_000;

/** Every service is restarted under load, one after the other, with a second process of it running meanwhile. */
export const rollingRestart: Scenario = {
  open: async (history, signal) => {
    const replicaPorts = new Map<ServiceName, number>();
    for (const name of serviceNames) replicaPorts.set(name, await freePort());
    const env = Object.fromEntries(serviceNames.map((name) => [name, { DRAIN_SECONDS }]));
    return openArena({ history, env, signal, replicas: replicaPorts });
  },
  run: async (arena, { history, say }) => {
    const load = startLoad(arena, {
      history,
      sku: await newProduct(await merchandiserOf(arena), 'Rolling restart', UNITS),
    });
    await sleep(2000);
    for (const service of serviceNames) {
      say(`restarting ${service}`);
      await restartWithReplica(arena, service);
    }
    await sleep(2000);
    const { calls, placed } = await load.stop();
    say('waiting for quiet');
    const unrest = await untilAtRest(arena, REST_WITHIN_MS);
    const lost = await lostOf(arena, placed);
    const findings = combine(await audit(arena, nothingPlanted()), [], []);
    const violations = findings.flatMap((it) => it.violations);
    return resultOf({ calls, placed, lost, isQuiet: isAtRest(unrest), broken: violations.length });
  },
};

/**
 * The first process goes only when the second serves, and the second only when the first is back. Whoever goes gets no
 * new connections from then on, as a balancer does that sees its readiness.
 */
async function restartWithReplica(arena: Arena, service: ServiceName): Promise<void> {
  const port = arena.replicas.get(service);
  const front = arena.fronts.get(service);
  if (port === undefined || !front) throw new Error(`there is no second ${service}`);
  const first = arena.at.ports(service);
  const replica = await startReplica(arena, service, port);
  const before = processOf(arena, service);
  front.rest(first);
  arena.shop.kill(service, 'SIGTERM');
  const back = await until(
    async () => processOf(arena, service) !== before && (await answersOk(first, '/health/ready')),
    { withinMs: BACK_WITHIN_MS, everyMs: 100 },
  );
  front.resume(first);
  front.rest(port);
  await replica.stop();
  front.resume(port);
  if (!back) throw new Error(`${service} did not come back`);
}

const processOf = (arena: Arena, service: ServiceName) => {
  const part = arena.shop.parts.find(({ name }) => name === service);
  return part?.state === 'ready' ? part.pid : undefined;
};

function startLoad(arena: Arena, { history, sku }: { history: History; sku: string }) {
  const calls: Call[] = [];
  const placed: string[] = [];
  const turn = createRate(REQUESTS_PER_SECOND);
  let stopping = false;
  history.listen((event) => {
    if (event.type === 'call') calls.push(event);
  });
  const visitors = Array.from({ length: VISITORS }, async (_, number) => {
    while (!stopping) {
      const send = recordingFetch(history, `visitor-${number}`);
      const about = { shopUrl: arena.shop.url, sku, turn, send, placed: (id: string) => placed.push(id) };
      await visit(about).catch(() => undefined);
    }
  });
  return {
    stop: async () => {
      stopping = true;
      await Promise.all(visitors);
      return { calls, placed };
    },
  };
}

/** Accepted orders that dispatch does not know. */
async function lostOf(arena: Arena, placed: readonly string[]): Promise<string[]> {
  const connection = await mysql.createConnection(arena.urls.mysql);
  try {
    const [rows] = await connection.query<mysql.RowDataPacket[]>('select id from dispatch.orders');
    const known = new Set(rows.map(({ id }) => String(id)));
    return placed.filter((id) => !known.has(id));
  } finally {
    connection.destroy();
  }
}

function resultOf(seen: {
  calls: readonly Call[];
  placed: readonly string[];
  lost: readonly string[];
  isQuiet: boolean;
  broken: number;
}): ScenarioResult {
  const { calls, placed, lost, isQuiet, broken } = seen;
  const failed = calls.filter(({ status }) => status === undefined || status >= 400);
  const took = calls.map(({ at, endedAt }) => endedAt - at);
  const [first, last] = [calls[0]?.at ?? 0, calls.at(-1)?.endedAt ?? 0];
  const perSecond = (calls.length / Math.max(1, last - first)) * 1000;
  return {
    good: failed.length === 0 && lost.length === 0 && isQuiet && broken === 0 && placed.length > 0,
    lines: [
      `${calls.length} requests in ${Math.round((last - first) / 1000)} s (${perSecond.toFixed(1)} a second), ${failed.length} failed; p99 ${percentile(took, 0.99) ?? 0} ms`,
      `${placed.length} orders accepted, ${lost.length} lost, ${broken} violations${isQuiet ? '' : ', and it did not come to rest'}`,
      ...failed
        .slice(0, 10)
        .map((it) => `    ${it.status ?? it.error} ${it.problem ?? ''} ${it.method} ${it.path}`),
    ],
  };
}
