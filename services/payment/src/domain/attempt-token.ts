import { createHmac, timingSafeEqual } from 'node:crypto';

/** 16 bytes of id and 32 of HMAC in base64url: 64 characters without padding. */
const LENGTH = 64;
const ID_BYTES = 16;

/** Makes and reads the tokens in callback addresses: each is one attempt's, and nobody else can make it. */
export function createAttemptTokens(secret: string) {
  const sign = (id: Buffer) => createHmac('sha256', secret).update('mpesa-callback.').update(id).digest();
  return {
    of(attemptId: string): string {
      const id = Buffer.from(attemptId.replaceAll('-', ''), 'hex');
      return Buffer.concat([id, sign(id)]).toString('base64url');
    },
    /** The attempt's id, or undefined when the token is not ours. */
    read(token: string): string | undefined {
      const bytes = Buffer.from(token, 'base64url');
      if (token.length !== LENGTH || bytes.length !== ID_BYTES + 32) return undefined;
      const id = bytes.subarray(0, ID_BYTES);
      if (!timingSafeEqual(sign(id), bytes.subarray(ID_BYTES))) return undefined;
      return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    },
  };
}
export type AttemptTokens = ReturnType<typeof createAttemptTokens>;
