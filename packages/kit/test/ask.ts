import { connect } from 'node:net';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
  /** The problem's code, when it is one. */
  code: string;
}

/** One request; the body as JSON unless it is text or bytes. */
export async function ask(
  url: string,
  method: string,
  path: string,
  options: { headers?: Record<string, string>; json?: unknown; body?: string | Uint8Array<ArrayBuffer> } = {},
): Promise<Answer> {
  const json = options.json === undefined ? undefined : JSON.stringify(options.json);
  const body = options.body ?? json;
  const reply = await fetch(url + path, {
    method,
    headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...options.headers },
    ...(body === undefined ? {} : { body }),
    redirect: 'manual',
  });
  const text = await reply.text();
  const isJson = /json/.test(reply.headers.get('content-type') ?? '') && text !== '';
  const parsed: Record<string, unknown> = isJson ? JSON.parse(text) : {};
  const code = String(parsed.type ?? '').replace('urn:shopstack:problem:', '');
  return { status: reply.status, headers: reply.headers, text, body: parsed, code };
}

/** Bytes on the wire, for what no client would send; resolves to the whole answer. */
export const askRaw = (port: number, request: string | Buffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
    socket.setTimeout(5000, () => socket.destroy(new Error('no answer')));
  });
