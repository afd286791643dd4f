import { randomFillSync } from 'node:crypto';
import type { IdGenerator } from '@opentelemetry/sdk-trace';

const SUPPLY = 8192;

/** Random ids as W3C wants them. The system is asked for many at once: asking for each costs more than a span. */
export function createIdGenerator(): IdGenerator {
  const supply = Buffer.alloc(SUPPLY);
  let used = SUPPLY;
  const take = (bytes: number): string => {
    if (used + bytes > SUPPLY) {
      randomFillSync(supply);
      used = 0;
    }
    used += bytes;
    const id = supply.toString('hex', used - bytes, used);
    return /[^0]/.test(id) ? id : take(bytes);
  };
  return { generateTraceId: () => take(16), generateSpanId: () => take(8) };
}
