import { randomBytes } from 'node:crypto';
import { endSession, listSessions, refreshSession, signOut } from '@shopstack/contracts/user';
import { type Api, noContent, ok } from '@shopstack/kit/api';
import type { Logger } from '@shopstack/kit/log';
import { problem } from '@shopstack/kit/problem';
import type { Request } from 'express';
import { hashToken, type RefreshTokens } from '../crypto/refresh-tokens.ts';
import type { Account } from '../domain/account.ts';
import { decideRefresh } from '../domain/refreshing.ts';
import type { SessionRecord, Sessions } from '../store/sessions.ts';
import type { Users } from '../store/users.ts';
import { callerOf } from './caller.ts';
import type { Cookies } from './cookies.ts';
import { checkOrigin } from './origin.ts';
import { type SignInDeps, signedIn, unstored } from './sign-in.ts';

interface Deps extends Pick<SignInDeps, 'ring' | 'issuer'> {
  users: Pick<Users, 'byId'>;
  sessions: Sessions;
  refreshTokens: RefreshTokens;
  cookies: Cookies;
  log: Logger;
}
const ATTEMPTS = 3;

export function sessions(api: Api, deps: Deps): void {
  const { cookies } = deps;
  const checkSite = (req: Request) =>
    checkOrigin(
      { origin: req.get('origin'), fetchSite: req.get('sec-fetch-site'), host: req.host },
      deps.issuer,
    );

  api.on(refreshSession, async ({ req, res }) => {
    checkSite(req);
    const refreshed = await refresh(deps, cookies.refresh(req) ?? '');
    if (!refreshed) {
      cookies.clearRefresh(res);
      throw problem('refresh-rejected');
    }
    cookies.setRefresh(res, refreshed.token, refreshed.expiresAt);
    return ok(signedIn(deps, refreshed.account, refreshed.sid), unstored);
  });

  api.on(signOut, async ({ req, res }) => {
    checkSite(req);
    const shown = deps.refreshTokens.read(cookies.refresh(req) ?? '');
    if (shown) await deps.sessions.end(shown.sid);
    cookies.clearRefresh(res);
    return noContent;
  });

  api.on(listSessions, async ({ principal, query }) => {
    const caller = callerOf(principal);
    const { items, next } = await deps.sessions.listOf(caller.id, query);
    const shown = items.map((it) => ({
      id: it._id,
      createdAt: it.createdAt.toISOString(),
      lastUsedAt: it.lastUsedAt.toISOString(),
      current: it._id === caller.sid,
      device: it.device,
    }));
    return ok({ items: shown, next }, unstored);
  });

  api.on(endSession, async ({ principal, params }) => {
    const ended = await deps.sessions.endOne(callerOf(principal).id, params.id);
    if (!ended) throw problem('not-found');
    return noContent;
  });
}

interface Next {
  token: string;
  expiresAt: Date;
}
interface Refreshed extends Next {
  sid: string;
  account: Account;
}

/** The next token and whose it is; undefined when the shown one is good for nothing (any more). */
async function refresh(deps: Deps, token: string): Promise<Refreshed | undefined> {
  const shown = deps.refreshTokens.read(token);
  if (!shown) return undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const session = await deps.sessions.byId(shown.sid);
    const account = session && (await ownerOf(deps, session));
    if (!session || !account) return undefined;
    const next = await exchange(deps, session, token);
    if (next === 'again') continue;
    return next && { sid: shown.sid, account, ...next };
  }
  throw problem('unavailable', 'The session is being refreshed elsewhere.', { retryAfterSeconds: 1 });
}

/** A session is over with its account or its epoch, whether or not anybody came to end it. */
async function ownerOf(deps: Deps, session: SessionRecord): Promise<Account | undefined> {
  const account = await deps.users.byId(session.userId);
  if (account && !account.disabled && account.epoch === session.epoch) return account;
  await deps.sessions.end(session._id);
  return undefined;
}

/** The token that follows; `again` when another request exchanged it at the same moment. */
async function exchange(
  deps: Deps,
  session: SessionRecord,
  token: string,
): Promise<Next | 'again' | undefined> {
  const now = new Date();
  const follow = (from: string, salt: string) => deps.refreshTokens.successor(session._id, from, salt);
  const decision = decideRefresh(session, hashToken(token), now);
  switch (decision.kind) {
    case 'rotate': {
      const salt = randomBytes(16).toString('base64url');
      const next = follow(token, salt);
      const rotated = await deps.sessions.rotate(session, { tokenHash: hashToken(next), salt, now });
      return rotated ? { token: next, ...rotated } : 'again';
    }
    case 'repeat':
      return { token: decision.salts.reduce(follow, token), expiresAt: session.expiresAt };
    case 'reused':
      await deps.sessions.end(session._id);
      deps.log.warn({ userId: session.userId, sid: session._id }, 'refresh token reused: session ended');
      return undefined;
    case 'over':
      return undefined;
    default:
      return decision satisfies never;
  }
}
