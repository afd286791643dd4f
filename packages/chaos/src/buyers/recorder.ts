import type { Call, History } from '../history.ts';

const leaks = /\n\s+at |node_modules|\.ts:\d|ECONN|ER_[A-Z]{4}|MongoServer|SQLState/;

/** A fetch that writes down every request, its answer and how long it took. */
export function recordingFetch(history: Pick<History, 'add'>, by: string): typeof fetch {
  return async (input, init) => {
    const at = Date.now();
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init?.headers);
    const key = headers.get('idempotency-key');
    const asked = {
      type: 'call' as const,
      at,
      by,
      method: init?.method ?? 'GET',
      path: url.pathname.replace(/^\/api\/v1/, ''),
      ...(key === null ? {} : { key }),
    };
    try {
      const reply = await fetch(input, init);
      const answer = isStream(reply) ? {} : readAnswer(await reply.clone().text());
      history.add({ ...asked, endedAt: Date.now(), status: reply.status, ...headersOf(reply), ...answer });
      return reply;
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      history.add({ ...asked, endedAt: Date.now(), error: timedOut ? 'timeout' : 'connection' });
      throw error;
    }
  };
}

const isStream = (reply: Response) =>
  (reply.headers.get('content-type') ?? '').startsWith('text/event-stream');

function headersOf(reply: Response): Pick<Call, 'retryAfter'> {
  const retryAfter = reply.headers.get('retry-after');
  return retryAfter === null ? {} : { retryAfter };
}

/** What the judges need of an answer's body. */
function readAnswer(text: string): Pick<Call, 'problem' | 'id' | 'leak'> {
  const leak = leaks.exec(text);
  const body = parse(text);
  return {
    ...(typeof body.id === 'string' ? { id: body.id } : {}),
    ...(typeof body.type === 'string' && body.type.startsWith('urn:') ? { problem: codeOf(body.type) } : {}),
    ...(leak && typeof body.type === 'string' ? { leak: leak[0].trim() } : {}),
  };
}

const codeOf = (urn: string) => urn.slice(urn.lastIndexOf(':') + 1);

function parse(text: string): { id?: unknown; type?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
