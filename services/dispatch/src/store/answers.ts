import type { Answer, IdempotencyStore } from '@shopstack/kit/idempotency';
import { z } from 'zod';

const Placed = z.looseObject({ id: z.string(), followToken: z.string() });

/** A guest's follow token is derived, never kept: neither in the answers that are replayed. */
export function withoutFollowToken(answer: Answer): Answer {
  const placed = Placed.safeParse(answer.body);
  return placed.success ? { ...answer, body: { ...placed.data, followToken: '' } } : answer;
}

/** Puts the token back into an answer that is replayed. */
export function withFollowTokens(
  store: IdempotencyStore,
  tokenOf: (orderId: string) => string,
): IdempotencyStore {
  return {
    claim: async (claim) => {
      const claimed = await store.claim(claim);
      if (claimed.state !== 'answered') return claimed;
      const placed = Placed.safeParse(claimed.answer.body);
      if (!placed.success) return claimed;
      const body = { ...placed.data, followToken: tokenOf(placed.data.id) };
      return { state: 'answered', answer: { ...claimed.answer, body } };
    },
    keep: (ref, answer) => store.keep(ref, withoutFollowToken(answer)),
    release: (ref) => store.release(ref),
  };
}
