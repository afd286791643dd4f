import type { CookieOptions, Request, Response } from 'express';
import { DEVICE_COOKIE_SECONDS } from '../crypto/device-cookies.ts';

/** The cookies of this service; over TLS they are bound to the host by name. */
export function createCookies(options: { publicUrl: string; publicPath: string }) {
  const secure = new URL(options.publicUrl).protocol === 'https:';
  const nameOf = (name: string) => (secure ? `__Host-${name}` : name);
  const attributes: CookieOptions = {
    httpOnly: true,
    sameSite: 'strict',
    secure,
    path: secure ? '/' : options.publicPath,
  };
  const read = (req: Request, name: string): string | undefined => {
    const wanted = `${nameOf(name)}=`;
    const pair = req
      .get('cookie')
      ?.split(';')
      .map((part) => part.trim())
      .find((part) => part.startsWith(wanted));
    return pair?.slice(wanted.length);
  };
  return {
    refresh: (req: Request) => read(req, 'refresh'),
    device: (req: Request) => read(req, 'device'),
    setRefresh: (res: Response, token: string, expires: Date) =>
      res.cookie(nameOf('refresh'), token, { ...attributes, expires }),
    clearRefresh: (res: Response) => res.clearCookie(nameOf('refresh'), attributes),
    setDevice: (res: Response, value: string) =>
      res.cookie(nameOf('device'), value, { ...attributes, maxAge: DEVICE_COOKIE_SECONDS * 1000 }),
  };
}
export type Cookies = ReturnType<typeof createCookies>;
