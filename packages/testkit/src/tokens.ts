import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { Role } from '@shopstack/contracts/roles';
import type { Authorisation } from '@shopstack/kit/authorisation';
import { AUDIENCE, createVerifier, TOKEN_TYPE } from '@shopstack/kit/token';
import { uuidv7 } from '@shopstack/kit/uuid';
import jwt from 'jsonwebtoken';

const TEST_ISSUER = 'http://shop.test';

/** An issuer of access tokens with a key of its own, and the authorisation that trusts it. */
export function createTestIssuer(partners: Record<string, string> = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = randomUUID();
  const ended = new Set<string>();
  const authorisation: Authorisation = {
    verify: createVerifier({
      issuer: TEST_ISSUER,
      keys: { key: async (id) => (id === kid ? publicKey : undefined), hasEnded: (sid) => ended.has(sid) },
    }),
    partners,
  };
  const key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return {
    authorisation,
    endSession: (sid: string) => ended.add(sid),
    /** A token of this user; options replace what a good token has. */
    token: (options: { id?: string; roles?: Role[]; sid?: string; expiresInSeconds?: number } = {}) =>
      jwt.sign({ roles: options.roles ?? ['customer'], sid: options.sid ?? uuidv7() }, key, {
        algorithm: 'ES256',
        keyid: kid,
        header: { alg: 'ES256', typ: TOKEN_TYPE },
        issuer: TEST_ISSUER,
        audience: AUDIENCE,
        subject: options.id ?? uuidv7(),
        jwtid: uuidv7(),
        expiresIn: options.expiresInSeconds ?? 600,
      }),
  };
}
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
