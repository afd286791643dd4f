import type { KeyObject } from 'node:crypto';
import { Role } from '@shopstack/contracts/roles';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { UserPrincipal } from './principal.ts';
import { problem } from './problem.ts';

/** Where a verifier finds keys and ended sessions; `key` rejects with Problem `unavailable` when it cannot know. */
export interface KeySource {
  key(kid: string): Promise<KeyObject | undefined>;
  hasEnded(sid: string): boolean;
}
export const AUDIENCE = 'shopstack';
export const TOKEN_TYPE = 'at+jwt';
const LEEWAY_SECONDS = 5;

const Header = z.object({
  alg: z.literal('ES256'),
  typ: z.literal(TOKEN_TYPE),
  kid: z.string().min(1).max(100),
  /** Extensions that must be understood: we understand none. */
  crit: z.undefined().optional(),
});
const Claims = z.object({
  sub: z.uuid(),
  sid: z.string().min(1),
  jti: z.string().min(1),
  roles: z.array(Role).min(1),
  exp: z.number(),
  iat: z.number(),
});

/**
 * Verifies access tokens: ES256 by our own keys only, issuer, audience, type, expiry. Keys or addresses inside a token
 * are ignored.
 */
export function createVerifier(options: { issuer: string; keys: KeySource }) {
  return async function verify(token: string): Promise<UserPrincipal> {
    const header = Header.safeParse(headerOf(token));
    if (!header.success) throw problem('unauthenticated', 'This is not an access token.');
    const key = await options.keys.key(header.data.kid);
    if (!key) throw problem('unauthenticated', 'The token is signed with an unknown key.');
    const claims = Claims.safeParse(checked(token, key, options.issuer));
    if (!claims.success) throw problem('unauthenticated', 'The token lacks a claim.');
    const { sub, roles, sid } = claims.data;
    if (options.keys.hasEnded(sid)) throw problem('unauthenticated', 'The session has ended.');
    return { kind: 'user', id: sub, roles, sid };
  };
}
export type Verify = ReturnType<typeof createVerifier>;

/** jwt.decode throws for some headers over a payload that is not JSON, so only the header is read here. */
function headerOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function checked(token: string, key: KeyObject, issuer: string): unknown {
  try {
    return jwt.verify(token, key, {
      algorithms: ['ES256'],
      issuer,
      audience: AUDIENCE,
      clockTolerance: LEEWAY_SECONDS,
    });
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) throw problem('token-expired');
    throw problem('unauthenticated', 'The token is not valid.');
  }
}
