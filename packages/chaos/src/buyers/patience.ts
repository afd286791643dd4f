import { setTimeout as sleep } from 'node:timers/promises';
import type { ShopAnswer } from '@shopstack/acceptance/shopper';

export interface Patience {
  /** How long somebody tries before they leave. */
  forMs: number;
  /** Called before another try when the answer was 401. */
  signIn?: () => Promise<void>;
}

const SHORT_WAIT_MS = 300;
const LONGEST_WAIT_MS = 3000;
/** Answers that are no answer to the question. */
const tryAgain = new Set([401, 408, 429, 500, 502, 503, 504]);

/**
 * Asks again and again, like somebody who presses the button once more, until there is a clear answer: undefined when
 * there was none in time. Waits as long as Retry-After says, at most 3 s.
 */
export async function insist(
  ask: () => Promise<ShopAnswer>,
  { forMs, signIn }: Patience,
): Promise<ShopAnswer | undefined> {
  const deadline = Date.now() + forMs;
  for (let waitMs = SHORT_WAIT_MS; ; waitMs = Math.min(waitMs * 1.5, LONGEST_WAIT_MS)) {
    const answer = await ask().catch(() => undefined);
    if (answer && !isNoAnswer(answer)) return answer;
    if (Date.now() > deadline) return undefined;
    if (answer?.status === 401) await signIn?.().catch(() => undefined);
    await sleep(Math.max(waitMs, retryAfterMs(answer)));
  }
}

export const problemOf = ({ body }: Pick<ShopAnswer, 'body'>): string | undefined => {
  if (typeof body !== 'object' || body === null || !('type' in body)) return undefined;
  return String(body.type).split(':').at(-1);
};

function isNoAnswer(answer: ShopAnswer): boolean {
  return tryAgain.has(answer.status) || problemOf(answer) === 'idempotency-key-running';
}

function retryAfterMs(answer: ShopAnswer | undefined): number {
  const seconds = Number(answer?.headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) ? Math.min(seconds * 1000, LONGEST_WAIT_MS) : 0;
}
