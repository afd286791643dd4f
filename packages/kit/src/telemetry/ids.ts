import { randomFillSync } from 'node:crypto';
import type { IdGenerator } from '@opentelemetry/sdk-trace';

const SUPPLY = 8192;
const supply = Buffer.alloc(SUPPLY);
let used = SUPPLY;

/** The system is asked for many at once: asking for each costs more than a span. */
function random(bytes: number): string {
  if (used + bytes > SUPPLY) {
    randomFillSync(supply);
    used = 0;
  }
  used += bytes;
  const id = supply.toString('hex', used - bytes, used);
  return /[^0]/.test(id) ? id : random(bytes);
}

/** Random ids as W3C wants them. */
export const randomTraceId = (): string => random(16);
export const randomSpanId = (): string => random(8);

/**
 * Ids of traces that begin here and are kept: every service that keeps `ratio` of the traces keeps them too, because all
 * decide by the id, as TraceIdRatioBasedSampler does.
 */
export const createIdGenerator = (ratio: number): IdGenerator => ({
  generateTraceId: ratio >= 1 ? randomTraceId : () => keptTraceId(ratio),
  generateSpanId: randomSpanId,
});

/** The four words of the id, each xor the others, are a number below the ratio. */
function keptTraceId(ratio: number): string {
  const start = random(12);
  const words = [start.slice(0, 8), start.slice(8, 16), start.slice(16)].map((it) => Number.parseInt(it, 16));
  const wanted = Math.floor(Number.parseInt(random(4), 16) * ratio);
  const last = words.reduce((xor, word) => xor ^ word, wanted) >>> 0;
  return start + last.toString(16).padStart(8, '0');
}
