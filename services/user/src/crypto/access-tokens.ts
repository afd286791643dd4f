import type { KeyObject } from 'node:crypto';
import type { Role } from '@shopstack/contracts/roles';
import { AUDIENCE, TOKEN_TYPE } from '@shopstack/kit/token';
import { uuidv7 } from '@shopstack/kit/uuid';
import jwt from 'jsonwebtoken';

export const ACCESS_TOKEN_SECONDS = 600;

/** A signed access token, good for ten minutes. */
export function signAccessToken(
  key: { kid: string; privateKey: KeyObject },
  claims: { issuer: string; userId: string; roles: readonly Role[]; sid: string },
): string {
  return jwt.sign({ roles: claims.roles, sid: claims.sid }, key.privateKey, {
    algorithm: 'ES256',
    keyid: key.kid,
    header: { alg: 'ES256', typ: TOKEN_TYPE },
    issuer: claims.issuer,
    audience: AUDIENCE,
    subject: claims.userId,
    jwtid: uuidv7(),
    expiresIn: ACCESS_TOKEN_SECONDS,
  });
}
