import { ApiProblem, problemOf } from './problem.ts';
import type { Session } from './session.ts';

type Scalar = string | number | boolean;
export type Query = Readonly<Record<string, Scalar | readonly string[] | undefined>>;
export interface Call {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal | undefined;
  /** Send the access token when there is one. */
  auth?: boolean;
  idempotencyKey?: string;
  /** A version that was read; sent as the strong ETag of it. */
  ifMatch?: number;
  followToken?: string | undefined;
  headers?: Readonly<Record<string, string>>;
}
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const API = '/api/v1';

export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue;
    for (const item of Array.isArray(value) ? value : [value]) search.append(name, String(item));
  }
  const text = search.toString();
  return `${API}${path}${text ? `?${text}` : ''}`;
}

function headersOf(call: Call, token: string | undefined, always: Record<string, string>): Headers {
  const headers = new Headers({ accept: 'application/json', ...always, ...call.headers });
  if (call.body !== undefined) headers.set('content-type', 'application/json');
  if (token) headers.set('authorization', `Bearer ${token}`);
  if (call.idempotencyKey) headers.set('idempotency-key', call.idempotencyKey);
  if (call.ifMatch !== undefined) headers.set('if-match', `"${call.ifMatch}"`);
  if (call.followToken) headers.set('follow-token', call.followToken);
  return headers;
}

/** Calls the shop's services as whoever is signed in. An expired token is renewed once, without the caller noticing. */
export function createHttp(
  session: Session,
  fetcher: typeof fetch,
  /** A header of every request, made for each. */
  always: { traceparent?: () => string } = {},
) {
  const trace = (): Record<string, string> =>
    always.traceparent ? { traceparent: always.traceparent() } : {};
  const send = async (method: Method, path: string, call: Call, token: string | undefined) => {
    try {
      return await fetcher(address(path, call.query), {
        method,
        headers: headersOf(call, token, trace()),
        credentials: 'same-origin',
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        ...(call.signal ? { signal: call.signal } : {}),
      });
    } catch (error) {
      if (call.signal?.aborted) throw error;
      throw new ApiProblem({ code: 'offline', status: 0 });
    }
  };

  /** @throws ApiProblem for every answer that is not 2xx, and when none came. */
  const respond = async (method: Method, path: string, call: Call = {}): Promise<Response> => {
    const token = call.auth ? await session.token() : undefined;
    let response = await send(method, path, call, token);
    if (response.status === 401 && token) {
      const renewed = await session.renew(token);
      if (renewed) response = await send(method, path, call, renewed);
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  };

  return {
    respond,
    json: async <T>(method: Method, path: string, call?: Call): Promise<T> =>
      (await respond(method, path, call)).json(),
    nothing: async (method: Method, path: string, call?: Call): Promise<void> => {
      await respond(method, path, call);
    },
  };
}
