import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** What lets a guest follow an order: derived from its id whenever it is needed, never kept. */
export function createFollowTokens(secret: string) {
  const of = (orderId: string): string =>
    createHmac('sha256', secret).update(`order:${orderId}`).digest('base64url');
  return {
    of,
    /** Travels with commands, so that payment and shipping can check a token too. */
    hashOf: (orderId: string): string => digest(of(orderId)).toString('hex'),
    /** Takes the same time whatever was shown. */
    opens: (orderId: string, shown: string | undefined): boolean =>
      shown !== undefined && timingSafeEqual(digest(of(orderId)), digest(shown)),
  };
}
export type FollowTokens = ReturnType<typeof createFollowTokens>;
