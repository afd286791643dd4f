import { toBaggage } from '@shopstack/contracts/telemetry/carried';
import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { gauge, histogram } from './metrics.ts';
import { problem } from './problem.ts';
import { activeTraceparent, isUnkept } from './trace.ts';
import { knownNow } from './work.ts';

export interface OutboundRequest<S extends z.ZodType> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  headers?: Record<string, string | undefined>;
  body?: unknown;
  /** What a 2xx body must look like. */
  answer: S;
  /** Only for requests that may be sent twice. GET always is; default false for the rest. */
  repeatable?: boolean;
}
export type OutboundAnswer<S extends z.ZodType> =
  | { ok: true; status: number; body: z.output<S> }
  | { ok: false; status: number; code: string; body: Record<string, unknown> };

/** No answer, or none that can be used; another try may help. */
class Retryable extends Error {}
const mayPass = handleWhen((error) => error instanceof Retryable || error instanceof TaskCancelledError);
const ProblemBody = z.looseObject({ type: z.string().default('') });
const seconds = histogram('shop_outbound_seconds');
const breakerOpen = gauge('shop_outbound_breaker_open');

/**
 * A client of one other service or provider: keep-alive, timeout per try, retries with jitter for what may be sent
 * twice (all tries together end after two timeouts), a breaker. 4xx is an answer; no answer, 5xx and an answer of the
 * wrong shape are Problem `unavailable` (503).
 */
export function createOutbound(options: {
  name: string;
  baseUrl: string;
  timeoutMs?: number;
  retries?: number;
  headers?: Record<string, string>;
  /** Another company's: it is not told what of ours a request is for. */
  foreign?: true;
}) {
  const agent = new Agent({ keepAliveTimeout: 30_000, connections: 64, pipelining: 1 });
  const timeoutMs = options.timeoutMs ?? 3000;
  const breaker = circuitBreaker(mayPass, { halfOpenAfter: 2000, breaker: new ConsecutiveBreaker(8) });
  breakerOpen.set(0, { to: options.name });
  breaker.onStateChange((state) =>
    breakerOpen.set(state === CircuitState.Closed ? 0 : 1, { to: options.name }),
  );
  const limited = timeout(timeoutMs, TimeoutStrategy.Aggressive);
  const altogether = timeout(2 * timeoutMs, TimeoutStrategy.Aggressive);
  const again = retry(mayPass, {
    maxAttempts: options.retries ?? 2,
    backoff: new ExponentialBackoff({ initialDelay: 60, maxDelay: 600 }),
  });
  const once = wrap(breaker, limited);
  const repeated = wrap(altogether, again, breaker, limited);

  async function send<S extends z.ZodType>(
    it: OutboundRequest<S>,
    signal: AbortSignal,
  ): Promise<OutboundAnswer<S>> {
    const end = seconds.startTimer();
    const reply = await exchange(it, signal).catch((error: unknown) => {
      end({ to: options.name, outcome: 'no-answer' });
      throw new Retryable(error instanceof Error ? error.message : 'no answer', { cause: error });
    });
    end({ to: options.name, outcome: outcomeOf(reply.status) });
    if (reply.status >= 500) throw new Retryable(`${options.name} answered ${reply.status}`);
    return answerOf(it, reply.status, reply.text);
  }

  async function exchange(it: OutboundRequest<z.ZodType>, signal: AbortSignal) {
    const reply = await request(options.baseUrl + it.path, {
      method: it.method,
      headers: { ...(options.foreign ? {} : aboutUs()), ...headersOf(it, options.headers) },
      dispatcher: agent,
      signal,
      ...(it.body === undefined ? {} : { body: JSON.stringify(it.body) }),
    });
    return { status: reply.statusCode, text: await reply.body.text() };
  }

  return {
    /** @throws Problem `unavailable` when there is no usable answer. */
    async call<S extends z.ZodType>(it: OutboundRequest<S>): Promise<OutboundAnswer<S>> {
      const policy = it.method === 'GET' || it.repeatable ? repeated : once;
      try {
        return await policy.execute(({ signal }) => send(it, signal));
      } catch (error) {
        throw problem('unavailable', `${options.name} does not answer at the moment.`, {
          retryAfterSeconds: 2,
          cause: error,
        });
      }
    },
    close: () => agent.close(),
  };
}

function headersOf(
  it: OutboundRequest<z.ZodType>,
  always: Record<string, string> = {},
): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json', ...always };
  for (const [name, value] of Object.entries(it.headers ?? {}))
    if (value !== undefined) headers[name] = value;
  if (it.body !== undefined) headers['content-type'] = 'application/json';
  return headers;
}

/** A trace that is kept is told by the instrumentation, one that is not by us: else who is asked would begin its own. */
function aboutUs(): Record<string, string> {
  const baggage = toBaggage(knownNow());
  const traceparent = isUnkept() ? activeTraceparent() : undefined;
  return {
    ...(baggage === undefined ? {} : { baggage }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

function outcomeOf(status: number): '2xx' | '3xx' | '4xx' | '5xx' {
  if (status < 300) return '2xx';
  if (status < 400) return '3xx';
  return status < 500 ? '4xx' : '5xx';
}

function answerOf<S extends z.ZodType>(
  it: OutboundRequest<S>,
  status: number,
  text: string,
): OutboundAnswer<S> {
  if (status < 400) {
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    return { ok: true, status, body: it.answer.parse(body) };
  }
  const told = ProblemBody.safeParse(parseOrNothing(text));
  const members = told.success ? told.data : { type: '' };
  return { ok: false, status, code: members.type.replace(/^urn:[a-z]+:problem:/, ''), body: members };
}
function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
export type Outbound = ReturnType<typeof createOutbound>;
