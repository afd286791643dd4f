import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { flushCompileCache } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Express } from 'express';
import { ConfigError } from './config.ts';
import { sayFarewell } from './farewell.ts';
import { createLife, type Life } from './life.ts';
import { createLogger, type Logger } from './log.ts';
import { measureProcess } from './process-metrics.ts';

/** Shorter than a pod's 30 s grace period. */
const STOP_DEADLINE_MS = 20_000;
const FAREWELL_MS = 500;

/**
 * Runs a service until SIGTERM or SIGINT: `start` opens resources in order and listens last; stopping goes backwards.
 * The only place that exits the process: 0 after a clean stop, 1 with one clear line when the start fails.
 */
export async function runService(
  name: string,
  start: (life: Life, log: Logger) => Promise<void>,
): Promise<void> {
  const log = createLogger({ service: name });
  const { life, announceStop, close } = createLife(log);
  measureProcess();
  const stopped = firstSignal();
  process.on('unhandledRejection', (error) => fail(log, error, 'unhandled rejection'));
  process.on('uncaughtException', (error) => fail(log, error, 'uncaught exception'));

  try {
    const started = start(life, log).then(() => {
      log.info('started');
      // Node would write it at the exit only, and whoever is killed should be back soon.
      flushCompileCache();
    });
    await Promise.race([started, stopped]);
  } catch (error) {
    tellWhyItDidNotStart(name, log, error);
    await close(2000);
    process.exit(1);
  }
  const signal = await stopped;
  announceStop();
  log.info({ signal }, 'stopping');
  setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
  await close(STOP_DEADLINE_MS - 2000);
  log.info('stopped');
  await sayFarewell(FAREWELL_MS);
  process.exit(0);
}

/** Later signals change nothing: a terminal and a launcher may both send one. */
const firstSignal = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, resolve);
  });

function fail(log: Logger, error: unknown, message: string): never {
  log.fatal({ err: error }, message);
  process.exit(1);
}

function tellWhyItDidNotStart(name: string, log: Logger, error: unknown): void {
  if (error instanceof ConfigError) process.stderr.write(`${name}: ${error.message}\n`);
  else log.fatal({ reason: error instanceof Error ? error.message : String(error) }, 'could not start');
  if (!(error instanceof ConfigError)) log.debug({ err: error }, 'why it could not start');
}

interface Address {
  PORT: number;
  BIND_ADDRESS: string;
}
/**
 * Node takes one new connection per turn of its loop from a listening socket. When many come at once and turns are long,
 * they would be let in one by one; so there are several sockets on the port, between which Linux divides them.
 */
const DOORS = process.platform === 'linux' ? 8 : 1;

/**
 * Listens, and registers the drain: a pause in which load balancers notice the 503 of readiness, then no new
 * connections; requests under way end, idle connections close. Every answer of that time closes its connection: a request
 * sent on a kept one would meet its end. Resolves to the port. Rejects with EADDRINUSE when somebody has it.
 */
export async function listen(
  life: Life,
  app: Express,
  at: Address & { DRAIN_SECONDS: number },
): Promise<number> {
  // By itself first: another process of ours would share the port, and nobody would notice.
  const first = await openDoor(app, at, { reusePort: false });
  const { port } = first.address() as AddressInfo;
  await closed(first);
  const opened = Array.from({ length: DOORS }, () =>
    openDoor(app, { ...at, PORT: port }, { reusePort: DOORS > 1 }),
  );
  life.opened('http', await Promise.all(opened), async (doors) => {
    for (const it of doors)
      it.prependListener('request', (_req, res) => res.setHeader('connection', 'close'));
    await sleep(1000 * at.DRAIN_SECONDS);
    const ended = Promise.all(doors.map(closed));
    const sweep = setInterval(() => doors.map((it) => it.closeIdleConnections()), 50);
    await ended;
    clearInterval(sweep);
  });
  return port;
}

async function openDoor(app: Express, at: Address, how: { reusePort: boolean }): Promise<Server> {
  const server = createServer(app);
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 66_000;
  server.requestTimeout = 60_000;
  server.listen({ port: at.PORT, host: at.BIND_ADDRESS, ...how });
  await once(server, 'listening');
  return server;
}
const closed = (server: Server): Promise<unknown> => new Promise((resolve) => server.close(resolve));
