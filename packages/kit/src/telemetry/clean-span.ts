import { type Attributes, SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { attributes } from '@shopstack/contracts/telemetry/attributes';

const known = new Set<string>(Object.keys(attributes));
/** Whom we asked; of a request to us it is what the caller wrote into Host. */
const isForeign = (name: string, kind: SpanKind): boolean =>
  kind === SpanKind.SERVER && name.startsWith('server.');

/** The span as it may leave the process: registered attributes, and of failures nothing but that they happened. */
export function cleanSpan(span: ReadableSpan): ReadableSpan {
  return Object.create(span, {
    attributes: { value: registered(span) },
    events: { value: [] },
    links: { value: span.links.map(({ context }) => ({ context })) },
    status: { value: { code: span.status.code } },
  }) as ReadableSpan;
}

function registered({ attributes: all, kind }: ReadableSpan): Attributes {
  const kept: Attributes = {};
  for (const name in all) if (known.has(name) && !isForeign(name, kind)) kept[name] = all[name];
  return kept;
}
