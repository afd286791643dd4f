/** Tabs may send the same cookie at once, and an answer may be lost on the way: for this long all get the same token. */
const GRACE_MS = 10_000;
const MOST_REMEMBERED = 8;

/** A token that was exchanged; `salt` leads to the one that replaced it. */
export interface UsedToken {
  hash: string;
  salt: string;
  at: Date;
}
export interface TokenState {
  tokenHash: string;
  /** The latest exchanges, oldest first. */
  used: UsedToken[];
  endedAt: Date | null;
  expiresAt: Date;
}
/**
 * - `rotate`: the token is the current one.
 * - `repeat`: it was exchanged a moment ago; the salts lead from it to the current one, which is answered again.
 * - `reused`: it was exchanged before that: somebody holds a copy.
 * - `over`: the session has ended.
 */
export type RefreshDecision =
  | { kind: 'rotate' }
  | { kind: 'repeat'; salts: string[] }
  | { kind: 'reused' }
  | { kind: 'over' };

const isFresh = (it: UsedToken, now: Date): boolean => now.getTime() - it.at.getTime() <= GRACE_MS;

/** What becomes of a refresh token that we issued for this session. */
export function decideRefresh(session: TokenState, hash: string, now: Date): RefreshDecision {
  if (session.endedAt !== null || session.expiresAt <= now) return { kind: 'over' };
  if (hash === session.tokenHash) return { kind: 'rotate' };
  const at = session.used.findIndex((it) => it.hash === hash && isFresh(it, now));
  if (at < 0) return { kind: 'reused' };
  return { kind: 'repeat', salts: session.used.slice(at).map((it) => it.salt) };
}

/** The exchanges to remember after the current token was exchanged too. */
export const remember = (session: TokenState, salt: string, now: Date): UsedToken[] =>
  [...session.used.filter((it) => isFresh(it, now)), { hash: session.tokenHash, salt, at: now }].slice(
    -MOST_REMEMBERED,
  );

/** A session ends when it is not used for a while, and after a time in any case. */
export function sessionExpiry(
  createdAt: Date,
  now: Date,
  limits: { idleMs: number; longestMs: number },
): Date {
  return new Date(Math.min(now.getTime() + limits.idleMs, createdAt.getTime() + limits.longestMs));
}
