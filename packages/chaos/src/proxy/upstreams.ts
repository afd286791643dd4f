import { connect, type Socket } from 'node:net';

export interface Upstream {
  host: string;
  port: number;
}
const CONNECT_WITHIN_MS = 2000;

/** Takes turns; one that does not accept is passed over. */
export function createUpstreams(upstreams: readonly Upstream[]) {
  const taken = upstreams.map(() => 0);
  const resting = new Set<number>();
  let turn = 0;
  return {
    /** New connections go to the others, as when readiness says 503. */
    rest: (port: number) => void resting.add(port),
    resume: (port: number) => void resting.delete(port),
    /** Connections that each one got. */
    taken: () => [...taken],
    /** A connection to the next that accepts; undefined when none does. */
    connect: async (): Promise<Socket | undefined> => {
      const first = turn++;
      for (let offset = 0; offset < upstreams.length; offset++) {
        const index = (first + offset) % upstreams.length;
        const upstream = upstreams[index];
        const socket = upstream && !resting.has(upstream.port) && (await dial(upstream));
        if (!socket) continue;
        taken[index] = (taken[index] ?? 0) + 1;
        return socket;
      }
      return undefined;
    },
  };
}

function dial({ host, port }: Upstream): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
    const giveUp = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(undefined);
    };
    const timer = setTimeout(giveUp, CONNECT_WITHIN_MS);
    socket.once('error', giveUp);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', giveUp);
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}
