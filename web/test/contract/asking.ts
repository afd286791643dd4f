import { randomUUID } from 'node:crypto';
import { faultsOf, type Seen } from './answer-rules.ts';
import { type Served, served } from './operations.ts';

export const shopUrl = process.env.SHOP_URL ?? 'http://localhost:8080';

/** What a request carries besides who sends it. */
export interface Asking {
  params?: Record<string, string>;
  query?: Record<string, string> | string;
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  raw?: string | Uint8Array<ArrayBuffer>;
  /** Replaces what would be sent; undefined leaves a header out. */
  headers?: Record<string, string | undefined>;
}
export type Credentials = Readonly<Record<string, string>>;

/** Operations that answered 2xx in this file. */
export const succeeded = new Set<string>();

/**
 * One request to an operation through the gateway.
 * @throws when the answer breaks a rule that every answer keeps.
 */
export async function ask(id: string, asking: Asking = {}, credentials: Credentials = {}): Promise<Seen> {
  const it = served(id);
  const sent = {
    method: it.operation.method.toUpperCase(),
    url: urlOf(it, asking),
    headers: headersOf(it, asking, credentials),
    body: bodyOf(asking),
  };
  const seen = await exchange(sent);
  const faults = faultsOf(seen, it.operation);
  if (faults.length > 0)
    throw new Error(`${id}: ${faults.join('; ')}\n${seen.status} ${seen.text.slice(0, 800)}`);
  if (seen.status < 300) succeeded.add(id);
  return seen;
}

interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | undefined;
}

/** One request; of a stream only the beginning is read. */
export async function exchange({ method, url, headers, body }: Sent): Promise<Seen> {
  const reply = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(20_000),
    ...(body === undefined ? {} : { body }),
  });
  const text = await textOf(reply);
  const json = /json/.test(reply.headers.get('content-type') ?? '') && text !== '';
  const read: unknown = json ? JSON.parse(text) : undefined;
  return { status: reply.status, headers: reply.headers, text, body: read, code: codeOf(read) };
}

function urlOf({ service, operation }: Served, { params = {}, query }: Asking): string {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? `{${name}}`);
  const search = typeof query === 'string' ? query : new URLSearchParams(query).toString();
  return `${shopUrl}/api/v1/${service}${path}${search === '' ? '' : `?${search}`}`;
}

function headersOf({ operation }: Served, asking: Asking, credentials: Credentials): Record<string, string> {
  const contentType = operation.rawBody?.contentType.replace('image/*', 'image/png') ?? 'application/json';
  const sendsBody = asking.body !== undefined || asking.raw !== undefined;
  const headers: Record<string, string | undefined> = {
    ...(sendsBody ? { 'content-type': contentType } : {}),
    ...(operation.idempotent ? { 'idempotency-key': randomUUID() } : {}),
    ...(operation.ifMatch === 'required' ? { 'if-match': '"999999999"' } : {}),
    ...credentials,
    ...asking.headers,
  };
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

const bodyOf = ({ raw, body }: Asking) => raw ?? (body === undefined ? undefined : JSON.stringify(body));

async function textOf(reply: Response): Promise<string> {
  if (!reply.headers.get('content-type')?.startsWith('text/event-stream')) return reply.text();
  const reader = reply.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value);
}

function codeOf(body: unknown): string | undefined {
  const type = typeof body === 'object' && body !== null && 'type' in body ? body.type : undefined;
  return typeof type === 'string' ? type.replace('urn:shopstack:problem:', '') : undefined;
}

/** Runs everything with at most `width` at a time; the results keep their order. */
export async function inTurns<T, R>(
  items: readonly T[],
  width: number,
  run: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) results[index] = await run(item);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
