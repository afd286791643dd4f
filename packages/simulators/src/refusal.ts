import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';

/** An answer that is not a success; `code` is part of the simulators' API. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

export const refusalBody = ({ status, code, message }: Refusal) => ({
  type: `urn:shopstack:problem:${code}`,
  title: message,
  status,
  code,
});

/** An app that reads JSON; give it routes, then `endApi`. */
export function createApi(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(express.json({ limit: '100kb' }));
  return app;
}

/** Lets only those in who show the key as bearer token. */
export function requireKey(key: string) {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(`Bearer ${key}`);
  return (req: Request, _res: Response, next: NextFunction) => {
    if (!timingSafeEqual(digest(req.get('authorization') ?? ''), expected))
      throw new Refusal(401, 'key-wrong', 'Send the key as bearer token');
    next();
  };
}

export function endApi(app: Express): Express {
  app.use(() => {
    throw new Refusal(404, 'not-found', 'There is nothing here');
  });
  app.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) return next(error);
    const refusal = asRefusal(error);
    res
      .status(refusal.status)
      .type('application/problem+json')
      .send(JSON.stringify(refusalBody(refusal)));
  });
  return app;
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof z.ZodError) return new Refusal(422, 'invalid', z.prettifyError(error));
  const status = z.object({ status: z.int().min(400).max(499) }).safeParse(error);
  if (status.success) return new Refusal(status.data.status, 'unreadable', 'The request cannot be read');
  console.error(error);
  return new Refusal(500, 'broken', 'The simulator broke');
}
