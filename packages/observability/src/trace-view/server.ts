import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readExport } from './otlp.ts';
import { listPage } from './pages/list-page.ts';
import { refusalPage } from './pages/refusal-page.ts';
import { tracePage } from './pages/trace-page.ts';
import { badInput, Refusal } from './refusal.ts';
import { flag, readSearch } from './search.ts';
import { createTraceStore, type TraceStore } from './store.ts';
import { summarise, type Trace } from './trace.ts';

interface Answer {
  status?: number;
  type: 'text/html' | 'text/css' | 'application/json' | 'application/problem+json';
  body: string;
}

const MOST_BYTES = 16 * 1024 * 1024;
const MOST_RELATED = 50;
const style = ['base', 'list', 'waterfall']
  .map((name) => readFileSync(new URL(`./pages/${name}.css`, import.meta.url), 'utf8'))
  .join('');

/** Takes traces (OTLP over HTTP as JSON at /v1/traces) and shows them at `/`; everything is in memory. */
export function createTraceView(store: TraceStore = createTraceStore()): Server {
  return createServer((req, res) => {
    const address = new URL(req.url ?? '/', 'http://localhost');
    answer(req, address, store)
      .catch((error: unknown) => refused(error, address.pathname))
      .then((it) => send(res, it))
      .catch((error: unknown) => res.destroy(error instanceof Error ? error : undefined));
  });
}

async function answer(req: IncomingMessage, address: URL, store: TraceStore): Promise<Answer> {
  const { pathname: path, searchParams: query } = address;
  if (path === '/v1/traces') {
    allow(req, 'POST');
    store.add(readExport(await readJson(req)));
    return json({ partialSuccess: {} });
  }
  allow(req, 'GET', 'HEAD');
  const [, id] = /^(?:\/api)?\/traces\/([^/]+)$/.exec(path) ?? [];
  if (id !== undefined) {
    const trace = traceOf(store, id);
    return path.startsWith('/api')
      ? json({ ...summarise(trace), spans: trace.spans })
      : html(onePage(store, trace, query));
  }
  switch (path) {
    case '/':
      return html(searchPage(store, query));
    case '/api/traces':
      return json({ items: store.find(readSearch(query)) });
    case '/style.css':
      return { type: 'text/css', body: style };
    case '/health/ready':
      return json({ status: 'ready' });
    default:
      throw new Refusal(404, 'There is nothing here', `No page has the address ${path.slice(0, 200)}`);
  }
}

function searchPage(store: TraceStore, query: URLSearchParams): string {
  const search = readSearch(query);
  const { find, services, counts } = store;
  return listPage({
    search,
    found: find(search),
    services: services(),
    counts: counts(),
    live: flag(query, 'live'),
  });
}

function onePage(store: TraceStore, trace: Trace, query: URLSearchParams): string {
  const usual = readSearch(new URLSearchParams({ limit: String(MOST_RELATED) }));
  const related = summarise(trace).orders.flatMap((order) => store.find({ ...usual, order }));
  return tracePage({ trace, related, folded: query.get('folded') === null || flag(query, 'folded') });
}

function traceOf(store: TraceStore, id: string): Trace {
  if (!/^[0-9a-f]{32}$/.test(id)) throw badInput('A trace id is 32 hexadecimal digits');
  const trace = store.get(id);
  if (trace) return trace;
  throw new Refusal(
    404,
    'This trace is not here',
    'It has not arrived, was not kept, or made room for newer ones.',
  );
}

function allow({ method = '' }: IncomingMessage, ...methods: string[]): void {
  if (!methods.includes(method))
    throw new Refusal(405, 'Not this method', `Here it is ${methods.join(' or ')}.`);
}

async function readJson(req: IncomingMessage): Promise<unknown> {
  const type = req.headers['content-type'] ?? '';
  if (!/^application\/json\b/.test(type) || (req.headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new Refusal(415, 'Not this kind of content', 'Traces come as application/json, not compressed.');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Refusal(413, 'Too much at once', `At most ${MOST_BYTES} bytes.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw badInput('The body is not JSON');
  }
}

const json = (body: unknown): Answer => ({ type: 'application/json', body: JSON.stringify(body) });
const html = (body: string): Answer => ({ type: 'text/html', body });

function refused(error: unknown, path: string): Answer {
  if (!(error instanceof Refusal)) console.error(error);
  const refusal =
    error instanceof Refusal ? error : new Refusal(500, 'Something went wrong', 'It is in the log.');
  const { status, title, message } = refusal;
  if (!path.startsWith('/api/') && path !== '/v1/traces') return { ...html(refusalPage(refusal)), status };
  const body = JSON.stringify({ type: 'about:blank', title, status, detail: message });
  return { status, type: 'application/problem+json', body };
}

function send(res: ServerResponse, { status = 200, type, body }: Answer): void {
  res
    .writeHead(status, {
      'content-type': type === 'application/json' ? type : `${type}; charset=utf-8`,
      'content-security-policy':
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      ...(status === 413 ? { connection: 'close' } : {}),
    })
    .end(body);
}
