import { createHash } from 'node:crypto';

/** Whose cart it is. `id` may be known to others: it is a hash and opens nothing. */
export interface Holder {
  id: string;
  ttlSeconds: number;
}
const DAY = 86_400;
const hashed = (kind: string, secret: string): string =>
  createHash('sha256').update(`${kind}:${secret}`).digest('base64url').slice(0, 32);

export const userHolder = (userId: string): Holder => ({ id: hashed('user', userId), ttlSeconds: 365 * DAY });
export const guestHolder = (cookie: string): Holder => ({
  id: hashed('guest', cookie),
  ttlSeconds: 30 * DAY,
});
