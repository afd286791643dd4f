import { badInput } from './refusal.ts';
import type { Span, SpanKind } from './span.ts';

const kinds: readonly SpanKind[] = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'];
const FAILED = 2;
/** Whoever sends spans decides how long its texts are; what is kept of them is bounded. */
const LONGEST_NAME = 200;
const LONGEST_VALUE = 1000;
const MOST_ATTRIBUTES = 64;
const MOST_LINKS = 16;

type Entries = Record<string, unknown>;

/** The spans of an OTLP/HTTP export in JSON. @throws Refusal that names the place where it is none */
export function readExport(body: unknown): Span[] {
  return list(body, 'resourceSpans').flatMap((resourceSpans, at) => {
    const { resource } = resourceSpans;
    const service = attributesOf(isEntries(resource) ? resource : {})['service.name'] ?? 'unknown';
    return list(resourceSpans, 'scopeSpans').flatMap((scopeSpans) =>
      list(scopeSpans, 'spans').map((span, index) =>
        readSpan(span, service.slice(0, LONGEST_NAME), `/resourceSpans/${at}/…/spans/${index}`),
      ),
    );
  });
}

function readSpan(span: Entries, service: string, place: string): Span {
  const { parentSpanId, name, kind, status } = span;
  const startMs = milliseconds(span.startTimeUnixNano, `${place}/startTimeUnixNano`);
  const endMs = milliseconds(span.endTimeUnixNano, `${place}/endTimeUnixNano`);
  return {
    traceId: id(span.traceId, 32, `${place}/traceId`),
    spanId: id(span.spanId, 16, `${place}/spanId`),
    parentSpanId: parentSpanId ? id(parentSpanId, 16, `${place}/parentSpanId`) : undefined,
    service,
    name: typeof name === 'string' ? name.slice(0, LONGEST_NAME) : '',
    kind: (typeof kind === 'number' ? kinds[kind] : undefined) ?? 'internal',
    startMs,
    endMs: Math.max(startMs, endMs),
    failed: isEntries(status) && status.code === FAILED,
    attributes: attributesOf(span),
    links: linksOf(span, place),
  };
}

function linksOf(span: Entries, place: string): Span['links'] {
  return list(span, 'links')
    .slice(0, MOST_LINKS)
    .map(({ traceId, spanId }, at) => ({
      traceId: id(traceId, 32, `${place}/links/${at}/traceId`),
      spanId: id(spanId, 16, `${place}/links/${at}/spanId`),
    }));
}

function attributesOf(owner: Entries): Record<string, string> {
  const kept = list(owner, 'attributes')
    .slice(0, MOST_ATTRIBUTES)
    .map(({ key, value }): [string, string] => [
      String(key).slice(0, LONGEST_NAME),
      textOf(value).slice(0, LONGEST_VALUE),
    ]);
  return Object.fromEntries(kept);
}

/** `{ stringValue: 'x' }`, `{ intValue: '3' }`: the value is that of the only member. */
function textOf(value: unknown): string {
  const [content] = isEntries(value) ? Object.values(value) : [];
  return typeof content === 'object' && content !== null ? JSON.stringify(content) : String(content ?? '');
}

function list(owner: unknown, name: string): Entries[] {
  if (!isEntries(owner)) throw badInput(`What holds ${name} is no object`);
  const value = owner[name] ?? [];
  if (!Array.isArray(value) || !value.every(isEntries)) throw badInput(`${name} is no list of objects`);
  return value;
}

function id(value: unknown, length: number, place: string): string {
  if (typeof value === 'string' && value.length === length && /^[0-9a-f]+$/i.test(value))
    return value.toLowerCase();
  throw badInput(`${place} is not ${length} hexadecimal digits`);
}

function milliseconds(value: unknown, place: string): number {
  const text = typeof value === 'number' ? value.toFixed(0) : value;
  if (typeof text !== 'string' || !/^\d{1,19}$/.test(text))
    throw badInput(`${place} is no time in nanoseconds`);
  return Number(BigInt(text) / 1000n) / 1000;
}

const isEntries = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
