import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';

const NAME = 'cart';
const MAX_AGE_SECONDS = 30 * 86_400;

/** The guest's cart cookie: 128 random bits, nothing else. */
export const readCartCookie = (req: Request): string | undefined =>
  req.get('cookie')?.match(/(?:^|;\s*)cart=([A-Za-z0-9_-]{22})(?:;|$)/)?.[1];

export function issueCartCookie(res: Response, options: { secure: boolean; path: string }): string {
  const value = randomBytes(16).toString('base64url');
  writeCartCookie(res, value, options);
  return value;
}
function writeCartCookie(
  res: Response,
  value: string,
  { secure, path }: { secure: boolean; path: string },
): void {
  res.cookie(NAME, value, { httpOnly: true, sameSite: 'lax', path, secure, maxAge: MAX_AGE_SECONDS * 1000 });
}
