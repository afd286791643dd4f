/** One span as it is kept; times in milliseconds since 1970, to the microsecond. */
export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  service: string;
  name: string;
  kind: SpanKind;
  startMs: number;
  endMs: number;
  failed: boolean;
  attributes: Readonly<Record<string, string>>;
  /** Spans of other traces that this one goes on from. */
  links: readonly { traceId: string; spanId: string }[];
}

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** Finds every trace of an order. */
export const ORDER = 'shop.order.id';
