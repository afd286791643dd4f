import { timingSafeEqual } from 'node:crypto';
import { uuidv7 } from '@shopstack/kit/uuid';
import { sign } from './secrets.ts';

export const DEVICE_COOKIE_SECONDS = 365 * 24 * 3600;

/**
 * A mark on a browser that has signed in to an account before. It gives no access; it only counts the wrong passwords
 * typed there apart from those of the rest of the world, so that strangers cannot lock the owner out.
 */
export function createDeviceCookies(key: Buffer) {
  const tagOf = (id: string, at: string, emailKey: string) =>
    sign(key, `${id}.${at}.`, emailKey).toString('base64url');
  return {
    issue(emailKey: string, now: Date, id: string = uuidv7()): string {
      const at = now.getTime().toString(36);
      return `${id}.${at}.${tagOf(id, at, emailKey)}`;
    },
    /** The device's id when the cookie is ours, for this account and not too old. */
    read(cookie: string | undefined, emailKey: string, now: Date): string | undefined {
      const [id, at, tag, ...more] = cookie?.split('.') ?? [];
      if (!id || !at || !tag || more.length > 0) return undefined;
      const expected = Buffer.from(tagOf(id, at, emailKey));
      const shown = Buffer.from(tag);
      if (expected.length !== shown.length || !timingSafeEqual(expected, shown)) return undefined;
      const ageMs = now.getTime() - Number.parseInt(at, 36);
      return ageMs <= DEVICE_COOKIE_SECONDS * 1000 ? id : undefined;
    },
  };
}
export type DeviceCookies = ReturnType<typeof createDeviceCookies>;
