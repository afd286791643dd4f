import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
export const spanKinds = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;

/** A span as it arrived; `raw` is everything of it. */
export interface ReceivedSpan {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  name: string;
  kind: number;
  attributes: Readonly<Record<string, string>>;
  raw: string;
}

/** Stands in for a collector: takes OTLP/HTTP as JSON and tells every span, also to another process over GET. */
export async function startSpanReceiver() {
  const spans: ReceivedSpan[] = [];
  const server = createServer((req, res) => {
    if (req.method === 'GET') return res.end(JSON.stringify(spans));
    json(req).then(
      (body) => {
        spans.push(...spansOf(body as Export));
        res.setHeader('content-type', 'application/json').end('{}');
      },
      () => res.writeHead(400).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** What a receiver of another process has. */
export const spansAt = async (url: string): Promise<ReceivedSpan[]> =>
  (await (await fetch(url)).json()) as ReceivedSpan[];

type Attributes = { key: string; value: Record<string, unknown> }[] | undefined;
interface Export {
  resourceSpans: {
    resource: { attributes: Attributes };
    scopeSpans: { spans: (Omit<ReceivedSpan, 'attributes'> & { attributes: Attributes })[] }[];
  }[];
}

function spansOf({ resourceSpans }: Export): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = readAttributes(resource.attributes)['service.name'] ?? '';
    return scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => {
        const { traceId, spanId, parentSpanId, name, kind } = span;
        const attributes = readAttributes(span.attributes);
        return { service, traceId, spanId, parentSpanId, name, kind, attributes, raw: JSON.stringify(span) };
      }),
    );
  });
}
const readAttributes = (all: Attributes = []): Record<string, string> =>
  Object.fromEntries(all.map(({ key, value }) => [key, String(Object.values(value)[0] ?? '')]));
