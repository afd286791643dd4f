import { isUtf8 } from 'node:buffer';
import type { Body, Operation, Params, Query } from '@shopstack/contracts/operation';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { type FieldError, problem } from './problem.ts';

const BODY_LIMIT = '100kb';
const MAX_DEPTH = 20;
const MAX_KEYS = 1000;

const json = express.json({
  limit: BODY_LIMIT,
  strict: false,
  type: 'application/json',
  inflate: false,
  verify: (_req, _res, bytes, charset) => {
    if (charset !== 'utf-8') throw parserFault('charset.unsupported');
    if (!isUtf8(bytes)) throw parserFault('body.not-utf8');
  },
});
const raw = (maxBytes: number): RequestHandler =>
  express.raw({ limit: maxBytes, type: () => true, inflate: false });
/** The body parser changes the status of what `verify` throws, so this cannot be a Problem yet. */
const parserFault = (type: string) => Object.assign(new Error(type), { type });

/** The parser an operation's body needs. */
export function bodyParser(operation: Operation): RequestHandler | undefined {
  if (operation.rawBody) return raw(operation.rawBody.maxBytes);
  return operation.body ? json : undefined;
}

/** Runs an Express middleware as a promise. */
export const run = (middleware: RequestHandler, req: Request, res: Response): Promise<void> =>
  new Promise((resolve, reject) => {
    void middleware(req, res, (error?: unknown) => (error ? reject(error) : resolve()));
  });

export interface Input<T extends Operation> {
  params: Params<T>;
  query: Query<T>;
  body: Body<T>;
}

/**
 * The request through the operation's schemas.
 * @throws Problem `unsupported-media-type` or `validation-failed` with a pointer per fault.
 */
export function parseInput<T extends Operation>(operation: T, req: Request): Input<T> {
  checkMediaType(operation, req);
  const errors: FieldError[] = [];
  const read = (schema: z.ZodType | undefined, value: unknown, at: string): unknown => {
    if (!schema) return undefined;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    errors.push(...result.error.issues.flatMap((issue) => pointers(issue, at)));
    return undefined;
  };
  const params = read(operation.params, req.params, '/params');
  const query = read(operation.query, { ...req.query }, '/query');
  const sent: unknown = req.body;
  if (operation.body && tooComplex(sent)) {
    throw problem(
      'validation-failed',
      `The body is nested deeper than ${MAX_DEPTH} or has over ${MAX_KEYS} keys.`,
    );
  }
  const body = operation.rawBody ? undefined : read(operation.body, sent, '');
  if (errors.length > 0) throw problem('validation-failed', undefined, { errors });
  return { params, query, body } as Input<T>;
}

const segment = (key: PropertyKey): string => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

function pointers(issue: z.core.$ZodIssue, at: string): FieldError[] {
  const path = at + issue.path.map(segment).join('');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: path + segment(key),
      detail: 'is not a field of this request',
    }));
  }
  return [{ pointer: path === '' ? '/' : path, detail: issue.message }];
}

function checkMediaType(operation: Operation, req: Request): void {
  const expected = operation.rawBody?.contentType ?? (operation.body ? 'application/json' : undefined);
  const hasBody = req.get('transfer-encoding') !== undefined || Number(req.get('content-length') ?? 0) > 0;
  if (!expected || !hasBody) return;
  if (!req.is(expected)) throw problem('unsupported-media-type', `Send ${expected}.`);
}

function tooComplex(value: unknown): boolean {
  let keys = 0;
  const deep = (it: unknown, depth: number): boolean => {
    if (it === null || typeof it !== 'object') return false;
    if (depth > MAX_DEPTH) return true;
    const members = Object.values(it);
    keys += members.length;
    return keys > MAX_KEYS || members.some((member) => deep(member, depth + 1));
  };
  return deep(value, 1);
}
