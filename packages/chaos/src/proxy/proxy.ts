import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type Connection, joinNothing, joinSockets } from './connection.ts';
import type { Tally } from './lane.ts';
import { createWeather, type ProxyFault } from './proxy-fault.ts';
import { createUpstreams, type Upstream } from './upstreams.ts';

export type { ProxyFault } from './proxy-fault.ts';
export type { Upstream } from './upstreams.ts';

export interface ProxyOptions {
  /** How it is called in reports. */
  name: string;
  /** A number is a port of this machine. With several, connections take turns among those that accept. */
  upstreams: readonly (Upstream | number)[];
  /** 127.0.0.1 and a free port unless told. */
  listen?: { host?: string; port?: number };
}
export interface ProxyStats extends Tally {
  accepted: number;
  open: number;
  /** Connections torn by a fault or by its end. */
  torn: number;
  /** Connections for which no upstream accepted; they are reset. */
  unreachable: number;
  /** Connections by upstream. */
  byUpstream: number[];
}
export interface NetworkProxy {
  readonly name: string;
  readonly port: number;
  /** One fault at a time: another one takes its place. Only `refuse` takes effect later than at once. */
  fault(fault: ProxyFault): Promise<void>;
  /** Ends the fault. Connections in which bytes are missing are reset; those that only waited go on. */
  heal(): Promise<void>;
  /** From now on the upstream with this port gets no new connection, until `resume`. */
  rest(port: number): void;
  resume(port: number): void;
  stats(): ProxyStats;
  /** Resets what is open and stops listening. */
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

/** A TCP proxy before a dependency that can be made to fail. Half-close and back-pressure pass through. */
export async function openProxy(options: ProxyOptions): Promise<NetworkProxy> {
  const { name, listen = {} } = options;
  const host = listen.host ?? LOOPBACK;
  const weather = createWeather();
  const upstreams = createUpstreams(
    options.upstreams.map((it) => (typeof it === 'number' ? { host: LOOPBACK, port: it } : it)),
  );
  const connections = new Set<Connection>();
  const waiting = new Set<Socket>();
  const counts = { accepted: 0, torn: 0, unreachable: 0 };
  const tally: Tally = {
    passedBytes: { requests: 0, answers: 0 },
    swallowedBytes: { requests: 0, answers: 0 },
  };
  const closing = new AbortController();

  const keep = (connection: Connection) => {
    connections.add(connection);
    void connection.closed.then(() => connections.delete(connection));
  };
  const tear = (which: (it: Connection) => boolean) => {
    for (const connection of [...connections].filter(which)) {
      counts.torn++;
      connection.reset();
    }
  };
  /** False when the connection was dealt with because of the weather. */
  const isWelcome = (client: Socket): boolean => {
    const kind = weather.now()?.kind;
    if (kind === 'reset') {
      counts.torn++;
      client.resetAndDestroy();
    }
    if (kind === 'black-hole') keep(joinNothing(client, tally));
    return kind !== 'reset' && kind !== 'black-hole';
  };
  const receive = async (client: Socket) => {
    counts.accepted++;
    client.on('error', () => undefined);
    if (!isWelcome(client)) return;
    waiting.add(client);
    await weather.passable('connections', closing.signal).catch(() => undefined);
    const server = closing.signal.aborted ? undefined : await upstreams.connect();
    waiting.delete(client);
    if (!server) {
      counts.unreachable++;
      client.resetAndDestroy();
    } else if (client.destroyed) server.destroy();
    else if (isWelcome(client)) keep(joinSockets(client, server, weather, tally));
    else server.destroy();
  };

  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (client) => {
    void receive(client);
  });
  const listenAt = async (at: number): Promise<number> => {
    server.listen(at, host);
    await once(server, 'listening');
    const address = server.address();
    return address !== null && typeof address === 'object' ? address.port : at;
  };
  const port = await listenAt(listen.port ?? 0);
  const turn = async (fault: ProxyFault | undefined) => {
    weather.turn(fault);
    tear((it) => fault?.kind === 'reset' || it.isDamaged());
    if (fault?.kind === 'refuse') server.close();
    else if (!server.listening) await listenAt(port);
  };

  return {
    name,
    port,
    fault: turn,
    heal: () => turn(undefined),
    rest: upstreams.rest,
    resume: upstreams.resume,
    stats: () => ({
      ...structuredClone(tally),
      ...counts,
      open: connections.size,
      byUpstream: upstreams.taken(),
    }),
    close: async () => {
      closing.abort();
      server.close();
      for (const client of waiting) client.resetAndDestroy();
      const all = [...connections];
      for (const connection of all) connection.reset();
      await Promise.all(all.map((it) => it.closed));
    },
  };
}
