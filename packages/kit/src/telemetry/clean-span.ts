import { type Attributes, SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { attributes } from '@shopstack/contracts/telemetry/attributes';

const known = new Set<string>(Object.keys(attributes));
/** Whom we asked; of a request to us it is what the caller wrote into Host. */
const isForeign = (name: string, kind: SpanKind): boolean =>
  kind === SpanKind.SERVER && name.startsWith('server.');

/** The span as it may leave the process: registered attributes, and of failures nothing but that they happened. */
export const cleanSpan = (span: ReadableSpan): ReadableSpan => ({
  name: span.name,
  kind: span.kind,
  spanContext: () => span.spanContext(),
  ...(span.parentSpanContext ? { parentSpanContext: span.parentSpanContext } : {}),
  startTime: span.startTime,
  endTime: span.endTime,
  duration: span.duration,
  ended: span.ended,
  resource: span.resource,
  instrumentationScope: span.instrumentationScope,
  status: { code: span.status.code },
  attributes: registered(span),
  events: [],
  links: span.links.map(({ context }) => ({ context })),
  droppedAttributesCount: 0,
  droppedEventsCount: 0,
  droppedLinksCount: 0,
});

function registered({ attributes: all, kind }: ReadableSpan): Attributes {
  const kept: Attributes = {};
  for (const name in all) if (known.has(name) && !isForeign(name, kind)) kept[name] = all[name];
  return kept;
}
