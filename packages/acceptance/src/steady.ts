import { setTimeout as sleep } from 'node:timers/promises';
import { createTally, type Figures, type Tally } from './figures.ts';
import { goShopping } from './journey.ts';
import { type Account, createShopper } from './shopper.ts';

export interface SteadyOptions {
  /** Of the gateway. */
  url: string;
  /** Shoppers that come per second, however long each takes. */
  rate: number;
  /** Every so many-th buys, the others only look. Unless told, everybody buys. */
  buyEvery?: number;
  /** Begins none after this time; those under way are ended. Without it only the signal stops it. */
  forMs?: number;
  signal?: AbortSignal;
  /** For the whole way of an order to confirmed. */
  withinMs: number;
  /** Who may put more on the shelf when it becomes empty. */
  merchandiser?: Account | undefined;
  onProgress?: (figures: Figures) => void;
}
const PROGRESS_MS = 1000;
/** Every so many-th buyer opens an account; the others are guests. */
const MEMBER_EVERY = 10;

/** Shoppers that come and buy all the time. Nothing is tried twice: what fails is counted. */
export async function buySteadily(options: SteadyOptions): Promise<Figures> {
  const { rate, forMs = Number.POSITIVE_INFINITY, signal } = options;
  const tally = createTally();
  const send = countingFetch(tally);
  const progress = setInterval(() => options.onProgress?.(tally.figures()), PROGRESS_MS);
  const underWay = new Set<Promise<void>>();
  const beganAt = performance.now();
  for (let number = 0; ; number++) {
    const dueMs = (number * 1000) / rate;
    if (dueMs >= forMs) break;
    await sleep(Math.max(0, beganAt + dueMs - performance.now()), undefined, { signal }).catch(
      () => undefined,
    );
    if (signal?.aborted) break;
    const going = comeAndGo(number, options, { tally, send });
    underWay.add(going);
    void going.finally(() => underWay.delete(going));
  }
  await Promise.all(underWay);
  clearInterval(progress);
  return tally.figures();
}

/** One shopper; whatever happens to them is counted. */
async function comeAndGo(
  number: number,
  { url, withinMs, merchandiser, buyEvery = 1 }: SteadyOptions,
  { tally, send }: { tally: Tally; send: typeof fetch },
): Promise<void> {
  const buys = number % buyEvery === 0;
  const asMember = (number / buyEvery) % MEMBER_EVERY === 0;
  if (buys) tally.begun();
  try {
    await goShopping(createShopper(url, send), { url, buys, asMember, withinMs, merchandiser });
    if (buys) tally.purchased();
  } catch (error) {
    if (!buys) tally.begun();
    tally.broke(`${buys ? 'purchase' : 'visit'}: ${whyOf(error)}`);
  }
}

/**
 * Every request on a connection of its own, as from as many people. A kept one may be closed by the gateway while the
 * next request is on its way, which browsers answer by asking again.
 */
function countingFetch(tally: Tally): typeof fetch {
  return async (input, init) => {
    const began = performance.now();
    const headers = new Headers(init?.headers);
    headers.set('connection', 'close');
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    const what = `${init?.method ?? 'GET'} ${pathname.replaceAll(/[0-9a-f-]{36}/g, '{id}')}`;
    try {
      const reply = await fetch(input, { ...init, headers });
      const ms = performance.now() - began;
      tally.answered(ms, reply.status >= 400 ? `${reply.status} ${what}` : undefined);
      return reply;
    } catch (error) {
      tally.answered(performance.now() - began, `${nameOf(error)} ${what}`);
      throw error;
    }
  };
}

/** Without the answer's body, which is another each time. */
const whyOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/: [{"[].*/s, '');

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error.name;
}
