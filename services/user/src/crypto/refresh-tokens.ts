import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { sign } from './secrets.ts';

const SID_BYTES = 16;
const SECRET_BYTES = 32;
const TAG_BYTES = 16;
const LENGTH = SID_BYTES + SECRET_BYTES + TAG_BYTES;

/** What the store may know of a refresh token. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/**
 * Refresh tokens: a session's id, 256 secret bits and our mark. The mark tells a used token (somebody holds a copy)
 * from a made-up one (which must not end anybody's session) without keeping every token that was ever used.
 */
export function createRefreshTokens(key: Buffer) {
  const mark = (body: Buffer) => sign(key, 'mark', body).subarray(0, TAG_BYTES);
  const compose = (sid: string, secret: Buffer): string => {
    const body = Buffer.concat([Buffer.from(sid.replaceAll('-', ''), 'hex'), secret]);
    return Buffer.concat([body, mark(body)]).toString('base64url');
  };
  return {
    issue: (sid: string): string => compose(sid, randomBytes(SECRET_BYTES)),
    /** The token that replaces this one; the same for the same salt, so that it can be answered twice. */
    successor: (sid: string, token: string, salt: string): string =>
      compose(sid, sign(key, 'successor', salt, token)),
    /** The session of a token that we issued, whether it is still good or not; undefined for anything else. */
    read(token: string): { sid: string; hash: string } | undefined {
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length !== LENGTH || bytes.toString('base64url') !== token) return undefined;
      const body = bytes.subarray(0, SID_BYTES + SECRET_BYTES);
      if (!timingSafeEqual(mark(body), bytes.subarray(SID_BYTES + SECRET_BYTES))) return undefined;
      const hex = bytes.toString('hex', 0, SID_BYTES);
      const sid = [
        hex.slice(0, 8),
        hex.slice(8, 12),
        hex.slice(12, 16),
        hex.slice(16, 20),
        hex.slice(20),
      ].join('-');
      return { sid, hash: hashToken(token) };
    },
  };
}
export type RefreshTokens = ReturnType<typeof createRefreshTokens>;
