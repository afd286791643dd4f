import { problem } from '@shopstack/kit/problem';
import { z } from 'zod';

const TIMEOUT_MS = 3000;
const Token = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number() });
const Fault = z.object({ errorCode: z.string() });
/** What Daraja said: 2xx with a body, or one of its error codes. A 500 can be an answer, too. */
export type Said = { ok: true; body: unknown } | { ok: false; status: number; code: string };
const INVALID_TOKEN = '404.001.03';

/**
 * POSTs to Daraja with an access token that is fetched when needed. Not kit's outbound client: that one takes every 500
 * for an outage, and Daraja says "still being processed" with it. Throws `unavailable` when there is no answer.
 */
export function createDarajaHttp(options: { baseUrl: string; consumerKey: string; consumerSecret: string }) {
  let token: { value: string; until: number } | undefined;
  const closing = new AbortController();

  const exchange = async (path: string, init: RequestInit): Promise<Said> => {
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    try {
      const answer = await fetch(options.baseUrl + path, { ...init, redirect: 'error', signal });
      const body: unknown = JSON.parse(await answer.text());
      if (answer.ok) return { ok: true, body };
      const code = Fault.safeParse(body).data?.errorCode ?? '';
      return { ok: false, status: answer.status, code };
    } catch (cause) {
      throw problem('unavailable', 'M-Pesa does not answer at the moment.', { retryAfterSeconds: 2, cause });
    }
  };
  const login = async (): Promise<string> => {
    if (token && token.until > Date.now()) return token.value;
    const basic = Buffer.from(`${options.consumerKey}:${options.consumerSecret}`).toString('base64');
    const headers = { authorization: `Basic ${basic}` };
    const said = await exchange('/oauth/v1/generate?grant_type=client_credentials', { headers });
    if (!said.ok) throw unusable(said);
    const { access_token: value, expires_in: seconds } = Token.parse(said.body);
    token = { value, until: Date.now() + Math.max(seconds - 60, 1) * 1000 };
    return value;
  };
  const send = async (path: string, body: unknown): Promise<Said> => {
    const headers = { authorization: `Bearer ${await login()}`, 'content-type': 'application/json' };
    return exchange(path, { method: 'POST', headers, body: JSON.stringify(body) });
  };

  return {
    async post(path: string, body: unknown): Promise<Said> {
      const said = await send(path, body);
      if (said.ok || (said.code !== INVALID_TOKEN && said.status !== 401)) return said;
      // Refused at the door, so nothing happened: it may be sent once more.
      token = undefined;
      return send(path, body);
    },
    close: async () => closing.abort(),
  };
}

export const unusable = ({ status, code }: { status: number; code: string }) =>
  problem('unavailable', `M-Pesa answered ${status} ${code}.`);
