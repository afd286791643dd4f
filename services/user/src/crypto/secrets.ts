import { createHmac, hkdfSync } from 'node:crypto';

export type Purpose = 'signing-keys' | 'refresh-tokens' | 'device-cookies' | 'log-names';

/** One key per purpose from the service's one secret, so that none can stand in for another. */
export const deriveKey = (secret: Buffer, purpose: Purpose): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `shopstack user ${purpose}`, 32));

export const sign = (key: Buffer, ...parts: (string | Buffer)[]): Buffer => {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
};

/** A name for logs and counters that cannot be turned back into what it stands for. */
export const pseudonym = (key: Buffer, text: string): string =>
  sign(key, text).toString('base64url').slice(0, 22);
