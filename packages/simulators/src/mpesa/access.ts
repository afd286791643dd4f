import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { MpesaOptions } from './mpesa.ts';

const TOKEN_LIVES_SECONDS = 3599;

/** An answer that is not a success, in Daraja's words. */
export class DarajaError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Access tokens, which a restart forgets, and passwords of requests. */
export function createAccess(options: MpesaOptions) {
  const tokens = new Map<string, number>();
  const basic = Buffer.from(`${options.consumerKey}:${options.consumerSecret}`).toString('base64');
  return {
    /** The answer to `GET /oauth/v1/generate`. */
    token(req: Request) {
      if (req.query.grant_type !== 'client_credentials')
        throw new DarajaError(400, '400.008.02', 'Invalid grant type passed');
      if (req.get('authorization') !== `Basic ${basic}`)
        throw new DarajaError(400, '400.008.01', 'Invalid Authentication passed');
      const token = randomBytes(21).toString('base64url');
      tokens.set(token, Date.now() + TOKEN_LIVES_SECONDS * 1000);
      return { access_token: token, expires_in: String(TOKEN_LIVES_SECONDS) };
    },
    required(req: Request, _res: Response, next: NextFunction) {
      const token = req.get('authorization')?.replace(/^Bearer /, '') ?? '';
      if ((tokens.get(token) ?? 0) < Date.now())
        throw new DarajaError(404, '404.001.03', 'Invalid Access Token');
      next();
    },
    checkPassword(it: { BusinessShortCode: string; Password: string; Timestamp: string }) {
      const plain = options.shortCode + options.passkey + it.Timestamp;
      if (it.BusinessShortCode !== options.shortCode || it.Password !== Buffer.from(plain).toString('base64'))
        throw new DarajaError(500, '500.001.1001', 'Wrong credentials');
    },
    checkShortCode(shortCode: string) {
      if (shortCode !== options.shortCode)
        throw new DarajaError(400, '400.002.02', 'Bad Request - Invalid ShortCode');
    },
  };
}
