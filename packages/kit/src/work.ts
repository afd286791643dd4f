import { AsyncLocalStorage } from 'node:async_hooks';
import { type Span, trace } from '@opentelemetry/api';
import { carried, type Known } from '@shopstack/contracts/telemetry/carried';

interface Work {
  known: Known;
  entry: Span | undefined;
}
const storage = new AsyncLocalStorage<Work>();
const nothing: Known = {};

/** Runs one request, delivery or publication; what is known of it is on every log line and span that it makes. */
export function inWork<T>(known: Known, run: () => T): T {
  const entry = trace.getActiveSpan();
  entry?.setAttributes(attributesOf(known));
  return storage.run({ known, entry }, run);
}

/** For what is found out on the way: from here on, and on the span with which the work began. */
export function learn(known: Known): void {
  const work = storage.getStore();
  if (!work) return;
  work.known = { ...work.known, ...known };
  for (const span of new Set([work.entry, trace.getActiveSpan()])) span?.setAttributes(attributesOf(known));
}

export const knownNow = (): Known => storage.getStore()?.known ?? nothing;

/** As span attributes. */
export function attributesOf(known: Known): Record<string, string> {
  const attributes: Record<string, string> = {};
  if (known.orderId !== undefined) attributes[carried.orderId] = known.orderId;
  return attributes;
}
