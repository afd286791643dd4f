export type Direction = 'requests' | 'answers';

/** What can be wrong with a connection. */
export type ProxyFault =
  /** Every connection is torn with RST, and each new one. */
  | { kind: 'reset' }
  /** Nobody listens: new connections are refused, those that exist go on. */
  | { kind: 'refuse' }
  /** A partition: connections are taken, bytes vanish both ways and nobody hears that the other end has gone. */
  | { kind: 'black-hole' }
  /** Bytes of one direction vanish. */
  | { kind: 'one-way'; direction: Direction }
  /** A partition that ends before anybody gives up: bytes wait and arrive after it. */
  | { kind: 'stall' }
  /** Every piece is late by `ms` ± `jitterMs`, in order; the same seed, the same jitter. */
  | { kind: 'latency'; ms: number; jitterMs?: number; seed?: number }
  /** So many bytes a second for each connection and direction. */
  | { kind: 'throttle'; bytesPerSecond: number };

export const swallows = (fault: ProxyFault | undefined, what: Direction | 'connections'): boolean =>
  fault?.kind === 'black-hole' || (fault?.kind === 'one-way' && fault.direction === what);

/** The fault that is on, for everybody whom it concerns. */
export interface Weather {
  now(): ProxyFault | undefined;
  turn(fault: ProxyFault | undefined): void;
  /** How late a piece that arrives now has to be, in ms. */
  lateness(): number;
  /** Resolves when these get through (again); rejects when `signal` aborts. */
  passable(what: Direction | 'connections', signal: AbortSignal): Promise<void>;
}

export function createWeather(): Weather {
  let fault: ProxyFault | undefined;
  let jitter = createJitter(0);
  let changed = Promise.withResolvers<void>();
  const isHeld = (what: Direction | 'connections') => fault?.kind === 'stall' || swallows(fault, what);
  return {
    now: () => fault,
    turn: (next) => {
      fault = next;
      if (next?.kind === 'latency') jitter = createJitter(next.seed ?? 0);
      const before = changed;
      changed = Promise.withResolvers();
      before.resolve();
    },
    lateness: () => {
      if (fault?.kind !== 'latency') return 0;
      return Math.max(0, fault.ms + (fault.jitterMs ?? 0) * (2 * jitter() - 1));
    },
    passable: async (what, signal) => {
      while (isHeld(what)) await orAborted(changed.promise, signal);
    },
  };
}

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
function createJitter(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function orAborted(change: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    void change.then(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
  });
}
