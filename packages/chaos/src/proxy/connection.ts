import type { Socket } from 'node:net';
import { createLane, type Tally } from './lane.ts';
import type { Direction, Weather } from './proxy-fault.ts';

export interface Connection {
  /** RST to both ends. */
  reset(): void;
  /** True when it cannot go on after the fault: bytes are missing, or one end has gone and the other was not told. */
  isDamaged(): boolean;
  closed: Promise<void>;
}

/** Two sockets that hear of each other what the weather lets through, half-close and tearing included. */
export function joinSockets(client: Socket, server: Socket, weather: Weather, tally: Tally): Connection {
  const requests = createLane('requests', weather, tally);
  const answers = createLane('answers', weather, tally);
  const lanes = [requests, answers];
  let orphaned = false;

  const reset = () => {
    client.resetAndDestroy();
    server.resetAndDestroy();
  };
  /** One end broke: the other hears of it, unless nothing gets there. */
  const tearOther = async (direction: Direction) => {
    orphaned = true;
    await weather.passable(direction, closing.signal).catch(() => undefined);
    reset();
  };
  const closing = new AbortController();
  const closed = Promise.all([whenClosed(client), whenClosed(server)]).then(() => {
    closing.abort();
    for (const { stream } of lanes) stream.destroy();
  });
  client.once('close', (failed) => failed && void tearOther('requests'));
  server.once('close', (failed) => failed && void tearOther('answers'));
  client.pipe(requests.stream).pipe(server);
  server.pipe(answers.stream).pipe(client);
  return {
    reset,
    isDamaged: () => orphaned || lanes.some((it) => it.hasHole()),
    closed,
  };
}

/** A connection that was taken and leads nowhere. */
export function joinNothing(client: Socket, tally: Tally): Connection {
  client.on('data', (bytes) => {
    tally.swallowedBytes.requests += bytes.length;
  });
  client.resume();
  return { reset: () => client.resetAndDestroy(), isDamaged: () => true, closed: whenClosed(client) };
}

const whenClosed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
  });
