import { createPublicKey, type KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Logger } from './log.ts';
import { createOutbound, type Outbound } from './outbound.ts';
import { problem } from './problem.ts';
import type { KeySource } from './token.ts';

const Jwks = z.object({
  keys: z.array(
    z.looseObject({
      kid: z.string(),
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      x: z.string(),
      y: z.string(),
    }),
  ),
});
const Ended = z.object({ sids: z.array(z.string()) });
/** Ended sessions are refused within 5 s. */
const POLL_ENDED_MS = 2000;
const POLL_KEYS_MS = 60_000;
/** A token with a key we do not know may be signed with a new one: look again, but not for every forged token. */
const LOOK_AGAIN_MS = 5000;

/** Follows the user service's keys and ended sessions in the background. */
export function followKeys(options: {
  userUrl: string;
  log: Logger;
}): KeySource & { close(): Promise<void> } {
  const user = createOutbound({ name: 'user', baseUrl: options.userUrl, timeoutMs: 2000, retries: 1 });
  let keys: Map<string, KeyObject> | undefined;
  let ended = new Set<string>();
  let lookedAt = 0;
  let pending: Promise<void> | undefined;
  const stop = new AbortController();

  const fetchKeys = (): Promise<void> => {
    pending ??= readKeys(user)
      .then((read) => {
        keys = read;
      })
      .finally(() => {
        pending = undefined;
        lookedAt = Date.now();
      });
    return pending;
  };
  const fetchEnded = async () => {
    const reply = await user.call({ method: 'GET', path: '/internal/ended-sessions', answer: Ended });
    if (reply.ok) ended = new Set(reply.body.sids);
  };
  const follow = async () => {
    while (!stop.signal.aborted) {
      const due = !keys || Date.now() - lookedAt > POLL_KEYS_MS;
      const outcomes = await Promise.allSettled([fetchEnded(), ...(due ? [fetchKeys()] : [])]);
      if (outcomes.some(({ status }) => status === 'rejected'))
        options.log.debug('the user service does not answer; keys and ended sessions are as last read');
      await sleep(POLL_ENDED_MS, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
    }
  };
  const following = follow();

  return {
    async key(kid) {
      const known = keys?.get(kid);
      if (known) return known;
      if (!keys || Date.now() - lookedAt > LOOK_AGAIN_MS) {
        await fetchKeys().catch((error: unknown) => {
          if (!keys) throw error;
        });
      }
      return keys?.get(kid);
    },
    hasEnded: (sid) => ended.has(sid),
    close: async () => {
      stop.abort();
      await user.close();
      await following;
    },
  };
}

async function readKeys(user: Outbound): Promise<Map<string, KeyObject>> {
  const reply = await user.call({ method: 'GET', path: '/.well-known/jwks.json', answer: Jwks });
  if (!reply.ok) throw problem('unavailable', 'The keys cannot be read.');
  try {
    return new Map(reply.body.keys.map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })]));
  } catch (cause) {
    throw problem('unavailable', 'The keys cannot be read.', { cause });
  }
}
