import { Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Direction, Weather } from './proxy-fault.ts';
import { swallows } from './proxy-fault.ts';

/** What went through, and what did not. */
export interface Tally {
  passedBytes: Record<Direction, number>;
  swallowedBytes: Record<Direction, number>;
}
export interface Lane {
  stream: Transform;
  /** Whether bytes are missing in it. */
  hasHole(): boolean;
}

/** Bytes that may be under way in a slow network before the sender is held up. */
const UNDER_WAY = 1024 * 1024;
const SLICES_PER_SECOND = 20;

/** One direction of a connection, with the weather in between. Order is kept, and an end comes after the last byte. */
export function createLane(direction: Direction, weather: Weather, tally: Tally): Lane {
  const closed = new AbortController();
  const { signal } = closed;
  let underWay = 0;
  let hole = false;
  let last: Promise<void> = Promise.resolve();

  const wait = (ms: number) => sleep(ms, undefined, { signal });
  const pass = (bytes: Buffer) => {
    tally.passedBytes[direction] += bytes.length;
    stream.push(bytes);
  };
  const throttled = async (bytes: Buffer) => {
    for (let from = 0; from < bytes.length; ) {
      const fault = weather.now();
      if (fault?.kind !== 'throttle') return pass(bytes.subarray(from));
      const slice = Math.max(1, Math.round(fault.bytesPerSecond / SLICES_PER_SECOND));
      await wait((1000 * Math.min(slice, bytes.length - from)) / fault.bytesPerSecond);
      pass(bytes.subarray(from, from + slice));
      from += slice;
    }
  };
  const carry = async (bytes: Buffer, dueAt: number) => {
    const early = dueAt - performance.now();
    if (early > 0) await wait(early);
    await weather.passable(direction, signal);
    await throttled(bytes);
    underWay -= bytes.length;
  };
  const stream = new Transform({
    transform: (bytes: Buffer, _encoding, done) => {
      if (swallows(weather.now(), direction)) {
        hole = true;
        tally.swallowedBytes[direction] += bytes.length;
        return done();
      }
      underWay += bytes.length;
      const dueAt = performance.now() + weather.lateness();
      last = last.then(() => carry(bytes, dueAt));
      last.catch(() => undefined);
      const isSlow = weather.now()?.kind === 'latency';
      if (isSlow && underWay < UNDER_WAY) done();
      else last.then(() => done(), done);
    },
    flush: (done) => {
      last.then(() => weather.passable(direction, signal)).then(() => done(), done);
    },
    destroy: (error, done) => {
      closed.abort();
      done(error);
    },
  });
  stream.on('error', () => undefined);
  return { stream, hasHole: () => hole };
}
